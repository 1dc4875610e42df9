import { useQuery } from '@tanstack/react-query'
import {
  ArrowLeftRight,
  Ban,
  CircleCheck,
  CircleDashed,
  IdCard,
  KeyRound,
  RefreshCw,
  Route,
  SquareFunction,
  Unplug,
} from 'lucide-react'
import type { ReactNode } from 'react'
import type { Connection, Connector, ScopeClass } from '@/api/types'
import { ConnectorIcon } from '@/components/ConnectorIcon'
import { ClassIcon, classWord } from '@/components/Permissions'
import { Health, RealmBadge } from '@/components/states'
import { Ago, Badge } from '@/components/ui/bits'
import { Button } from '@/components/ui/Button'
import { Drawer } from '@/components/ui/Dialog'
import { useMe } from '@/features/session/session.queries'
import { dateOf, duration } from '@/lib/time'
import { worldUrl } from '@/lib/world'
import { callsQuery } from './connections.queries'

interface Props {
  app: string
  connection: Connection | undefined
  connector: Connector | undefined
  editable: boolean
  busy: boolean
  onClose: () => void
  onConnect: (connection: Connection, more?: { switchAccount?: boolean; scopes?: string[] }) => void
  onLeave: (connection: Connection) => void
}

/** So many of what was never asked for are said; the rest is folded. */
const few = 4
const order: ScopeClass[] = ['admin', 'write', 'read', 'identity']

export function AccessDrawer({
  app,
  connection,
  connector,
  editable,
  busy,
  onClose,
  onConnect,
  onLeave,
}: Props) {
  const calls = useQuery(callsQuery(app, connection?.id ?? ''))
  const sandbox = useMe().server.sandboxUrl
  if (!connection) return null
  const name = connector?.name ?? connection.connector
  const known = (scope: string) => connector?.scopes.find((s) => s.id === scope)
  const identity = connection.identityScopes
  const keyed = connector?.connects === 'key'
  // A key is granted nothing in particular: what counts is what was approved of it.
  const granted = (keyed ? connection.approvedScopes : connection.grantedScopes)
    .filter((id) => !identity.includes(id))
    .map((id) => ({
      id,
      of: known(id)?.class ?? ('read' as const),
      plain: known(id)?.plain ?? 'A permission that is not in the catalog',
    }))
  const never = (connector?.scopes ?? []).filter(
    (s) =>
      !s.withdrawn &&
      s.class !== 'identity' &&
      !granted.some((g) => g.id === s.id) &&
      !connection.missingScopes.includes(s.id),
  )
  const passing = keyed
    ? (connector?.operations ?? []).filter((o) =>
        o.scopes.every((id) => connection.approvedScopes.includes(id)),
      )
    : []
  return (
    <Drawer
      open
      onClose={onClose}
      title={`${name} access`}
      description={`${connection.accountLabel ?? 'Account name unknown'}, connected ${dateOf(connection.connectedAt)}`}
      leading={<ConnectorIcon id={connection.connector} />}
      footer={
        <>
          <Button
            disabled={!editable}
            icon={<ArrowLeftRight className="size-4" aria-hidden />}
            onClick={() => onConnect(connection, { switchAccount: true })}
          >
            Switch account
          </Button>
          <Button
            disabled={!editable}
            icon={<RefreshCw className="size-4" aria-hidden />}
            busy={busy}
            onClick={() => onConnect(connection)}
          >
            Reconnect
          </Button>
          <Button
            disabled={!editable}
            kind="ghost"
            className="ml-auto text-bad-ink!"
            icon={<Unplug className="size-4" aria-hidden />}
            onClick={() => onLeave(connection)}
          >
            Disconnect…
          </Button>
        </>
      }
    >
      <div className="mb-4 flex items-center gap-3">
        <Health state={connection.state} />
        <RealmBadge realm={connection.realm} />
        {connection.realm === 'sandbox' && sandbox && (
          <a
            href={worldUrl(sandbox, connection.connector)}
            target="_blank"
            rel="noopener noreferrer"
            className="link ml-auto"
            title="Opens in a new tab"
          >
            See {name} in the sandbox
          </a>
        )}
      </div>
      <div className="divide-y divide-line">
        {connection.missingScopes.length > 0 && (
          <Block
            icon={<CircleDashed className="size-4 text-warn" aria-hidden />}
            title="Missing"
            note="needed, not granted"
          >
            {connection.missingScopes.map((id) => (
              <Line
                key={id}
                of={known(id)?.class ?? 'read'}
                plain={known(id)?.plain ?? id}
                scope={id}
                aside={
                  <Button
                    small
                    kind="primary"
                    disabled={!editable}
                    busy={busy}
                    onClick={() => onConnect(connection, { scopes: [...connection.grantedScopes, id] })}
                  >
                    Approve
                  </Button>
                }
              />
            ))}
          </Block>
        )}
        {order.map((of) => {
          const scopes = granted.filter((s) => s.of === of)
          return (
            scopes.length > 0 && (
              <Block
                key={of}
                icon={<CircleCheck className="size-4 text-ok" aria-hidden />}
                title={`${keyed ? 'Approved' : 'Granted'}: ${classWord(of).toLowerCase()}`}
              >
                {scopes.map((s) => (
                  <Line
                    key={s.id}
                    of={of}
                    plain={s.plain}
                    scope={s.id}
                    note={
                      !keyed &&
                      connection.excessScopes.includes(s.id) && (
                        <Badge tone="warn">Not approved for this app</Badge>
                      )
                    }
                  />
                ))}
              </Block>
            )
          )
        })}
        {keyed && (
          <Block icon={<KeyRound className="size-4 text-ink-3" aria-hidden />} title="What the key can do">
            <p className="text-ink-2">
              A key can do everything its owner can. Patchbay lets through only:{' '}
              {passing.map((o) => o.name.toLowerCase()).join(', ') || 'nothing yet'}.
            </p>
          </Block>
        )}
        {identity.length > 0 && (
          <Block
            icon={<IdCard className="size-4 text-ink-3" aria-hidden />}
            title="Whose account it is"
            note="no permission of a feature"
          >
            <div>
              <p className="text-ink-2">{name} says which account was connected, and nothing else of it.</p>
              {identity.map((id) => (
                <code key={id} className="block font-mono text-12 break-all text-ink-3">
                  {id}
                </code>
              ))}
            </div>
          </Block>
        )}
        <Block icon={<Route className="size-4 text-ink-3" aria-hidden />} title="Used by">
          {connection.usedBy.length === 0 ? (
            <p className="text-ink-2">Nothing in this app uses it now.</p>
          ) : (
            <ul className="flex flex-wrap gap-1.5">
              {connection.usedBy.map((u) => (
                <li
                  key={u.kind + u.id}
                  className="inline-flex max-w-full items-start gap-1.5 rounded-xs border border-line px-2 py-1 text-12"
                >
                  {u.kind === 'flow' ? (
                    <Route className="mt-px size-3.5 shrink-0 text-ink-3" aria-hidden />
                  ) : (
                    <SquareFunction className="mt-px size-3.5 shrink-0 text-ink-3" aria-hidden />
                  )}
                  <span className="min-w-0 [overflow-wrap:anywhere]">
                    <span className="sr-only">{u.kind} </span>
                    {u.name}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Block>
        {never.length > 0 && (
          <Block icon={<Ban className="size-4 text-ink-3" aria-hidden />} title="Never asked for">
            <p className="text-ink-2">
              {never
                .slice(0, few)
                .map((s) => s.plain)
                .join('; ')}
              {never.length > few ? `; and ${never.length - few} more.` : '.'} No feature of this app needs
              them.
            </p>
            {never.length > few && (
              <details className="group">
                <summary className="link cursor-pointer list-none">All {never.length}</summary>
                <ul className="mt-2 grid gap-1.5">
                  {never.map((s) => (
                    <li key={s.id} className="flex items-baseline justify-between gap-4 text-12">
                      <span className="text-ink-2">{s.plain}</span>
                      <code className="font-mono break-all text-ink-3">{s.id}</code>
                    </li>
                  ))}
                </ul>
              </details>
            )}
          </Block>
        )}
        <Block
          icon={<CircleCheck className="size-4 text-ink-3" aria-hidden />}
          title="Last calls"
          note="bodies are not kept"
        >
          {calls.data?.items.length ? (
            <ul className="grid gap-1">
              {calls.data.items.map((call) => (
                <li key={call.id} className="flex items-center gap-3 text-12">
                  <Badge mono tone={call.outcome === 'sent' && (call.status ?? 0) < 400 ? 'ok' : 'bad'}>
                    {call.status ?? call.outcome}
                  </Badge>
                  <code className="min-w-0 flex-1 truncate font-mono text-ink-2">
                    {call.operation ?? `${call.method} ${call.path}`}
                  </code>
                  <span className="text-ink-3">{duration(call.durationMs)}</span>
                  <Ago at={call.time} className="w-20 text-right text-ink-3" />
                </li>
              ))}
            </ul>
          ) : (
            <p className="text-ink-2">No call yet.</p>
          )}
        </Block>
      </div>
    </Drawer>
  )
}

function Block({
  icon,
  title,
  note,
  children,
}: {
  icon: ReactNode
  title: string
  note?: string
  children: ReactNode
}) {
  return (
    <section className="py-4 first:pt-0">
      <h3 className="mb-2.5 flex items-center gap-2 font-semibold">
        {icon}
        {title}
        {note && <span className="font-normal text-ink-3">{note}</span>}
      </h3>
      <div className="grid gap-3 pl-6">{children}</div>
    </section>
  )
}

function Line({
  of,
  plain,
  scope,
  aside,
  note,
}: {
  of: ScopeClass
  plain: string
  scope: string
  aside?: ReactNode
  /** Stands below: it is too long to share the line of a narrow drawer. */
  note?: ReactNode
}) {
  return (
    <div className="flex items-start gap-2.5">
      <ClassIcon of={of} className="mt-0.5 size-4" />
      <div className="min-w-0 flex-1">
        <p>{plain}</p>
        <code className="font-mono text-12 break-all text-ink-3">{scope}</code>
        {note && <div className="mt-1">{note}</div>}
      </div>
      {aside}
    </div>
  )
}
