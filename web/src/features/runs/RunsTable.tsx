import { Link } from '@tanstack/react-router'
import type { Run } from '@/api/types'
import { ConnectorIcon } from '@/components/ConnectorIcon'
import { RunState } from '@/components/states'
import { Ago } from '@/components/ui/bits'
import { duration } from '@/lib/time'

/** Left out in a narrow column: what was thrown matters more. */
const threw = /^The function threw an error: (?=.)/

export function RunsTable({ app, runs, hideFlow }: { app: string; runs: Run[]; hideFlow?: boolean }) {
  return (
    <div className="scroll-thin sm:overflow-x-auto">
      <table className="table cards rows flush sm:min-w-190 sm:table-fixed">
        <caption className="sr-only">Runs</caption>
        <thead>
          <tr>
            <th scope="col" className="w-33">
              Status
            </th>
            {!hideFlow && <th scope="col">Flow</th>}
            <th scope="col">Event</th>
            <th scope="col" className="num w-20">
              Attempts
            </th>
            <th scope="col" className="num w-24">
              Duration
            </th>
            <th scope="col" className="num w-26">
              Started
            </th>
            <th scope="col" className="num w-18">
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
                <td className="full min-w-0 font-medium">
                  <span className="flex min-w-0 items-center gap-2.5">
                    {run.connectors[0] && <ConnectorIcon id={run.connectors[0]} size="sm" />}
                    <span className="line-clamp-2 min-w-0 [overflow-wrap:anywhere]" title={run.flowName}>
                      {run.flowName}
                    </span>
                  </span>
                </td>
              )}
              <td className="full min-w-0 text-ink-2">
                <span className="block truncate" title={run.event.label}>
                  {run.event.label}
                </span>
                {run.lastError && (
                  <span
                    title={run.lastError}
                    className={`line-clamp-2 text-12 [overflow-wrap:anywhere] ${run.status === 'succeeded' ? 'text-ink-3' : 'text-bad-ink'}`}
                  >
                    {run.lastError.replace(threw, '')}
                  </span>
                )}
              </td>
              <td className="num">
                <span className="sm:hidden">Attempts </span>
                {run.attempts || 'none yet'}
              </td>
              <td
                className="num"
                title={
                  run.attempts > 1 && run.workMs !== null
                    ? `${duration(run.workMs)} in the function, the rest waiting`
                    : undefined
                }
              >
                {duration(run.durationMs)}
              </td>
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
    </div>
  )
}
