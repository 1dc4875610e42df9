import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { CircleCheck, RotateCw } from 'lucide-react'
import { useEffect } from 'react'
import { ApiError } from '@/api/client'
import { PatchStrip } from '@/components/PatchStrip'
import { RealmBadge } from '@/components/states'
import { Button, buttonClass } from '@/components/ui/Button'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { catalogQuery } from '@/features/catalog/catalog.queries'
import { connectFailure } from '@/features/connections/connectFailures'
import { connectionsQuery, useConnect, type ConnectAsk } from '@/features/connections/connections.queries'
import { canEdit, useMe } from '@/features/session/session.queries'
import { useTitle } from '@/lib/hooks'
import { TopBar } from '@/shell/TopBar'
import { proposalQuery } from './chat.queries'
import { cablesOf } from './ProposalCard'

/** Where the vendor's consent page leads back to: the cable draws once, then the chat goes on. */
export function ConnectedPage() {
  const { app } = useParams({ from: '/authed/apps/$app' })
  const search = useSearch({ from: '/authed/apps/$app/connected' })
  const navigate = useNavigate()
  const client = useQueryClient()
  const connections = useQuery(connectionsQuery(app))
  const catalog = useQuery(catalogQuery)
  const proposal = useQuery(proposalQuery(app, search.proposal ?? ''))
  const connection = connections.data?.items.find((c) => c.id === search.connection)
  const connectorId = search.connector ?? connection?.connector ?? ''
  // The address names the connector; only what the catalog knows is shown.
  const name = catalog.data?.items.find((c) => c.id === connectorId)?.name ?? ''
  const me = useMe()
  const again = useConnect(app)
  const failed = search.error !== undefined
  const failure = connectFailure(search.error, name || undefined)
  // Asked for again as the proposal asks, or as the connection was approved before.
  const requirement = proposal.data?.requirements.find((r) => r.connector === connectorId)
  const before = connections.data?.items.find((c) => c.connector === connectorId && c.state !== 'disconnected')
  const retry: ConnectAsk | null =
    requirement && search.proposal && proposal.data?.status === 'proposed'
      ? {
          connector: connectorId,
          scopes: requirement.permissions.map((p) => p.scope),
          proposalId: search.proposal,
          realm: requirement.realm ?? undefined,
        }
      : before
        ? { connector: connectorId, realm: before.realm }
        : null
  useTitle(failed ? 'Not connected' : `${name || 'Account'} connected`)

  useEffect(() => {
    void client.invalidateQueries({ queryKey: ['app', app] })
  }, [client, app])
  useEffect(() => {
    if (failed) return
    const timer = setTimeout(() => {
      if (search.proposal) void navigate({ to: '/apps/$app', params: { app }, search: {}, replace: true })
      else void navigate({ to: '/apps/$app/integrations', params: { app }, search: {}, replace: true })
    }, 2600)
    return () => clearTimeout(timer)
  }, [failed, navigate, app, search.proposal])

  const ready = catalog.data && !connections.isPending && (!search.proposal || !proposal.isPending)
  const steps = proposal.data?.steps.map((s) => ({ ...s })) ?? [
    { kind: 'function' as const, label: 'This app', title: 'Its functions', connector: null },
    {
      kind: 'operation' as const,
      label: name,
      title: connection?.accountLabel ?? 'Account',
      connector: connectorId || null,
    },
  ]
  const at = steps.findIndex((s) => s.connector === connectorId)
  return (
    <>
      <TopBar crumbs={[{ label: failed ? 'Not connected' : 'Connected' }]} />
      <div className="grid flex-1 place-items-center p-6">
        {failed ? (
          <div className="grid w-full max-w-140 gap-4">
            <h1 className="text-20 font-semibold">The account was not connected</h1>
            <ErrorNote error={new ApiError(0, failure.code, failure.text)} />
            <p className="text-ink-2">Nothing was changed. An account connected before keeps working.</p>
            {again.error && <ErrorNote error={again.error} />}
            <div className="flex flex-wrap gap-2">
              {retry && (
                <Button
                  kind="primary"
                  busy={again.isPending}
                  disabled={!canEdit(me)}
                  icon={<RotateCw className="size-4" aria-hidden />}
                  onClick={() => again.mutate(retry)}
                >
                  Start again
                </Button>
              )}
              <Link to="/apps/$app" params={{ app }} className={buttonClass(retry ? 'secondary' : 'primary')}>
                Back to the chat
              </Link>
              <Link to="/apps/$app/integrations" params={{ app }} className={buttonClass()}>
                My integrations
              </Link>
            </div>
          </div>
        ) : (
          <div className="grid w-full max-w-160 justify-items-center gap-5 text-center" aria-live="polite">
            {ready && (
              <>
                <div className="w-full text-left">
                  <PatchStrip
                    jacks={steps}
                    cables={proposal.data ? cablesOf(proposal.data) : ['solid']}
                    draw={Math.max(0, at - 1)}
                  />
                </div>
                <div>
                  <h1 className="flex items-center justify-center gap-2 text-20 font-semibold">
                    <CircleCheck className="size-5 text-ok" aria-hidden />
                    {name} is connected
                  </h1>
                  <p className="mt-1 flex flex-wrap items-center justify-center gap-2 text-ink-2">
                    {connection?.accountLabel}
                    {connection && <RealmBadge realm={connection.realm} />}
                  </p>
                </div>
                <Link to="/apps/$app" params={{ app }} className="link">
                  Back to the chat
                </Link>
              </>
            )}
          </div>
        )}
      </div>
    </>
  )
}
