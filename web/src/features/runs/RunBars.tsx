import type { RunSummary } from '@/api/types'
import { clock, dateOf } from '@/lib/time'
import { count } from '@/lib/words'

/** Own SVG bars: at most a few dozen buckets, so no chart library. The same numbers stand in a table for screen readers. */
export function RunBars({ summary, height = 80 }: { summary: RunSummary; height?: number }) {
  const { buckets } = summary
  if (buckets.length === 0) return <p className="py-4 text-center text-ink-2">No runs in this span.</p>
  const most = Math.max(1, ...buckets.map((b) => b.succeeded + b.failed))
  const span = Date.parse(buckets[buckets.length - 1]!.start) - Date.parse(buckets[0]!.start)
  const label = (iso: string) => (span > 36 * 3_600_000 ? dateOf(iso).replace(/ \d{4}$/, '') : clock(iso))
  const width = 100 / buckets.length
  const ticks = [0, 0.25, 0.5, 0.75].map((at) => buckets[Math.floor(at * buckets.length)]!.start)
  return (
    <figure>
      <svg
        viewBox={`0 0 100 ${height}`}
        preserveAspectRatio="none"
        className="block w-full"
        height={height}
        role="img"
        aria-label={`${count(summary.succeeded, 'run')} succeeded, ${summary.failed} failed`}
      >
        {[0.02, 0.5].map((y) => (
          <line
            key={y}
            x1="0"
            x2="100"
            y1={y * height}
            y2={y * height}
            stroke="var(--chart-grid)"
            vectorEffect="non-scaling-stroke"
          />
        ))}
        {buckets.map((bucket, i) => {
          const failed = (bucket.failed / most) * (height - 4)
          const good = (bucket.succeeded / most) * (height - 4)
          const x = i * width + width * 0.12
          return (
            <g key={bucket.start}>
              {good > 0 && (
                <rect
                  x={x}
                  width={width * 0.76}
                  y={height - failed - good}
                  height={good}
                  fill="var(--chart-3)"
                />
              )}
              {failed > 0 && (
                <rect x={x} width={width * 0.76} y={height - failed} height={failed} fill="var(--bad)" />
              )}
              <title>{`${label(bucket.start)}: ${bucket.succeeded} succeeded, ${bucket.failed} failed`}</title>
            </g>
          )
        })}
        <line
          x1="0"
          x2="100"
          y1={height - 0.5}
          y2={height - 0.5}
          stroke="var(--line-strong)"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <figcaption className="mt-1 flex justify-between text-11 text-ink-3" aria-hidden>
        {ticks.map((tick, i) => (
          <span key={i}>{label(tick)}</span>
        ))}
        <span>now</span>
      </figcaption>
    </figure>
  )
}
