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

  it('leaves out labels that would stand on each other', () => {
    const times = [0, 1_184, 4_810, 11_800, 24_600, 46_300]
    const drawn = layOut(run(times.map((t, i) => attempt(i + 1, t, t + 40))), Date.parse(at(50_000)))
    const marks = drawn.ticks.map((t) => t.at)
    expect([marks[0], marks[marks.length - 1]]).toEqual([0, 100])
    expect(drawn.ticks[drawn.ticks.length - 1]!.label).toBe('46.3 s')
    for (let i = 1; i < marks.length; i++) expect(marks[i]! - marks[i - 1]!).toBeGreaterThanOrEqual(22)
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
