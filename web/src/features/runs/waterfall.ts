import type { Call, RunDetail } from '@/api/types'
import { duration } from '@/lib/time'

export interface Bar {
  /** Where it starts and how wide it is, 0 to 100 of the drawn width. */
  left: number
  width: number
}

export interface CallBar extends Bar {
  call: Call
}

export interface AttemptGroup extends Bar {
  number: number
  ms: number | null
  status: string
  error: string | null
  httpStatus: number | null
  calls: CallBar[]
  /** The wait before this attempt, when it was long enough to be folded. */
  waitedMs: number | null
}

export interface Waterfall {
  groups: AttemptGroup[]
  folds: Bar[]
  ticks: { at: number; label: string }[]
  totalMs: number
}

const foldedWidth = 7
/** Of 100: a label such as "46.40 s" and some air, on the narrowest axis that shows more than both ends. */
const tickRoom = 22

/**
 * Lays attempts and calls on one axis. Waits between attempts that are longer than half of the working time are folded
 * to a narrow hatched band; the axis keeps real times on both sides.
 */
export function layOut(run: RunDetail, now: number): Waterfall {
  const attempts = run.attemptList.map((a) => {
    const start = Date.parse(a.startedAt)
    return { ...a, start, end: Math.max(start + 1, a.finishedAt ? Date.parse(a.finishedAt) : now) }
  })
  if (attempts.length === 0) return { groups: [], folds: [], ticks: [], totalMs: 0 }
  const origin = attempts[0]!.start
  const end = Math.max(...attempts.map((a) => a.end))
  const working = attempts.reduce((sum, a) => sum + a.end - a.start, 0)
  const gaps = attempts.slice(1).map((a, i) => ({ from: attempts[i]!.end, to: a.start }))
  const folded = gaps.filter((g) => g.to - g.from > working / 2)
  const drawnMs = end - origin - folded.reduce((sum, g) => sum + g.to - g.from, 0)
  const scale = (100 - folded.length * foldedWidth) / Math.max(1, drawnMs)
  const x = (time: number) => {
    let ms = time - origin
    let extra = 0
    for (const gap of folded) {
      if (time >= gap.to) {
        ms -= gap.to - gap.from
        extra += foldedWidth
      } else if (time > gap.from) ms -= time - gap.from
    }
    return Math.min(100, Math.max(0, ms * scale + extra))
  }
  const bar = (from: number, to: number): Bar => ({ left: x(from), width: Math.max(0.6, x(to) - x(from)) })
  const groups = attempts.map((a, i): AttemptGroup => {
    const next = attempts[i + 1]?.start ?? Infinity
    const calls = run.calls
      .filter((c) => {
        const at = Date.parse(c.time)
        return at >= a.start && at < next
      })
      .map((call) => ({ call, ...bar(Date.parse(call.time), Date.parse(call.time) + call.durationMs) }))
    const gap = gaps[i - 1]
    return {
      number: a.number,
      ms: a.finishedAt ? a.end - a.start : null,
      status: a.status,
      error: a.error,
      httpStatus: a.httpStatus,
      calls,
      waitedMs: gap && folded.includes(gap) ? gap.to - gap.from : null,
      ...bar(a.start, a.end),
    }
  })
  const tickLabel = (time: number) => {
    const ms = time - origin
    return duration(ms)
  }
  const middle = attempts.flatMap((a) => [a.start, (a.start + a.end) / 2]).slice(1)
  // The ends are always named; between them only what leaves both neighbours room for their words.
  const ticks = [{ at: 0, label: tickLabel(origin) }]
  for (const time of middle) {
    const at = x(time)
    if (at - ticks[ticks.length - 1]!.at >= tickRoom && at <= 100 - tickRoom)
      ticks.push({ at, label: tickLabel(time) })
  }
  ticks.push({ at: 100, label: tickLabel(end) })
  return {
    groups,
    folds: folded.map((g) => ({ left: x(g.from), width: foldedWidth })),
    ticks,
    totalMs: end - origin,
  }
}
