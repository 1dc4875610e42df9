import { useId, useState, type FormEvent } from 'react'
import type { Connection, Connector } from '@/api/types'
import { ClassIcon } from '@/components/Permissions'
import { Badge } from '@/components/ui/bits'
import { Button } from '@/components/ui/Button'
import { Dialog } from '@/components/ui/Dialog'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { TextField } from '@/components/ui/Field'
import { toast } from '@/components/ui/toast'
import { useConnect, useConnectWithKey } from './connections.queries'

interface Props {
  app: string
  connector: Connector
  /** The account in use, to be replaced or allowed more. */
  connection?: Connection | undefined
  switchAccount?: boolean | undefined
  /** Ticked from the start. */
  scopes?: string[] | undefined
  onClose: () => void
}

/** Choosing what an account may be used for, then signing in at the vendor or entering its key. */
export function ConnectDialog({ app, connector, connection, switchAccount, scopes, onClose }: Props) {
  const signIn = useConnect(app)
  const enter = useConnectWithKey(app)
  const form = useId()
  const key = connector.key
  const approved = connection?.approvedScopes ?? []
  const [chosen, setChosen] = useState<string[]>(scopes ?? [])
  const [fields, setFields] = useState<Record<string, string>>({})
  const [more, setMore] = useState(false)
  const failure = signIn.error ?? enter.error
  const choices = connector.scopes.filter((s) => s.class !== 'identity' && !s.withdrawn && !s.userOnly)
  // A vendor's whole list may be long: what operations here use comes first.
  const used = new Set(connector.operations.flatMap((o) => o.scopes))
  const first = choices.filter((s) => used.has(s.id) || approved.includes(s.id) || chosen.includes(s.id))
  const shown = more || first.length === 0 ? choices : first
  const wanted = [...new Set([...approved, ...chosen])]
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!key) {
      signIn.mutate({ connector: connector.id, scopes: wanted, switchAccount })
      return
    }
    enter.mutate(
      { connector: connector.id, fields, scopes: wanted, switchAccount },
      {
        onSuccess: (done) => {
          toast(`${connector.name} is connected${done.accountLabel ? ` as ${done.accountLabel}` : ''}.`)
          onClose()
        },
      },
    )
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={
        connection
          ? switchAccount
            ? `Switch the ${connector.name} account`
            : `Connect ${connector.name} again`
          : `Connect ${connector.name}`
      }
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            kind="primary"
            busy={signIn.isPending || enter.isPending}
            disabled={wanted.length === 0}
          >
            {key ? 'Try and connect' : 'Go on'}
          </Button>
        </>
      }
      description="One account is shared by everyone who edits this app. Visitors of the app never see it."
    >
      <form id={form} onSubmit={submit} className="grid gap-5" autoComplete="off">
        {key && (
          <div className="grid gap-3">
            {key.fields.map((field, i) => (
              <TextField
                key={field.name}
                label={field.label}
                type={field.secret ? 'password' : 'text'}
                // No browser should offer to keep somebody's key as a password of this site.
                autoComplete={field.secret ? 'new-password' : 'off'}
                data-1p-ignore
                spellCheck={false}
                required
                autoFocus={i === 0}
                value={fields[field.name] ?? ''}
                onChange={(e) => setFields({ ...fields, [field.name]: e.target.value })}
                help={field.hint ?? undefined}
              />
            ))}
            <p className="text-12 text-ink-3">
              Where to find it: {key.foundAt}. The key is tried at {connector.name}, sealed here, and never
              shown again.
            </p>
          </div>
        )}
        <fieldset className="grid gap-1">
          <legend className="mb-2 font-semibold">What this app may do</legend>
          {key && (
            <p className="mb-2 text-ink-2">
              A key can do everything its owner can. Patchbay lets through only the operations of what is ticked
              here.
            </p>
          )}
          {shown.map((s) => (
            <label
              key={s.id}
              className="flex cursor-pointer items-start gap-3 rounded-md px-2 py-1.5 hover:bg-hover"
            >
              <input
                type="checkbox"
                className="mt-0.5 size-4 accent-accent"
                checked={wanted.includes(s.id)}
                disabled={approved.includes(s.id)}
                onChange={(e) =>
                  setChosen(e.target.checked ? [...chosen, s.id] : chosen.filter((id) => id !== s.id))
                }
              />
              <ClassIcon of={s.class} className="mt-0.5 size-4" />
              <span className="min-w-0 flex-1">
                {s.plain} {s.sensitive && <Badge tone="warn">Sensitive</Badge>}
              </span>
            </label>
          ))}
          {shown.length < choices.length && (
            <button type="button" className="link justify-self-start px-2 py-1" onClick={() => setMore(true)}>
              All {choices.length} permissions of {connector.name}
            </button>
          )}
        </fieldset>
        {connector.proof === 'shapes' && (
          <p className="text-12 text-ink-3">
            {connector.name} was checked against recorded shapes, not in the sandbox: this connects a real
            account.
          </p>
        )}
        {failure && <ErrorNote error={failure} />}
      </form>
    </Dialog>
  )
}
