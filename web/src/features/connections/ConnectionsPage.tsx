import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import {
  ArrowLeftRight,
  CircleDashed,
  Ellipsis,
  Plug,
  Plus,
  RefreshCw,
  ShieldCheck,
  TriangleAlert,
  Unplug,
} from 'lucide-react'
import { useState } from 'react'
import type { Connection, Connector } from '@/api/types'
import { ConnectorIcon } from '@/components/ConnectorIcon'
import { Health, RealmBadge } from '@/components/states'
import { Ago, Empty, PageHead, SkeletonRows } from '@/components/ui/bits'
import { Button, buttonClass, IconButton } from '@/components/ui/Button'
import { Dialog } from '@/components/ui/Dialog'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { Menu, MenuItem, MenuLine } from '@/components/ui/Menu'
import { toast, toastError } from '@/components/ui/toast'
import { appQuery } from '@/features/apps/apps.queries'
import { catalogQuery } from '@/features/catalog/catalog.queries'
import { canEdit, useMe } from '@/features/session/session.queries'
import { useTitle } from '@/lib/hooks'
import { useKeys } from '@/lib/keys'
import { count, listed } from '@/lib/words'
import { Page, TopBar } from '@/shell/TopBar'
import { AccessDrawer } from './AccessDrawer'
import { connectionsQuery, useConnect, useDisconnect } from './connections.queries'
import { IntegrationsTabs } from './IntegrationsTabs'

export function ConnectionsPage() {
  useTitle('Integrations')
  const { app } = useParams({ from: '/authed/apps/$app' })
  const { access } = useSearch({ from: '/authed/apps/$app/integrations' })
  const navigate = useNavigate()
  const me = useMe()
  const self = useQuery(appQuery(app))
  const list = useQuery(connectionsQuery(app))
  const catalog = useQuery(catalogQuery)
  const connect = useConnect(app)
  const [leaving, setLeaving] = useState<Connection | null>(null)
  const connections = list.data?.items.filter((c) => c.state !== 'disconnected') ?? []
  const connectorOf = (id: string) => catalog.data?.items.find((c) => c.id === id)
  const open = (id: string | undefined) =>
    void navigate({ to: '/apps/$app/integrations', params: { app }, search: id ? { access: id } : {} })
  const attention = connections.filter((c) => c.state !== 'connected').length
  const sandboxed = connections.filter((c) => c.realm === 'sandbox').length

  useKeys({
    v: () => {
      const id = document.activeElement?.closest<HTMLElement>('[data-access]')?.dataset['access']
      if (id) open(id)
    },
  })

  const go = (c: Connection, more: { switchAccount?: boolean; scopes?: string[] } = {}) =>
    connect.mutate({ connector: c.connector, realm: c.realm, ...more }, { onError: toastError })

  return (
    <>
      <TopBar
        crumbs={[
          { label: self.data?.name ?? 'App', to: '/apps/$app', params: { app } },
          { label: 'Integrations' },
        ]}
      />
      <Page>
        <PageHead
          title="Integrations"
          actions={
            <Link to="/apps/$app/integrations/browse" params={{ app }} search={{}} className={buttonClass()}>
              <Plus className="size-4" aria-hidden />
              Connect a tool
            </Link>
          }
        >
          Accounts this app may use. Shared by everyone who can edit {self.data?.name ?? 'it'}; its visitors
          never connect one.
        </PageHead>
        <IntegrationsTabs app={app} />
        {list.error && <ErrorNote error={list.error} retry={() => void list.refetch()} />}
        {list.isPending && (
          <div className="card">
            <SkeletonRows rows={4} height="h-16" />
          </div>
        )}
        {list.data && connections.length === 0 && (
          <Empty
            icon={<Plug className="size-5" aria-hidden />}
            title="No account is connected"
            action={
              <Link
                to="/apps/$app/integrations/browse"
                params={{ app }}
                search={{}}
                className={buttonClass('primary')}
              >
                Browse tools
              </Link>
            }
          >
            Ask in chat for something that needs a tool, for example “Tell #support whenever somebody opens a
            ticket”. Slack is then asked for, with just the permission that needs.
          </Empty>
        )}
        {connections.length > 0 && (
          <>
            <p className="mb-3 flex flex-wrap gap-x-7 gap-y-1 text-ink-2">
              <span>
                <strong className="font-semibold text-ink">{connections.length}</strong> connected
              </span>
              {attention > 0 && (
                <span>
                  <strong className="font-semibold text-ink">{attention}</strong> need you
                </span>
              )}
              {sandboxed > 0 && (
                <span>
                  <strong className="font-semibold text-ink">{sandboxed}</strong> in the sandbox
                </span>
              )}
            </p>
            <div className="card framed overflow-hidden">
              <table className="table cards grouped rows">
                <caption className="sr-only">Connected accounts</caption>
                <thead className="bg-well">
                  <tr>
                    <th scope="col">Account</th>
                    <th scope="col">Health</th>
                    <th scope="col">Permissions</th>
                    <th scope="col">Used by</th>
                    <th scope="col">Last used</th>
                    <th scope="col">
                      <span className="sr-only">Actions</span>
                    </th>
                  </tr>
                </thead>
                {connections.map((c) => (
                  <Row
                    key={c.id}
                    connection={c}
                    connector={connectorOf(c.connector)}
                    editable={canEdit(me)}
                    busy={connect.isPending}
                    onOpen={() => open(c.id)}
                    onConnect={(more) => go(c, more)}
                    onLeave={() => setLeaving(c)}
                  />
                ))}
              </table>
            </div>
          </>
        )}
      </Page>
      <AccessDrawer
        app={app}
        connection={connections.find((c) => c.id === access)}
        connector={connectorOf(connections.find((c) => c.id === access)?.connector ?? '')}
        editable={canEdit(me)}
        busy={connect.isPending}
        onClose={() => open(undefined)}
        onConnect={(c, more) => go(c, more)}
        onLeave={setLeaving}
      />
      {leaving && (
        <DisconnectDialog
          app={app}
          connection={leaving}
          name={connectorOf(leaving.connector)?.name ?? leaving.connector}
          onClose={() => setLeaving(null)}
          onGone={() => open(undefined)}
        />
      )}
    </>
  )
}

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

function Row({ connection: c, connector, editable, busy, onOpen, onConnect, onLeave }: RowProps) {
  const name = connector?.name ?? c.connector
  const [uses, which] = usedByWords(c)
  const needed = c.grantedScopes.length + c.missingScopes.length
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
            {c.grantedScopes.length}
            {c.missingScopes.length > 0 && ` of ${needed}`} granted
          </p>
          <span aria-hidden className="mt-1 flex gap-0.5">
            {c.grantedScopes.slice(0, 10).map((s) => (
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

export function Remedy({
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

function DisconnectDialog({
  app,
  connection,
  name,
  onClose,
  onGone,
}: {
  app: string
  connection: Connection
  name: string
  onClose: () => void
  onGone: () => void
}) {
  const leave = useDisconnect(app)
  const flows = connection.usedBy.filter((u) => u.kind === 'flow').map((u) => u.name)
  const functions = connection.usedBy.filter((u) => u.kind === 'function').map((u) => u.name)
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Disconnect ${name}`}
      description={connection.accountLabel ?? undefined}
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            kind="danger"
            busy={leave.isPending}
            onClick={() =>
              leave.mutate(connection.id, {
                onSuccess: () => {
                  toast(`${name} is disconnected. Its key is destroyed.`)
                  onClose()
                  onGone()
                },
              })
            }
          >
            Disconnect
          </Button>
        </>
      }
    >
      <p className="mb-2">This cannot be undone. To use {name} again, somebody signs in to it again.</p>
      <ul className="list-disc pl-5 text-ink-2">
        {flows.length > 0 && (
          <li>
            {flows.length === 1 ? 'The flow' : 'The flows'} {listed(flows)}{' '}
            {flows.length === 1 ? 'waits' : 'wait'}; new events are kept.
          </li>
        )}
        {functions.length > 0 && (
          <li>
            Calls of {listed(functions)} to {name} are refused.
          </li>
        )}
        {connection.usedBy.length === 0 && <li>Nothing in this app uses it now.</li>}
        <li>The stored sign-in is destroyed on this server. Records and functions stay.</li>
      </ul>
      {leave.error && (
        <div className="mt-3">
          <ErrorNote error={leave.error} />
        </div>
      )}
    </Dialog>
  )
}
