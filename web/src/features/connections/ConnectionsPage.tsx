import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Plug, Plus } from 'lucide-react'
import { useState } from 'react'
import type { Connection } from '@/api/types'
import { Empty, PageHead, SkeletonRows } from '@/components/ui/bits'
import { buttonClass } from '@/components/ui/Button'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { toastError } from '@/components/ui/toast'
import { appQuery } from '@/features/apps/apps.queries'
import { catalogQuery } from '@/features/catalog/catalog.queries'
import { canEdit, useMe } from '@/features/session/session.queries'
import { useTitle } from '@/lib/hooks'
import { useKeys } from '@/lib/keys'
import { Page, TopBar } from '@/shell/TopBar'
import { AccessDrawer } from './AccessDrawer'
import { ConnectDialog } from './ConnectDialog'
import { ConnectionRow } from './ConnectionRow'
import { connectionsQuery, useConnect } from './connections.queries'
import { DisconnectDialog } from './DisconnectDialog'
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

  const [keying, setKeying] = useState<{ connection: Connection; switchAccount?: boolean; scopes?: string[] }>()
  const keyed = keying && connectorOf(keying.connection.connector)
  const go = (c: Connection, more: { switchAccount?: boolean; scopes?: string[] } = {}) =>
    connectorOf(c.connector)?.connects === 'key'
      ? setKeying({ connection: c, ...more })
      : connect.mutate({ connector: c.connector, realm: c.realm, ...more }, { onError: toastError })

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
                  <ConnectionRow
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
      {keying && keyed && (
        <ConnectDialog app={app} connector={keyed} {...keying} onClose={() => setKeying(undefined)} />
      )}
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
