import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import {
  ArrowUpLeft,
  FlaskConical,
  KeyRound,
  Layers,
  ListOrdered,
  Ruler,
  ShieldCheck,
  Users,
} from 'lucide-react'
import { useState } from 'react'
import type { Connector, ScopeClass } from '@/api/types'
import { ConnectorIcon } from '@/components/ConnectorIcon'
import { ClassGroup, classWord } from '@/components/Permissions'
import { Health, RealmBadge } from '@/components/states'
import { Badge, SectionHead, Skeleton } from '@/components/ui/bits'
import { Button, buttonClass } from '@/components/ui/Button'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { appQuery } from '@/features/apps/apps.queries'
import { SwitchOn } from '@/features/apps/SwitchOn'
import { ConnectorSetup } from '@/features/clients/ConnectorSetup'
import { ConnectDialog } from '@/features/connections/ConnectDialog'
import { connectionsQuery } from '@/features/connections/connections.queries'
import { canEdit, useMe } from '@/features/session/session.queries'
import { useTitle } from '@/lib/hooks'
import { count } from '@/lib/words'
import { Page, TopBar } from '@/shell/TopBar'
import { connectorQuery } from './catalog.queries'

export function ConnectorPage() {
  const { app, connector: id } = useParams({ from: '/authed/apps/$app/integrations/browse/$connector' })
  const self = useQuery(appQuery(app))
  const query = useQuery(connectorQuery(id))
  useTitle(query.data?.name ?? 'Integration')
  return (
    <>
      <TopBar
        crumbs={[
          { label: self.data?.name ?? 'App', to: '/apps/$app', params: { app } },
          { label: 'Integrations', to: '/apps/$app/integrations/browse', params: { app } },
          { label: query.data?.name ?? id },
        ]}
      />
      <Page>
        {query.error && <ErrorNote error={query.error} retry={() => void query.refetch()} />}
        {query.isPending && <Skeleton className="h-96 rounded-lg" />}
        {query.data && <Body app={app} connector={query.data} appName={self.data?.name ?? 'this app'} />}
      </Page>
    </>
  )
}

function Body({ app, connector, appName }: { app: string; connector: Connector; appName: string }) {
  const me = useMe()
  const connection = useQuery(connectionsQuery(app)).data?.items.find(
    (c) => c.connector === connector.id && c.state !== 'disconnected',
  )
  const [connecting, setConnecting] = useState(false)
  const withdrawn = connector.scopes.filter((s) => s.withdrawn)
  const classOf = (scopes: string[]): ScopeClass => {
    const found = scopes.map((s) => connector.scopes.find((x) => x.id === s)?.class)
    return found.includes('admin') ? 'admin' : found.includes('write') ? 'write' : 'read'
  }
  return (
    <>
      <header className="mb-7 flex flex-wrap items-start gap-4">
        <ConnectorIcon id={connector.id} size="lg" />
        <div className="min-w-0 flex-1 basis-72">
          <div className="flex flex-wrap items-center gap-3">
            <h1 className="text-20 font-semibold">{connector.name}</h1>
            {connection && <Health state={connection.state} />}
            {connection && <RealmBadge realm={connection.realm} />}
          </div>
          <p className="mt-0.5 text-ink-2">{connector.description}</p>
          <p className="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-ink-2">
            <span className="inline-flex items-center gap-1.5">
              <Layers className="size-4 text-ink-3" aria-hidden /> {connector.category}
            </span>
            <span className="inline-flex items-center gap-1.5">
              <ShieldCheck className="size-4 text-ink-3" aria-hidden /> Tokens stay on this server
            </span>
            {connector.connects === 'key' && (
              <span className="inline-flex items-center gap-1.5">
                <KeyRound className="size-4 text-ink-3" aria-hidden /> Connected by a key
              </span>
            )}
            {connector.proof === 'shapes' && (
              <span className="inline-flex items-center gap-1.5">
                <Ruler className="size-4 text-ink-3" aria-hidden /> Checked against recorded shapes, not in the
                sandbox
              </span>
            )}
            {connector.proof === 'sandbox' && me.server.sandboxUrl && (
              <span className="inline-flex items-center gap-1.5">
                <FlaskConical className="size-4 text-ink-3" aria-hidden /> Try it in the sandbox, no account
                needed
              </span>
            )}
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          {connection && (
            <Link
              to="/apps/$app/integrations"
              params={{ app }}
              search={{ access: connection.id }}
              className={buttonClass()}
            >
              View access
            </Link>
          )}
          <Button onClick={() => setConnecting(true)} disabled={!canEdit(me)}>
            {connection ? 'Allow more…' : 'Connect…'}
          </Button>
          <Link
            to="/apps/$app"
            params={{ app }}
            search={{ say: connector.examples[0]?.text }}
            className={buttonClass('primary')}
          >
            Use in {appName}
          </Link>
        </div>
      </header>
      {connecting && (
        <ConnectDialog
          app={app}
          connector={connector}
          connection={connection}
          onClose={() => setConnecting(false)}
        />
      )}
      <div className="mb-6 empty:hidden">
        <SwitchOn app={app} />
      </div>
      <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[1fr_390px]">
        <div className="grid min-w-0 content-start gap-8">
          {connector.examples.length > 0 && (
            <section aria-label="Examples">
              <SectionHead title="Start from a request" note="Opens in chat, ready to edit" />
              <ul className="grid gap-2">
                {connector.examples.map((example) => (
                  <li key={example.text}>
                    <Link
                      to="/apps/$app"
                      params={{ app }}
                      search={{ say: example.text }}
                      data-row
                      className="card group flex min-h-11 items-center gap-3 px-3.5 py-2 transition-colors hover:border-accent-line hover:bg-accent-soft"
                    >
                      <span className="min-w-0 flex-1">{example.text}</span>
                      <span className="inline-flex items-center gap-1 text-12 font-medium text-ink-3 group-hover:text-accent-ink">
                        <ArrowUpLeft className="size-4" aria-hidden /> Edit in chat
                      </span>
                    </Link>
                  </li>
                ))}
              </ul>
            </section>
          )}
          <section aria-label="Operations">
            <SectionHead title="What it can do" note={count(connector.operations.length, 'operation')} />
            <table className="table flush border-t border-line">
              <caption className="sr-only">Operations of {connector.name}</caption>
              <thead className="sr-only">
                <tr>
                  <th scope="col">Operation</th>
                  <th scope="col">Class</th>
                  <th scope="col">Scopes</th>
                </tr>
              </thead>
              <tbody>
                {connector.operations.map((o) => (
                  <tr key={o.id}>
                    <td>
                      <span className="font-medium">{o.name}</span>
                      {o.summary && o.summary !== o.name && (
                        <span className="block text-12 text-ink-3">{o.summary}</span>
                      )}
                    </td>
                    <td className="w-20 text-ink-2">{classWord(classOf(o.scopes))}</td>
                    <td className="text-right font-mono text-12 text-ink-2">
                      {o.scopes.map((s) => (
                        <span key={s} className="block break-all">
                          {s}
                        </span>
                      ))}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          {connector.events.length > 0 && (
            <section aria-label="Events">
              <SectionHead title="What will be able to start a flow" note="Not offered in chat yet" />
              <ul className="divide-y divide-line border-t border-line">
                {connector.events.map((e) => (
                  <li key={e.id} className="flex flex-wrap items-baseline justify-between gap-x-4 py-2">
                    <span>Runs when {e.plain}</span>
                    <span className="text-12 text-ink-3">
                      {e.arrives === 'webhook' ? `${connector.name} calls` : 'Asked for again and again'}
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          )}
          {connector.connects === 'signingIn' && <ConnectorSetup connector={connector} />}
        </div>
        <aside aria-label="Permissions" className="grid content-start gap-3">
          <div>
            <h2 className="font-semibold">Permissions it may ask for</h2>
            <p className="mt-1 text-ink-2">
              Only those your features need are requested, and you see them before you approve.
            </p>
          </div>
          <div className="card divide-y divide-line">
            {(['read', 'write', 'admin', 'identity'] as const).map((of) => {
              const scopes = connector.scopes.filter((s) => s.class === of && !s.withdrawn)
              if (of === 'identity' && scopes.length === 0) return null
              return (
                <ClassGroup key={of} of={of}>
                  {scopes.length === 0 && <p className="text-ink-2">None.</p>}
                  {scopes.map((s) => (
                    <div key={s.id} className="flex flex-wrap items-baseline justify-between gap-x-3">
                      <span className="text-ink-2">
                        {s.plain} {s.sensitive && <Badge tone="warn">Sensitive</Badge>}
                      </span>
                      <code className="font-mono text-12 break-all text-ink-3">{s.id}</code>
                    </div>
                  ))}
                </ClassGroup>
              )
            })}
          </div>
          {withdrawn.length > 0 && (
            <div className="rounded-lg border border-line bg-well p-3.5">
              <h3 className="font-semibold">Never asked for</h3>
              {withdrawn.map((s) => (
                <p key={s.id} className="text-ink-2">
                  <code className="font-mono text-12">{s.id}</code>: {s.withdrawn}
                </p>
              ))}
            </div>
          )}
          {connector.extraSteps.length > 0 && (
            <div className="flex gap-3 rounded-lg border border-line bg-well p-3.5">
              <ListOrdered className="size-4 shrink-0 text-ink-3" aria-hidden />
              <div>
                <h3 className="font-semibold">
                  {connector.extraSteps.length === 1 ? 'One step more' : 'Steps more'}
                </h3>
                {connector.extraSteps.map((step) => (
                  <p key={step} className="text-ink-2">
                    {step}
                  </p>
                ))}
              </div>
            </div>
          )}
          <div className="flex gap-3 rounded-lg border border-line bg-well p-3.5">
            <Users className="size-4 shrink-0 text-ink-3" aria-hidden />
            <div>
              <h3 className="font-semibold">One account, shared</h3>
              <p className="text-ink-2">
                Editors of this app work through it. Visitors of the app never see it.{' '}
                {connector.revocable
                  ? `Disconnecting ends the access at ${connector.name} too.`
                  : `Disconnecting destroys the credential here. ${connector.name} itself lets only a person end the access${connector.removeAt ? `: ${connector.removeAt}` : ''}.`}
              </p>
            </div>
          </div>
          {(connector.quirks.length > 0 || connector.rateLimit) && (
            <details className="rounded-lg border border-line bg-well p-3.5">
              <summary className="cursor-pointer font-semibold">Good to know when writing functions</summary>
              <ul className="mt-2 grid list-disc gap-1 pl-5 text-ink-2">
                {connector.quirks.map((quirk) => (
                  <li key={quirk}>{quirk}</li>
                ))}
                {connector.rateLimit && <li>{connector.rateLimit}</li>}
              </ul>
            </details>
          )}
        </aside>
      </div>
    </>
  )
}
