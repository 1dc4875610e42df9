import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import clsx from 'clsx'
import { Search } from 'lucide-react'
import type { Connection, Connector } from '@/api/types'
import { ConnectorIcon } from '@/components/ConnectorIcon'
import { Health } from '@/components/states'
import { Badge, Empty, Kbd, PageHead, Skeleton } from '@/components/ui/bits'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { appQuery } from '@/features/apps/apps.queries'
import { SwitchOn } from '@/features/apps/SwitchOn'
import { connectionsQuery } from '@/features/connections/connections.queries'
import { IntegrationsTabs } from '@/features/connections/IntegrationsTabs'
import { useTitle } from '@/lib/hooks'
import { Page, TopBar } from '@/shell/TopBar'
import { catalogQuery } from './catalog.queries'

function matches(c: Connector, q: string): boolean {
  const hay = [
    c.name,
    c.vendor,
    c.description,
    c.category,
    ...c.operations.map((o) => `${o.name} ${o.summary}`),
    ...c.examples.map((e) => e.text),
  ]
    .join(' ')
    .toLowerCase()
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => hay.includes(word))
}

export function BrowsePage() {
  useTitle('Browse integrations')
  const { app } = useParams({ from: '/authed/apps/$app' })
  const { q = '', category } = useSearch({ from: '/authed/apps/$app/integrations/browse' })
  const navigate = useNavigate()
  const self = useQuery(appQuery(app))
  const catalog = useQuery(catalogQuery)
  const connections =
    useQuery(connectionsQuery(app)).data?.items.filter((c) => c.state !== 'disconnected') ?? []
  const all = catalog.data?.items ?? []
  const categories = [...new Set(all.map((c) => c.category))].sort((a, b) => a.localeCompare(b))
  const shown = all.filter((c) => (!category || c.category === category) && (q === '' || matches(c, q)))
  const inApp = shown.filter((c) => connections.some((x) => x.connector === c.id))
  const rest = shown.filter((c) => !inApp.includes(c))
  const set = (search: { q?: string | undefined; category?: string | undefined }) =>
    void navigate({
      to: '/apps/$app/integrations/browse',
      params: { app },
      search: { q: q || undefined, category, ...search },
      replace: true,
    })
  const filter = (label: string, value: string | undefined, n: number) => (
    <button
      key={label}
      type="button"
      aria-pressed={category === value}
      onClick={() => set({ category: value })}
      className={clsx(
        'flex h-8 shrink-0 items-center justify-between gap-3 rounded-sm px-2.5 font-medium max-sm:h-10',
        category === value ? 'bg-hover text-ink' : 'text-ink-2 hover:bg-hover',
      )}
    >
      {label} <span className="font-normal text-ink-3">{n}</span>
    </button>
  )
  return (
    <>
      <TopBar
        crumbs={[
          { label: self.data?.name ?? 'App', to: '/apps/$app', params: { app } },
          { label: 'Integrations' },
        ]}
      />
      <Page>
        <PageHead title="Integrations">
          Pick a tool, or say in chat what the app should do. Nothing is asked for until you see and approve it.
        </PageHead>
        <div className="mb-5 empty:hidden">
          <SwitchOn app={app} />
        </div>
        <IntegrationsTabs app={app} />
        <div className="grid gap-x-8 gap-y-4 md:grid-cols-[176px_1fr]">
          <div
            role="group"
            aria-label="Category"
            className="-ml-2.5 flex content-start gap-0.5 max-md:ml-0 max-md:overflow-x-auto md:flex-col"
          >
            {filter('All', undefined, all.length)}
            {categories.map((c) => filter(c, c, all.filter((x) => x.category === c).length))}
          </div>
          <div className="min-w-0">
            <div className="relative mb-5">
              <Search className="absolute top-2.5 left-3 size-4 text-ink-3 max-sm:top-3.5" aria-hidden />
              <input
                type="search"
                data-search
                aria-label="Search tools"
                value={q}
                onChange={(e) => set({ q: e.target.value || undefined })}
                placeholder="Search by tool or by what it should do, for example “send invoice”"
                className="field h-9 pr-10 pl-9 max-sm:h-11 max-sm:text-16"
              />
              <span className="absolute top-2 right-2.5 max-sm:hidden" aria-hidden>
                <Kbd>/</Kbd>
              </span>
            </div>
            {catalog.error && <ErrorNote error={catalog.error} retry={() => void catalog.refetch()} />}
            {catalog.isPending && (
              <div className="grid grid-cols-[repeat(auto-fill,minmax(min(260px,100%),1fr))] gap-2.5">
                {Array.from({ length: 6 }, (_, i) => (
                  <Skeleton key={i} className="h-24 rounded-lg" />
                ))}
              </div>
            )}
            {catalog.data && shown.length === 0 && (
              <Empty title={q ? `No tool matches “${q}”` : 'No tool here'}>
                Try the tool’s name, or a verb such as “post” or “send”. Functions reach only the tools of this
                list, and no other host. Whoever runs this server can add a connector: it is a folder.
              </Empty>
            )}
            <Cards app={app} title="In this app" list={inApp} connections={connections} />
            <Cards
              app={app}
              title={inApp.length ? 'Available' : 'Tools'}
              list={rest}
              connections={connections}
            />
          </div>
        </div>
      </Page>
    </>
  )
}

function Cards({
  app,
  title,
  list,
  connections,
}: {
  app: string
  title: string
  list: Connector[]
  connections: Connection[]
}) {
  if (list.length === 0) return null
  return (
    <section aria-label={title} className="mb-6">
      <h2 className="mb-2 font-semibold">{title}</h2>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(280px,100%),1fr))] gap-2.5">
        {list.map((c) => {
          const connection = connections.find((x) => x.connector === c.id)
          return (
            <li
              key={c.id}
              className="card group relative flex gap-3 p-3.5 transition-colors focus-within:border-line-strong hover:border-line-strong hover:bg-well"
            >
              <ConnectorIcon id={c.id} />
              <div className="min-w-0 flex-1">
                <div className="flex items-center gap-2">
                  <h3 className="min-w-0 flex-1 truncate font-semibold">
                    <Link
                      to="/apps/$app/integrations/browse/$connector"
                      params={{ app, connector: c.id }}
                      data-row
                      className="row-link"
                    >
                      {c.name}
                    </Link>
                  </h3>
                  {connection ? (
                    <span className="text-12">
                      <Health state={connection.state} />
                    </span>
                  ) : (
                    <span className="text-12 text-ink-3">{c.operations.length} operations</span>
                  )}
                </div>
                <p className="mt-0.5 line-clamp-2 text-12 text-ink-2">{c.description}</p>
                {c.examples[0] && (
                  <p className="mt-2 line-clamp-1 text-12 text-ink-3">“{c.examples[0].text}”</p>
                )}
                {(c.proof === 'shapes' || c.connects === 'key') && (
                  <p className="mt-2 flex flex-wrap gap-1.5">
                    {c.connects === 'key' && <Badge>By key</Badge>}
                    {c.proof === 'shapes' && (
                      <span title="Checked against recorded shapes, not in the sandbox">
                        <Badge>Not in the sandbox</Badge>
                      </span>
                    )}
                  </p>
                )}
              </div>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
