import { describe, expect, it } from 'vitest'
import type { Attempt, RunDetail } from '@/api/types'
import { layOut } from './waterfall'

const at = (ms: number) => new Date(1_800_000_000_000 + ms).toISOString()
const attempt = (number: number, from: number, to: number | null): Attempt => ({
  number,
  startedAt: at(from),
  finishedAt: to === null ? null : at(to),
  status: 'succeeded',
  httpStatus: null,
  error: null,
  log: [],
})
const run = (attemptList: Attempt[]) => ({ attemptList, calls: [] }) as unknown as RunDetail

describe('the waterfall', () => {
  it('folds a long wait and keeps everything on the axis', () => {
    const drawn = layOut(run([attempt(1, 0, 400), attempt(2, 60_000, 60_200)]), Date.parse(at(61_000)))
    expect(drawn.folds).toHaveLength(1)
    expect(drawn.groups[1]!.waitedMs).toBe(59_600)
    expect(drawn.groups[0]!.width).toBeGreaterThan(50)
    expect(drawn.groups[1]!.left + drawn.groups[1]!.width).toBeCloseTo(100)
    expect(drawn.totalMs).toBe(60_200)
  })

  it('draws a running attempt up to now', () => {
    const drawn = layOut(run([attempt(1, 0, null)]), Date.parse(at(500)))
    expect(drawn.groups[0]).toMatchObject({ left: 0, ms: null })
    expect(drawn.groups[0]!.width).toBeCloseTo(100)
  })

  it('has nothing to draw before the first attempt', () => {
    expect(layOut(run([]), 0).groups).toEqual([])
  })
})
