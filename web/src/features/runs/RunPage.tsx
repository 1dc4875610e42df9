import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { CircleStop, RotateCcw, ShieldCheck } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { RunDetail } from '@/api/types'
import { RunState } from '@/components/states'
import { PageHead, SectionHead, Segmented, Skeleton } from '@/components/ui/bits'
import { Button, buttonClass } from '@/components/ui/Button'
import { Json } from '@/components/ui/Code'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { toast, toastError } from '@/components/ui/toast'
import { appQuery } from '@/features/apps/apps.queries'
import { canEdit, useMe } from '@/features/session/session.queries'
import { useTitle } from '@/lib/hooks'
import { bytes, clock, clockMs, duration } from '@/lib/time'
import { count } from '@/lib/words'
import { Page, TopBar } from '@/shell/TopBar'
import { runQuery, useRunAct } from './runs.queries'
import { WaterfallView } from './WaterfallView'

export function RunPage() {
  const { app, run: id } = useParams({ from: '/authed/apps/$app/runs/$run' })
  const me = useMe()
  const self = useQuery(appQuery(app))
  const query = useQuery(runQuery(app, id))
  const act = useRunAct(app)
  const run = query.data
  useTitle(run ? `${run.flowName} run` : 'Run')
  const top = (
    <TopBar
      crumbs={[
        { label: self.data?.name ?? 'App', to: '/apps/$app', params: { app } },
        { label: 'Runs', to: '/apps/$app/runs', params: { app } },
        { label: id.slice(-6) },
      ]}
    />
  )
  if (!run) {
    return (
      <>
        {top}
        <Page>
          {query.error ? (
            <ErrorNote error={query.error} retry={() => void query.refetch()} />
          ) : (
            <Skeleton className="h-96 rounded-lg" />
          )}
        </Page>
      </>
    )
  }
  const open =
    run.status === 'queued' || run.status === 'running' || run.status === 'retrying' || run.status === 'paused'
  const refused = run.calls.filter((c) => c.outcome !== 'sent' || (c.status ?? 0) >= 400).length
  // The same run goes on with another attempt: this page is where to look.
  const replay = () =>
    act.mutate(
      { id: run.id, act: 'replay' },
      { onSuccess: () => toast('Replay started.'), onError: toastError },
    )
  return (
    <>
      {top}
      <Page>
        <PageHead
          title={run.flowName}
          aside={<RunState status={run.status} />}
          actions={
            <>
              <Link to="/apps/$app/flows/$flow" params={{ app, flow: run.flowId }} className={buttonClass()}>
                Open flow
              </Link>
              {open ? (
                <Button
                  disabled={!canEdit(me)}
                  busy={act.isPending}
                  icon={<CircleStop className="size-4" aria-hidden />}
                  onClick={() => act.mutate({ id: run.id, act: 'cancel' }, { onError: toastError })}
                >
                  Cancel
                </Button>
              ) : (
                <Button
                  kind="primary"
                  disabled={!canEdit(me)}
                  busy={act.isPending}
                  icon={<RotateCcw className="size-4" aria-hidden />}
                  onClick={replay}
                >
                  Replay
                </Button>
              )}
            </>
          }
        >
          <code className="font-mono text-12">{run.id}</code>{' '}
          {run.startedAt ? `started ${clock(run.startedAt)}` : `queued ${clock(run.createdAt)}`} because of:{' '}
          {run.event.label}
        </PageHead>
        <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_344px]">
          <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-7">
            <section aria-label="Timeline">
              <SectionHead
                title="Timeline"
                note={`${tookWords(run)}${count(run.calls.length, 'vendor call')}${refused ? `, ${refused} refused` : ''}`}
              />
              <WaterfallView run={run} />
            </section>
            <Logs run={run} />
          </div>
          <aside aria-label="Details" className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-6">
            <section>
              <SectionHead title="Event" />
              <Json value={run.payload} label="Event" />
            </section>
            <section>
              <SectionHead title="Result" />
              {run.result === null || run.result === undefined ? (
                <p className="text-ink-2">{open ? 'Not finished yet.' : 'None.'}</p>
              ) : (
                <Json value={run.result} label="Result" />
              )}
            </section>
            <section>
              <SectionHead title="Details" />
              <dl className="grid grid-cols-[minmax(0,1fr)] gap-2">
                <Fact label="Function">
                  <Link
                    to="/apps/$app/functions/$name"
                    params={{ app, name: run.functionName }}
                    search={{}}
                    className="link font-mono text-12 break-all"
                  >
                    {run.functionName}
                  </Link>
                </Fact>
                <Fact label="Key">
                  <code className="font-mono text-12 break-all">{run.idempotencyKey}</code>
                </Fact>
                <Fact label="Attempts">{run.attempts}</Fact>
                <Fact label="Sent, received">
                  {bytes(run.calls.reduce((n, c) => n + c.requestBytes, 0))},{' '}
                  {bytes(run.calls.reduce((n, c) => n + c.responseBytes, 0))}
                </Fact>
              </dl>
            </section>
            <p className="flex gap-2.5 rounded-lg border border-line bg-well p-3 text-ink-2">
              <ShieldCheck className="mt-0.5 size-4 shrink-0 text-ink-3" aria-hidden />
              Bodies of vendor calls are not kept. The function never held a vendor’s token.
            </p>
          </aside>
        </div>
      </Page>
    </>
  )
}

/** How long it took, waits between attempts told apart from work. */
function tookWords(run: RunDetail): string {
  const work = run.attemptList.reduce(
    (sum, a) => sum + (a.finishedAt ? Date.parse(a.finishedAt) - Date.parse(a.startedAt) : 0),
    0,
  )
  if (run.durationMs === null) return work > 0 ? `${duration(work)} in the function so far, ` : ''
  return run.attemptList.length > 1
    ? `${duration(run.durationMs)} in all, ${duration(run.workMs ?? work)} of it in the function, `
    : `${duration(run.durationMs)} in all, `
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex gap-4">
      <dt className="w-28 shrink-0 text-ink-3">{label}</dt>
      <dd className="min-w-0 flex-1">{children}</dd>
    </div>
  )
}

function Logs({ run }: { run: RunDetail }) {
  const [which, setWhich] = useState('all')
  const lines = run.attemptList
    .filter((a) => which === 'all' || String(a.number) === which)
    .flatMap((a) => a.log)
  return (
    <section aria-label="Logs">
      <SectionHead
        title="Logs"
        actions={
          run.attemptList.length > 1 && (
            <Segmented
              label="Attempt"
              value={which}
              onChange={setWhich}
              options={[
                { value: 'all', label: 'All' },
                ...run.attemptList
                  .slice(-4)
                  .map((a) => ({ value: String(a.number), label: `Attempt ${a.number}` })),
              ]}
            />
          )
        }
      />
      <div
        tabIndex={0}
        role="region"
        aria-label="Log lines"
        className="scroll-thin max-h-96 overflow-auto rounded-lg border border-line bg-well px-4 py-3 font-mono text-12/5"
      >
        {lines.length === 0 && <p className="text-ink-3">The function has written nothing.</p>}
        {lines.map((line, i) => (
          <p key={i} className="break-words whitespace-pre-wrap">
            <span className="text-ink-3">{clockMs(line.time)}</span>{' '}
            <span
              className={`inline-block w-12 ${line.level === 'error' ? 'text-bad-ink' : line.level === 'warn' ? 'text-warn-ink' : 'text-ink-2'}`}
            >
              {line.level}
            </span>{' '}
            {line.message}
          </p>
        ))}
      </div>
    </section>
  )
}
