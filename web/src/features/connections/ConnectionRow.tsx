import {
  ArrowLeftRight,
  CircleDashed,
  Ellipsis,
  FlaskConical,
  RefreshCw,
  ShieldCheck,
  TriangleAlert,
  Unplug,
} from 'lucide-react'
import type { Connection, Connector } from '@/api/types'
import { ConnectorIcon } from '@/components/ConnectorIcon'
import { Health, RealmBadge } from '@/components/states'
import { Ago } from '@/components/ui/bits'
import { Button, IconButton } from '@/components/ui/Button'
import { Menu, MenuItem, MenuLine } from '@/components/ui/Menu'
import { useMe } from '@/features/session/session.queries'
import { openWorld, worldUrl } from '@/lib/world'
import { count } from '@/lib/words'

interface RowProps {
  connection: Connection
  connector: Connector | undefined
  editable: boolean
  busy: boolean
  onOpen: () => void
  onConnect: (more?: { switchAccount?: boolean; scopes?: string[] }) => void
  onLeave: () => void
}

function usedByWords(c: Connection): [string, string] {
  const flows = c.usedBy.filter((u) => u.kind === 'flow')
  const functions = c.usedBy.filter((u) => u.kind === 'function')
  if (c.usedBy.length === 0) return ['Nothing yet', '']
  const parts = [
    flows.length ? count(flows.length, 'flow') : '',
    functions.length ? count(functions.length, 'function') : '',
  ].filter(Boolean)
  const names = (flows.length ? flows : functions).map((u) => u.name)
  return [
    parts.join(', '),
    names.length > 2 ? `${names.slice(0, 2).join(', ')}, ${names.length - 2} more` : names.join(', '),
  ]
}

export function ConnectionRow({
  connection: c,
  connector,
  editable,
  busy,
  onOpen,
  onConnect,
  onLeave,
}: RowProps) {
  const name = connector?.name ?? c.connector
  const sandbox = useMe().server.sandboxUrl
  const [uses, which] = usedByWords(c)
  // Scopes that only say whose account it is are no permission of a feature.
  const granted = c.grantedScopes.filter((s) => !c.identityScopes.includes(s))
  const needed = granted.length + c.missingScopes.length
  return (
    <tbody>
      <tr data-access={c.id}>
        <td className="grow" style={{ borderBottomWidth: c.problem ? 0 : undefined }}>
          <div className="flex items-center gap-3 py-1.5">
            <ConnectorIcon id={c.connector} />
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-2">
                <button
                  type="button"
                  data-row
                  onClick={onOpen}
                  className="row-link font-semibold"
                  aria-label={`${name}, ${c.accountLabel ?? 'no account name'}: view access`}
                >
                  {name}
                </button>
                <RealmBadge realm={c.realm} />
              </p>
              <p className="truncate text-12 text-ink-3">{c.accountLabel ?? 'Account name unknown'}</p>
            </div>
          </div>
        </td>
        <td style={{ borderBottomWidth: c.problem ? 0 : undefined }}>
          <Health state={c.state} />
        </td>
        <td className="hide-phone" style={{ borderBottomWidth: c.problem ? 0 : undefined }}>
          <p className="text-ink-2">
            {granted.length}
            {c.missingScopes.length > 0 && ` of ${needed}`} granted
          </p>
          <span aria-hidden className="mt-1 flex gap-0.5">
            {granted.slice(0, 10).map((s) => (
              <span key={s} className="h-1 w-4 rounded-[1px] bg-accent" />
            ))}
            {c.missingScopes.slice(0, 5).map((s) => (
              <span key={s} className="h-1 w-4 rounded-[1px] border border-warn" />
            ))}
          </span>
        </td>
        <td className="hide-phone" style={{ borderBottomWidth: c.problem ? 0 : undefined }}>
          <p className="text-ink-2">{uses}</p>
          {which && <p className="text-12 text-ink-3 max-sm:hidden">{which}</p>}
        </td>
        <td className="text-12 text-ink-3" style={{ borderBottomWidth: c.problem ? 0 : undefined }}>
          {c.lastUsedAt ? <Ago at={c.lastUsedAt} /> : 'Not used yet'}
        </td>
        <td className="num relative z-10" style={{ borderBottomWidth: c.problem ? 0 : undefined }}>
          <Menu
            label={`${name} actions`}
            trigger={
              <IconButton label={`${name}: more`}>
                <Ellipsis className="size-4" aria-hidden />
              </IconButton>
            }
          >
            <MenuItem icon={<ShieldCheck />} hint="V" onSelect={onOpen}>
              View access
            </MenuItem>
            <MenuItem
              icon={<ArrowLeftRight />}
              disabled={!editable}
              onSelect={() => onConnect({ switchAccount: true })}
            >
              Switch account
            </MenuItem>
            <MenuItem icon={<RefreshCw />} disabled={!editable} onSelect={() => onConnect()}>
              Reconnect
            </MenuItem>
            {c.realm === 'sandbox' && sandbox && (
              <MenuItem icon={<FlaskConical />} onSelect={() => openWorld(worldUrl(sandbox, c.connector))}>
                Open its sandbox
              </MenuItem>
            )}
            <MenuLine />
            <MenuItem icon={<Unplug />} danger disabled={!editable} onSelect={onLeave}>
              Disconnect…
            </MenuItem>
          </Menu>
        </td>
      </tr>
      {c.problem && (
        <tr className="bg-transparent!">
          <td colSpan={6} className="full pt-0!">
            <Remedy connection={c} editable={editable} busy={busy} onConnect={onConnect} />
          </td>
        </tr>
      )}
    </tbody>
  )
}

function Remedy({
  connection: c,
  editable,
  busy,
  onConnect,
}: {
  connection: Connection
  editable: boolean
  busy: boolean
  onConnect: (more?: { scopes?: string[] }) => void
}) {
  const problem = c.problem
  if (!problem) return null
  const partial = problem.remedy === 'approve'
  const Icon = partial ? CircleDashed : TriangleAlert
  return (
    <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-warn-line bg-warn-soft px-3 py-2">
      <Icon className="size-4 shrink-0 text-warn" aria-hidden />
      <p className="min-w-0 flex-1 basis-50">
        {problem.message} <code className="font-mono text-12 text-ink-2">{problem.code}</code>
      </p>
      {problem.remedy && (
        <Button
          kind={partial ? 'secondary' : 'primary'}
          small
          busy={busy}
          disabled={!editable}
          onClick={() => onConnect(partial ? { scopes: [...c.grantedScopes, ...c.missingScopes] } : {})}
        >
          {partial ? 'Approve permission' : 'Reconnect'}
        </Button>
      )}
    </div>
  )
}
