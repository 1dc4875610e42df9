import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Activity, ArchiveX, Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useLiveState } from '@/api/live'
import { runStatuses } from '@/components/states'
import { Dot, Empty, PageHead, Skeleton, SkeletonRows } from '@/components/ui/bits'
import { Button, buttonClass } from '@/components/ui/Button'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { appQuery } from '@/features/apps/apps.queries'
import { flowsQuery } from '@/features/flows/flows.queries'
import { useDebounced, useTitle } from '@/lib/hooks'
import { clock, duration } from '@/lib/time'
import { count } from '@/lib/words'
import { Page, TopBar } from '@/shell/TopBar'
import { RunBars } from './RunBars'
import { runsQuery, type RunFilter } from './runs.queries'
import { RunsTable } from './RunsTable'

const spans = [
  ['1h', 'Last hour'],
  ['24h', 'Last 24 hours'],
  ['7d', 'Last 7 days'],
  ['30d', 'Last 30 days'],
] as const

export function RunsPage() {
  useTitle('Runs')
  const { app } = useParams({ from: '/authed/apps/$app' })
  const filter = useSearch({ from: '/authed/apps/$app/runs' })
  const navigate = useNavigate()
  const self = useQuery(appQuery(app))
  const flows = useQuery(flowsQuery(app))
  const query = useInfiniteQuery(runsQuery(app, filter))
  const live = useLiveState(app)
  const [words, setWords] = useState(filter.q ?? '')
  const settled = useDebounced(words, 250)
  const set = (change: RunFilter) =>
    void navigate({ to: '/apps/$app/runs', params: { app }, search: { ...filter, ...change }, replace: true })
  useEffect(() => {
    if (settled === (filter.q ?? '')) return
    void navigate({
      to: '/apps/$app/runs',
      params: { app },
      search: { ...filter, q: settled || undefined },
      replace: true,
    })
  }, [settled, filter, navigate, app])

  const runs = query.data?.pages.flatMap((page) => page.items) ?? []
  const summary = query.data?.pages[0]?.summary
  const filtered = Boolean(filter.status ?? filter.flow ?? filter.q)
  const select = 'field w-auto! min-w-0 truncate max-sm:h-11 max-sm:w-full!'
  return (
    <>
      <TopBar
        crumbs={[{ label: self.data?.name ?? 'App', to: '/apps/$app', params: { app } }, { label: 'Runs' }]}
      />
      <Page>
        <PageHead
          title="Runs"
          actions={
            <span role="status" className="inline-flex items-center gap-2 font-medium text-ink-2">
              <Dot tone={live === 'live' ? 'ok' : 'warn'} />{' '}
              {live === 'live' ? 'Live' : live === 'connecting' ? 'Connecting' : 'Not live, trying again'}
            </span>
          }
        >
          {summary
            ? `${count(summary.total, 'run')}, ${summary.total ? Math.round((summary.succeeded / summary.total) * 1000) / 10 : 0} % succeeded. ${summary.running ? `${summary.running} running now.` : 'None is running now.'}`
            : 'One execution of a flow because of one event.'}
        </PageHead>
        <form
          role="search"
          aria-label="Runs"
          onSubmit={(e) => e.preventDefault()}
          className="mb-4 flex flex-wrap items-center gap-2 max-sm:grid max-sm:grid-cols-2"
        >
          <div className="relative min-w-52 flex-1 max-sm:col-span-2">
            <Search className="absolute top-2 left-2.5 size-4 text-ink-3 max-sm:top-3.5" aria-hidden />
            <input
              type="search"
              data-search
              aria-label="Event, run id or key"
              placeholder="Event, run id or key"
              value={words}
              onChange={(e) => setWords(e.target.value)}
              className="field pl-8 max-sm:h-11 max-sm:text-16"
            />
          </div>
          <select
            aria-label="Span"
            className={select}
            value={filter.since ?? '24h'}
            onChange={(e) => set({ since: e.target.value })}
          >
            {spans.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
          <select
            aria-label="Status"
            className={select}
            value={filter.status ?? ''}
            onChange={(e) => set({ status: e.target.value || undefined })}
          >
            <option value="">Any status</option>
            {runStatuses.map((s) => (
              <option key={s.value} value={s.value}>
                {s.word}
              </option>
            ))}
          </select>
          <select
            aria-label="Flow"
            className={`${select} max-w-52 max-sm:max-w-none`}
            value={filter.flow ?? ''}
            onChange={(e) => set({ flow: e.target.value || undefined })}
          >
            <option value="">All flows</option>
            {flows.data?.items.map((f) => (
              <option key={f.id} value={f.id}>
                {f.name}
              </option>
            ))}
          </select>
          <Button
            kind="ghost"
            icon={<ArchiveX className="size-4" aria-hidden />}
            aria-pressed={filter.status === 'deadLetter'}
            onClick={() => set({ status: filter.status === 'deadLetter' ? undefined : 'deadLetter' })}
          >
            Dead letters
          </Button>
        </form>
        {query.error && (
          <div className="mb-4">
            <ErrorNote error={query.error} retry={() => void query.refetch()} />
            {query.data && (
              <p className="mt-1 text-12 text-ink-3">
                As of {clock(new Date(query.dataUpdatedAt).toISOString())}
              </p>
            )}
          </div>
        )}
        <section aria-label="Runs over time" className="card mb-5 p-4">
          {summary ? (
            <>
              <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-1 text-12 text-ink-2">
                <span className="inline-flex items-center gap-1.5">
                  <span className="size-2 rounded-[2px] bg-chart-3" aria-hidden /> Succeeded{' '}
                  <strong className="font-semibold text-ink">
                    {summary.succeeded.toLocaleString('en-GB')}
                  </strong>
                </span>
                <span className="inline-flex items-center gap-1.5">
                  <span className="size-2 rounded-[2px] bg-bad" aria-hidden /> Failed{' '}
                  <strong className="font-semibold text-ink">{summary.failed.toLocaleString('en-GB')}</strong>
                </span>
                <span className="ml-auto">
                  p50 {duration(summary.p50Ms)}, p95 {duration(summary.p95Ms)}
                </span>
              </div>
              <RunBars summary={summary} />
            </>
          ) : (
            <Skeleton className="h-30" />
          )}
        </section>
        {query.isPending && <SkeletonRows rows={10} />}
        {query.data && runs.length === 0 && (
          <Empty
            icon={<Activity className="size-5" aria-hidden />}
            title={filtered ? 'No run matches' : 'No runs in this span'}
            action={
              filtered ? (
                <Button
                  onClick={() => {
                    setWords('')
                    void navigate({ to: '/apps/$app/runs', params: { app }, search: {} })
                  }}
                >
                  Clear filters
                </Button>
              ) : (
                <Link to="/apps/$app/flows" params={{ app }} className={buttonClass()}>
                  Flows
                </Link>
              )
            }
          >
            {filtered
              ? 'Try a longer span or fewer filters.'
              : 'A run appears here the moment a flow’s event happens, for example when a ticket is created.'}
          </Empty>
        )}
        {runs.length > 0 && <RunsTable app={app} runs={runs} />}
        {query.hasNextPage && (
          <div className="mt-3 text-center">
            <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              Show older
            </Button>
          </div>
        )}
      </Page>
    </>
  )
}
