import clsx from 'clsx'
import { CircleCheck, CircleX, Globe, LoaderCircle, Timer } from 'lucide-react'
import { useMemo } from 'react'
import type { RunDetail } from '@/api/types'
import { ConnectorIcon } from '@/components/ConnectorIcon'
import { Badge } from '@/components/ui/bits'
import { useNow } from '@/lib/hooks'
import { duration } from '@/lib/time'
import { layOut } from './waterfall'

const grid = 'grid grid-cols-[minmax(150px,34%)_1fr_76px] items-center max-sm:grid-cols-[46%_1fr_62px]'

export function WaterfallView({ run }: { run: RunDetail }) {
  const now = useNow()
  const { groups, folds, ticks } = useMemo(() => layOut(run, now), [run, now])
  if (groups.length === 0) return <p className="card p-6 text-center text-ink-2">No attempt yet.</p>
  return (
    <div className="card overflow-hidden">
      <div className={clsx(grid, 'h-8 border-b border-line text-11 text-ink-3')} aria-hidden>
        <span />
        <span className="relative h-full">
          {ticks.map((tick, i) => (
            <span
              key={i}
              className={clsx(
                'absolute top-2 whitespace-nowrap',
                tick.at > 92 ? '-translate-x-full' : tick.at > 3 && '-translate-x-1/2',
                i > 0 && i < ticks.length - 1 && 'max-sm:hidden',
              )}
              style={{ left: `${tick.at}%` }}
            >
              {tick.label}
            </span>
          ))}
        </span>
        <span />
      </div>
      <ol>
        {groups.map((group) => {
          const failed = group.error !== null || group.status === 'failed'
          const running = group.ms === null
          return (
            <li key={group.number} className="border-b border-line last:border-0">
              {group.waitedMs !== null && (
                <div className={clsx(grid, 'h-9 border-b border-line text-ink-2')}>
                  <span className="flex items-center gap-2 pl-4">
                    <Timer className="size-4 text-ink-3" aria-hidden /> Waited
                  </span>
                  <span className="relative h-full">
                    {folds.map((fold, i) => (
                      <span
                        key={i}
                        className="hatch absolute inset-y-0"
                        style={{ left: `${fold.left}%`, width: `${fold.width}%` }}
                        aria-hidden
                      />
                    ))}
                  </span>
                  <span className="pr-4 text-right">{duration(group.waitedMs)}</span>
                </div>
              )}
              <div className={clsx(grid, 'h-9 bg-well')}>
                <span className="flex items-center gap-2 pl-4 font-medium">
                  {running ? (
                    <LoaderCircle className="spin size-4 text-accent-ink" aria-hidden />
                  ) : failed ? (
                    <CircleX className="size-4 text-bad" aria-hidden />
                  ) : (
                    <CircleCheck className="size-4 text-ok" aria-hidden />
                  )}
                  Attempt {group.number}
                  <span className="sr-only">{running ? 'running' : failed ? 'failed' : 'succeeded'}</span>
                </span>
                <span className="relative h-full" aria-hidden>
                  <span
                    className={clsx(
                      'absolute top-4 h-1 rounded-full',
                      running ? 'bg-accent' : failed ? 'bg-bad' : 'bg-ok',
                    )}
                    style={{ left: `${group.left}%`, width: `${group.width}%` }}
                  />
                </span>
                <span className="pr-4 text-right text-ink-2">{duration(group.ms)}</span>
              </div>
              <ul>
                {group.calls.map(({ call, left, width }) => {
                  const bad = call.outcome !== 'sent' || (call.status ?? 0) >= 400
                  return (
                    <li key={call.id} className={clsx(grid, 'min-h-8 border-t border-line')}>
                      <span className="flex min-w-0 items-center gap-2 py-1 pl-8 max-sm:pl-4">
                        {call.connector ? (
                          <ConnectorIcon id={call.connector} size="sm" />
                        ) : (
                          <Globe className="size-4 shrink-0 text-ink-3" aria-hidden />
                        )}
                        <span className="min-w-0 truncate" title={`${call.method} ${call.host}${call.path}`}>
                          {call.operation ?? `${call.method} ${call.path}`}
                        </span>
                        <Badge mono tone={bad ? 'bad' : 'ok'}>
                          {call.status ?? call.outcome}
                        </Badge>
                      </span>
                      <span className="relative h-full" aria-hidden>
                        <span
                          className={clsx(
                            'absolute top-1/2 h-2 -translate-y-1/2 rounded-[2px]',
                            bad ? 'bg-bad' : 'bg-accent',
                          )}
                          style={{ left: `${left}%`, width: `${width}%` }}
                        />
                      </span>
                      <span className="pr-4 text-right text-ink-2">{duration(call.durationMs)}</span>
                    </li>
                  )
                })}
                {group.error && (
                  <li className="border-t border-line bg-bad-soft px-4 py-1.5 pl-8 font-mono text-12 break-words text-bad-ink">
                    {group.error}
                  </li>
                )}
              </ul>
            </li>
          )
        })}
      </ol>
    </div>
  )
}
