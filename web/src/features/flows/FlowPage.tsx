import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Pause, Play, TriangleAlert } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { Run } from '@/api/types'
import { PatchStrip } from '@/components/PatchStrip'
import { FlowState } from '@/components/states'
import { Ago, PageHead, SectionHead, Skeleton } from '@/components/ui/bits'
import { Button, buttonClass } from '@/components/ui/Button'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { toast, toastError } from '@/components/ui/toast'
import { appQuery } from '@/features/apps/apps.queries'
import { catalogQuery } from '@/features/catalog/catalog.queries'
import { connectionsQuery } from '@/features/connections/connections.queries'
import { RunBars } from '@/features/runs/RunBars'
import { RunsTable } from '@/features/runs/RunsTable'
import { runsQuery } from '@/features/runs/runs.queries'
import { canEdit, useMe } from '@/features/session/session.queries'
import { useTitle } from '@/lib/hooks'
import { dateOf, exact } from '@/lib/time'
import { count, cronWords } from '@/lib/words'
import { Page, TopBar } from '@/shell/TopBar'
import { flowQuery, useChangeFlow, useRunFlow } from './flows.queries'
import { FlowMenu } from './FlowMenu'
import { conditionWords } from './conditionWords'
import { RunNowDialog } from './RunNowDialog'
import { flowStrip } from './flowWords'

export function FlowPage() {
  const { app, flow: id } = useParams({ from: '/authed/apps/$app/flows/$flow' })
  const me = useMe()
  const navigate = useNavigate()
  const self = useQuery(appQuery(app))
  const query = useQuery(flowQuery(app, id))
  const catalog = useQuery(catalogQuery)
  const connections = useQuery(connectionsQuery(app))
  const runs = useInfiniteQuery(runsQuery(app, { flow: id, since: '30d' }, 10))
  const change = useChangeFlow(app)
  const run = useRunFlow(app)
  const [asking, setAsking] = useState(false)
  useTitle(query.data?.name ?? 'Flow')
  const flow = query.data
  const top = (
    <TopBar
      crumbs={[
        { label: self.data?.name ?? 'App', to: '/apps/$app', params: { app } },
        { label: 'Flows', to: '/apps/$app/flows', params: { app } },
        { label: flow?.name ?? 'Flow' },
      ]}
    />
  )
  if (!flow) {
    return (
      <>
        {top}
        <Page>
          {query.error ? (
            <ErrorNote error={query.error} retry={() => void query.refetch()} />
          ) : (
            <Skeleton className="h-80 rounded-lg" />
          )}
        </Page>
      </>
    )
  }
  const strip = flowStrip(
    flow,
    (c) => catalog.data?.items.find((x) => x.id === c)?.name ?? c,
    (c) => {
      const state = connections.data?.items.find((x) => x.connector === c && x.state !== 'disconnected')?.state
      return state === 'connected' || state === 'partialGrant' || connections.isPending
        ? 'solid'
        : state === undefined
          ? 'pending'
          : 'broken'
    },
  )
  const list = runs.data?.pages.flatMap((p) => p.items) ?? []
  const summary = runs.data?.pages[0]?.summary
  const { trigger } = flow
  const words = conditionWords(trigger.condition, trigger.on)
  const started = ({ id: next }: Run) =>
    toast('Started.', {
      action: {
        label: 'View',
        run: () => void navigate({ to: '/apps/$app/runs/$run', params: { app, run: next } }),
      },
    })
  const runNow = () =>
    trigger.kind === 'record'
      ? setAsking(true)
      : run.mutate({ id: flow.id }, { onSuccess: started, onError: toastError })
  return (
    <>
      {top}
      <Page>
        <PageHead
          title={flow.name}
          aside={<FlowState flow={flow} />}
          actions={
            <>
              <Button
                kind="ghost"
                disabled={!canEdit(me)}
                icon={
                  flow.enabled ? (
                    <Pause className="size-4" aria-hidden />
                  ) : (
                    <Play className="size-4" aria-hidden />
                  )
                }
                onClick={() => change.mutate({ id: flow.id, enabled: !flow.enabled }, { onError: toastError })}
              >
                {flow.enabled ? 'Switch off' : 'Switch on'}
              </Button>
              <Link
                to="/apps/$app"
                params={{ app }}
                search={{ say: `Change “${flow.name}”: ` }}
                className={buttonClass()}
              >
                Change by chat
              </Link>
              <Button
                kind="primary"
                disabled={!canEdit(me)}
                busy={run.isPending}
                icon={<Play className="size-4" aria-hidden />}
                onClick={runNow}
              >
                {trigger.kind === 'record' ? 'Run now…' : 'Run now'}
              </Button>
              <FlowMenu app={app} flow={flow} editable={canEdit(me)} />
            </>
          }
        >
          {flow.sentence}
        </PageHead>
        {flow.pausedReason && (
          <p className="mb-4 flex items-start gap-2.5 rounded-lg border border-warn-line bg-warn-soft px-3 py-2">
            <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden />
            <span className="flex-1">{flow.pausedReason} Nothing is lost: new events are kept.</span>
            <Link to="/apps/$app/integrations" params={{ app }} search={{}} className="link">
              Integrations
            </Link>
          </p>
        )}
        <PatchStrip {...strip} />
        <div className="mt-7 grid gap-x-10 gap-y-7 lg:grid-cols-[1fr_390px]">
          <section aria-label="When it runs" className="min-w-0">
            <SectionHead title="When it runs" />
            <dl className="card divide-y divide-line">
              <Row label="Trigger">
                {
                  {
                    record: 'Record change',
                    schedule: 'Schedule',
                    manual: 'By hand',
                    webhook: 'Webhook',
                    vendorEvent: 'Event at the vendor',
                  }[trigger.kind]
                }
              </Row>
              {trigger.entity && (
                <Row label="Entity">
                  <Link
                    to="/apps/$app/data/$entity"
                    params={{ app, entity: trigger.entity }}
                    search={{}}
                    className="link"
                  >
                    {trigger.entity}
                  </Link>
                  , on {trigger.on}
                </Row>
              )}
              {words.event && <Row label="Event">{words.event}</Row>}
              {words.onlyIf && <Row label="Only if">{words.onlyIf}</Row>}
              {trigger.cron && (
                <Row label="Repeat">
                  {cronWords(trigger.cron)}{' '}
                  <code className="ml-2 font-mono text-12 text-ink-3">{trigger.cron}</code>
                </Row>
              )}
              {trigger.timeZone && <Row label="Time zone">{trigger.timeZone}</Row>}
              {trigger.nextAt && <Row label="Next">{exact(trigger.nextAt)}</Row>}
              <Row label="Function">
                <Link
                  to="/apps/$app/functions/$name"
                  params={{ app, name: flow.functionName }}
                  search={{}}
                  className="link font-mono text-12"
                >
                  {flow.functionName}
                </Link>
              </Row>
              <Row label="Made">{dateOf(flow.createdAt)}</Row>
              {flow.lastRun && (
                <Row label="Last run">
                  <Ago at={flow.lastRun.at} />
                </Row>
              )}
            </dl>
          </section>
          <section aria-label="Runs in 30 days" className="min-w-0">
            <SectionHead
              title="Runs in 30 days"
              note={summary && `${count(summary.total, 'run')}, ${summary.failed} failed`}
            />
            <div className="card p-4">
              {summary ? <RunBars summary={summary} height={120} /> : <Skeleton className="h-30" />}
            </div>
          </section>
        </div>
        <section aria-label="Last runs" className="mt-8">
          <SectionHead
            title="Last runs"
            actions={
              <Link
                to="/apps/$app/runs"
                params={{ app }}
                search={{ flow: flow.id, since: '30d' }}
                className="link"
              >
                All runs
              </Link>
            }
          />
          {runs.data && list.length === 0 ? (
            <p className="card p-6 text-center text-ink-2">
              It has not run yet. Run it now, or wait for its trigger.
            </p>
          ) : (
            <RunsTable app={app} runs={list} hideFlow />
          )}
        </section>
      </Page>
      {asking && <RunNowDialog app={app} flow={flow} onClose={() => setAsking(false)} onStarted={started} />}
    </>
  )
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex min-h-11 items-center gap-4 px-4 py-2">
      <dt className="w-28 shrink-0 text-ink-3">{label}</dt>
      <dd className="min-w-0 flex-1">{children}</dd>
    </div>
  )
}
