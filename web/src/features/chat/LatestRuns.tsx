import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Activity, ExternalLink } from 'lucide-react'
import type { Proposal } from '@/api/types'
import { RunState } from '@/components/states'
import { Ago } from '@/components/ui/bits'
import { runsQuery } from '@/features/runs/runs.queries'
import { useMe } from '@/features/session/session.queries'
import { duration } from '@/lib/time'
import { worldUrl } from '@/lib/world'

const shown = 4

/** The last runs of the accepted flow, as they happen, and where to see what they did. */
export function LatestRuns({ app, proposal, flow }: { app: string; proposal: Proposal; flow: string }) {
  const me = useMe()
  const runs = useInfiniteQuery(runsQuery(app, { flow, since: '24h' }, shown))
  const list = runs.data?.pages[0]?.items ?? []
  const sandbox = me.server.sandboxUrl
  return (
    <section aria-label="Latest runs" className="card overflow-hidden">
      <div className="flex flex-wrap items-center gap-2.5 px-4 py-2.5">
        <Activity className="size-4 text-ink-3" aria-hidden />
        <h2 className="font-semibold">Latest runs</h2>
        <span className="min-w-0 flex-1 truncate text-12 text-ink-3">{proposal.flowName}</span>
        {sandbox &&
          proposal.requirements
            .filter((r) => r.realm === 'sandbox' && r.state === 'connected')
            .map((r) => (
              <a
                key={r.connector}
                href={worldUrl(sandbox, r.connector)}
                target="_blank"
                rel="noopener noreferrer"
                title="Opens in a new tab"
                className="link inline-flex items-center gap-1"
              >
                {r.connectorName} in the sandbox <ExternalLink className="size-3.5" aria-hidden />
              </a>
            ))}
      </div>
      {runs.data && list.length === 0 ? (
        <p className="border-t border-line px-4 py-3 text-ink-2">
          None yet.{' '}
          {proposal.entity
            ? `A change of ${proposal.entity} starts the first one.`
            : 'It waits for its trigger.'}
        </p>
      ) : (
        <ul aria-live="polite" className="divide-y divide-line border-t border-line">
          {list.map((run) => (
            <li key={run.id} className="fresh relative flex min-h-10 items-center gap-3 px-4 hover:bg-well">
              <span className="w-28 shrink-0">
                <RunState status={run.status} />
              </span>
              <Link
                to="/apps/$app/runs/$run"
                params={{ app, run: run.id }}
                className="row-link min-w-0 flex-1 truncate"
              >
                {run.event.label}
              </Link>
              <span className="text-12 text-ink-3 max-sm:hidden">{duration(run.durationMs)}</span>
              <Ago at={run.createdAt} className="w-20 text-right text-12 text-ink-3" />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
