import { Link } from '@tanstack/react-router'
import type { Run } from '@/api/types'
import { ConnectorIcon } from '@/components/ConnectorIcon'
import { RunState } from '@/components/states'
import { Ago } from '@/components/ui/bits'
import { duration } from '@/lib/time'

export function RunsTable({ app, runs, hideFlow }: { app: string; runs: Run[]; hideFlow?: boolean }) {
  return (
    <table className="table cards rows flush">
      <caption className="sr-only">Runs</caption>
      <thead>
        <tr>
          <th scope="col">Status</th>
          {!hideFlow && <th scope="col">Flow</th>}
          <th scope="col">Event</th>
          <th scope="col">Attempts</th>
          <th scope="col" className="num">
            Duration
          </th>
          <th scope="col" className="num">
            Started
          </th>
          <th scope="col" className="num">
            Run
          </th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <tr key={run.id} className="fresh">
            <td className="grow">
              <RunState status={run.status} />
            </td>
            {!hideFlow && (
              <td className="font-medium">
                <span className="flex items-center gap-2.5">
                  {run.connectors[0] && <ConnectorIcon id={run.connectors[0]} size="sm" />}
                  <span className="max-w-80 min-w-0 truncate">{run.flowName}</span>
                </span>
              </td>
            )}
            <td className="full text-ink-2">
              <span className="block max-w-60 truncate">{run.event.label}</span>
            </td>
            <td className="text-ink-2">
              <span className="sm:hidden">Attempts </span>
              {run.attempts || 'none yet'}
              {run.lastError && (
                <code
                  className={`ml-2 inline-block max-w-52 truncate align-middle font-mono text-12 ${run.status === 'succeeded' ? 'text-ink-3' : 'text-bad-ink'}`}
                >
                  {run.lastError}
                </code>
              )}
            </td>
            <td className="num">{duration(run.durationMs)}</td>
            <td className="num">
              <Ago at={run.startedAt ?? run.createdAt} />
            </td>
            <td className="num">
              <Link
                to="/apps/$app/runs/$run"
                params={{ app, run: run.id }}
                data-row
                aria-label={`Run ${run.id}: ${run.flowName}, ${run.event.label}`}
                className="row-link font-mono text-12"
              >
                {run.id.slice(-6)}
              </Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
