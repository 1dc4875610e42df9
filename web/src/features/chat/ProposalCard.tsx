import { ChevronRight, CircleCheck, CircleSlash, KeyRound, Cable as CableIcon } from 'lucide-react'
import { useId, useState, type ReactNode } from 'react'
import type { Proposal, Realm, Requirement } from '@/api/types'
import { ConnectorIcon } from '@/components/ConnectorIcon'
import { PatchStrip, type Cable } from '@/components/PatchStrip'
import { PermissionList } from '@/components/Permissions'
import { RealmBadge } from '@/components/states'
import { Button } from '@/components/ui/Button'
import { Dialog } from '@/components/ui/Dialog'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { count } from '@/lib/words'
import { Files } from './ProposalFiles'
import { Receipt } from './ProposalReceipt'

export interface ProposalActions {
  connect: (requirement: Requirement, realm: Realm | undefined) => void
  skip: (requirement: Requirement) => void
  accept: () => void
  undo: () => void
  /** Puts the cursor into the composer, to change the proposal in words. */
  change: () => void
  busy: 'connect' | 'skip' | 'accept' | 'undo' | null
  error: unknown
}

interface Props {
  app?: string | undefined
  proposal: Proposal
  actions: ProposalActions
  editable: boolean
  /** Whether this server has a sandbox to try things in. */
  sandbox: boolean
  /** What there is to say about connecting that tool here, before the button is pressed. */
  hint?: ((connector: string) => ReactNode) | undefined
}

export function cablesOf(proposal: Proposal): Cable[] {
  return proposal.steps.slice(1).map((step) => {
    const requirement = proposal.requirements.find((r) => r.connector === step.connector)
    return !requirement || requirement.state === 'connected' ? 'solid' : 'pending'
  })
}

export function ProposalCard({ app, proposal, actions, editable, sandbox, hint }: Props) {
  const title = useId()
  if (proposal.status !== 'proposed')
    return <Receipt app={app} proposal={proposal} actions={actions} editable={editable} />

  const open = proposal.requirements.filter((r) => r.state === 'missing' || r.state === 'needsScopes')
  const settled = proposal.requirements.filter((r) => r.state === 'connected' || r.state === 'skipped')
  return (
    <article aria-labelledby={title} className="card overflow-hidden border-line-strong">
      <div className="p-4">
        <h3 id={title} className="text-16 font-semibold">
          {proposal.sentence}
        </h3>
        <p className="mt-0.5 text-ink-2">{proposal.when}</p>
        <div className="mt-3">
          <PatchStrip
            jacks={proposal.steps.map((s) => ({
              ...s,
              isNew:
                s.kind === 'function' &&
                proposal.files.some((f) => f.kind === 'function' && f.previous === null),
            }))}
            cables={cablesOf(proposal)}
          />
        </div>
      </div>
      {open.map((requirement) => (
        <ActionRequired
          key={requirement.connector}
          requirement={requirement}
          actions={actions}
          editable={editable}
          sandbox={sandbox}
          hint={hint}
        />
      ))}
      {settled.map((requirement) => (
        <SettledRow key={requirement.connector} requirement={requirement} />
      ))}
      {open.length === 0 && (
        <div className="grid gap-3 border-t border-line bg-well p-4">
          {Boolean(actions.error) && <ErrorNote error={actions.error} />}
          <div className="flex flex-wrap items-center gap-2">
            <Button
              kind="primary"
              onClick={actions.accept}
              busy={actions.busy === 'accept'}
              disabled={!editable || !proposal.ready}
            >
              Accept
            </Button>
            <Button kind="ghost" onClick={actions.change} disabled={!editable}>
              Change…
            </Button>
            <p className="text-12 text-ink-3">
              {!editable
                ? 'A viewer cannot accept. Ask an editor.'
                : proposal.ready
                  ? 'Nothing changes until you accept.'
                  : 'Not ready yet: an open question comes first.'}
            </p>
          </div>
        </div>
      )}
      <Files files={proposal.files} />
    </article>
  )
}

function ActionRequired({
  requirement,
  actions,
  editable,
  sandbox,
  hint,
}: { requirement: Requirement } & Pick<Props, 'actions' | 'editable' | 'sandbox' | 'hint'>) {
  const [changing, setChanging] = useState(false)
  const [realm, setRealm] = useState<Realm | undefined>()
  const name = requirement.connectorName
  const more = requirement.state === 'needsScopes'
  const fresh = requirement.permissions.filter((p) => p.isNew).length
  return (
    <section aria-label={`Action required: ${name}`} className="grid gap-3 border-t border-line bg-well p-4">
      <div className="flex flex-wrap items-center gap-2">
        <KeyRound className="size-4 text-warn" aria-hidden />
        <h4 className="font-semibold text-warn-ink">Action required</h4>
        <span className="ml-auto flex items-center gap-2 text-12 text-ink-3">
          {requirement.realm && <RealmBadge realm={requirement.realm} />}
          {more
            ? `${requirement.accountLabel ?? name} needs ${count(fresh || 1, 'permission')} more`
            : `${name} is not connected yet`}
        </span>
      </div>
      <PermissionList permissions={requirement.permissions.map((p) => ({ ...p, isNew: more && p.isNew }))} />
      <p className="text-12 text-ink-2">
        {requirement.cannot} One account is shared by everyone who edits this app.
      </p>
      {Boolean(actions.error) && <ErrorNote error={actions.error} />}
      <div className="flex flex-wrap items-center gap-2">
        <Button
          kind="primary"
          icon={<CableIcon className="size-4" aria-hidden />}
          busy={actions.busy === 'connect'}
          disabled={!editable}
          onClick={() => actions.connect(requirement, realm)}
        >
          {more ? `Approve in ${name}` : `Connect to ${name}`}
        </Button>
        <Button onClick={() => actions.skip(requirement)} busy={actions.busy === 'skip'} disabled={!editable}>
          Skip
        </Button>
        <Button kind="ghost" onClick={() => setChanging(true)} disabled={!editable}>
          Change…
        </Button>
        {!editable && <p className="text-12 text-ink-3">A viewer cannot connect. Ask an editor.</p>}
      </div>
      {requirement.realm === null && realm !== 'sandbox' && hint?.(requirement.connector)}
      <Dialog
        open={changing}
        onClose={() => setChanging(false)}
        title={`Change how ${name} is connected`}
        description="The permissions follow from what the function calls. To ask for less, change what it does."
        footer={
          <>
            <Button
              onClick={() => {
                setChanging(false)
                // After the dialog has given the focus back.
                requestAnimationFrame(() => actions.change())
              }}
            >
              Change it in words
            </Button>
            <Button kind="primary" onClick={() => setChanging(false)}>
              Done
            </Button>
          </>
        }
      >
        <fieldset className="grid gap-2">
          <legend className="mb-2 text-12 font-medium text-ink-2">Account</legend>
          {(
            [
              [
                undefined,
                'As this server is set up',
                'A live account where an OAuth client is set up, else the sandbox.',
              ],
              ['sandbox', 'Sandbox account', 'A look-alike on this server. Nothing real is touched.'],
              [
                'live',
                `Live ${name} account`,
                'Needs an OAuth client of this vendor; admins add one on the tool’s page.',
              ],
            ] as const
          )
            .filter(([value]) => value !== 'sandbox' || sandbox)
            .map(([value, label, help]) => (
              <label
                key={label}
                className="flex cursor-pointer gap-3 rounded-lg border border-line p-3 has-checked:border-accent has-checked:bg-accent-soft"
              >
                <input
                  type="radio"
                  name="realm"
                  className="mt-0.5 size-4 accent-accent"
                  checked={realm === value}
                  onChange={() => setRealm(value)}
                />
                <span>
                  <span className="block font-medium">{label}</span>
                  <span className="block text-12 text-ink-2">{help}</span>
                </span>
              </label>
            ))}
        </fieldset>
      </Dialog>
    </section>
  )
}

function SettledRow({ requirement }: { requirement: Requirement }) {
  const skipped = requirement.state === 'skipped'
  return (
    <details className="group border-t border-line">
      <summary className="flex min-h-12 cursor-pointer list-none flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 hover:bg-well">
        <ConnectorIcon id={requirement.connector} size="sm" />
        <span className="min-w-0 truncate">
          <span className="font-medium">{requirement.connectorName}</span>
          {requirement.accountLabel && <span className="ml-2 text-ink-2">{requirement.accountLabel}</span>}
        </span>
        {requirement.realm && <RealmBadge realm={requirement.realm} />}
        <span className="ml-auto inline-flex items-center gap-1.5 text-ink-2">
          {skipped ? (
            <CircleSlash className="size-4" aria-hidden />
          ) : (
            <CircleCheck className="size-4 text-ok" aria-hidden />
          )}
          {skipped ? 'Skipped, the flow waits for it' : 'Connected'}
          <ChevronRight className="size-4 text-ink-3 transition-transform group-open:rotate-90" aria-hidden />
        </span>
      </summary>
      <div className="grid gap-2 px-4 pb-4">
        <PermissionList permissions={requirement.permissions} />
        <p className="text-12 text-ink-2">{requirement.cannot}</p>
      </div>
    </details>
  )
}
