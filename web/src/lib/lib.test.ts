import { beforeEach, describe, expect, it } from 'vitest'
import { safeNext } from '@/features/session/next'
import { countChanges, diffLines } from './diff'
import { takeFragmentToken } from './fragment'
import { highlightLines } from './highlight'
import { createKeyHandler } from './keys'
import { duration, relative } from './time'
import { cronWords } from './words'

describe('the line diff', () => {
  it('counts a new file as all added', () => {
    expect(countChanges(diffLines(null, 'a\nb\n'))).toEqual({ added: 2, removed: 0 })
  })

  it('keeps equal lines and numbers both sides', () => {
    expect(diffLines('a\nb\nc\n', 'a\nx\nc\n')).toEqual([
      { kind: 'same', text: 'a', oldNo: 1, newNo: 1 },
      { kind: 'del', text: 'b', oldNo: 2, newNo: null },
      { kind: 'add', text: 'x', oldNo: null, newNo: 2 },
      { kind: 'same', text: 'c', oldNo: 3, newNo: 3 },
    ])
  })

  it('rebuilds both texts from any diff', () => {
    let seed = 7
    const random = (n: number) => (seed = (seed * 48271) % 2147483647) % n
    const text = () => Array.from({ length: random(12) }, () => 'abc'[random(3)]!)
    for (let i = 0; i < 300; i++) {
      const [a, b] = [text(), text()]
      const diff = diffLines(a.join('\n'), b.join('\n'))
      expect(diff.filter((l) => l.kind !== 'add').map((l) => l.text)).toEqual(a)
      expect(diff.filter((l) => l.kind !== 'del').map((l) => l.text)).toEqual(b)
    }
  })
})

describe('the highlighter', () => {
  it('loses no character and no line', () => {
    const code = 'const a = "x"; // note\n`t ${1}\n` /* open'
    expect(
      highlightLines(code)
        .map((line) => line.map((t) => t.text).join(''))
        .join('\n'),
    ).toBe(code)
  })
})

describe('the one-time token', () => {
  beforeEach(() => window.history.replaceState(null, '', '/welcome?x=1#secret%20token'))

  it('is read once and removed from the address at once', () => {
    expect(takeFragmentToken()).toBe('secret token')
    expect(window.location.href).not.toContain('secret')
    expect(window.location.pathname + window.location.search).toBe('/welcome?x=1')
    expect(takeFragmentToken()).toBe('')
  })
})

describe('where a sign-in leads', () => {
  it.each([
    ['/apps/a/runs?status=failed', '/apps/a/runs?status=failed'],
    [undefined, '/'],
    ['//evil.example', '/'],
    ['https://evil.example', '/'],
    ['/\\evil.example', '/'],
    ['javascript:alert(1)', '/'],
  ])('%s leads to %s', (next, to) => expect(safeNext(next)).toBe(to))
})

describe('keys', () => {
  const press = (key: string, init: KeyboardEventInit = {}, target: HTMLElement = document.body) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init })
    Object.defineProperty(event, 'target', { value: target })
    return event
  }
  const setUp = () => {
    const hits: string[] = []
    let now = 0
    const note = (name: string) => () => void hits.push(name)
    const handle = createKeyHandler(
      () => ({ 'g r': note('runs'), r: note('r'), j: note('next'), 'Control+k': note('palette') }),
      () => now,
    )
    return { hits, handle, wait: (ms: number) => (now += ms) }
  }

  it('understands a sequence, and forgets it after a pause', () => {
    const { hits, handle, wait } = setUp()
    handle(press('g'))
    handle(press('r'))
    handle(press('g'))
    wait(2000)
    handle(press('r'))
    expect(hits).toEqual(['runs', 'r'])
  })

  it('leaves single keys alone while somebody types, but not Ctrl K', () => {
    const { hits, handle } = setUp()
    const input = document.createElement('input')
    handle(press('j', {}, input))
    handle(press('k', { ctrlKey: true }, input))
    expect(hits).toEqual(['palette'])
  })

  it('leaves single keys alone while a dialog is open', () => {
    const { hits, handle } = setUp()
    const dialog = document.createElement('div')
    dialog.setAttribute('role', 'dialog')
    document.body.append(dialog)
    handle(press('j'))
    dialog.remove()
    handle(press('j'))
    expect(hits).toEqual(['next'])
  })
})

describe('words for times', () => {
  it('are short', () => {
    const now = Date.parse('2026-06-20T12:00:00Z')
    expect(relative('2026-06-20T11:48:00Z', now)).toBe('12 min ago')
    expect(relative('2026-06-20T11:59:55Z', now)).toBe('now')
    expect(relative('2026-06-20T14:00:00Z', now)).toBe('in 2 h')
    expect(duration(2610)).toBe('2.61 s')
    expect(duration(null)).toBe('–')
  })

  it('say common schedules and show others as written', () => {
    expect(cronWords('0 9 * * 1-5')).toBe('Weekdays at 09:00')
    expect(cronWords('*/15 * * * *')).toBe('Every 15 minutes')
    expect(cronWords('0 9 1-7 * 1')).toBe('0 9 1-7 * 1')
  })
})
