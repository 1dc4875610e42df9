import { describe, expect, it } from 'vitest'
import { createSseParser, type ServerEvent } from './sse'

function parse(...chunks: string[]): ServerEvent[] {
  const events: ServerEvent[] = []
  const feed = createSseParser((event) => events.push(event))
  chunks.forEach(feed)
  return events
}

describe('the stream parser', () => {
  it('reads name, data and id of an event', () => {
    expect(parse('event: run\nid: 7\ndata: {"a":1}\n\n')).toEqual([{ event: 'run', data: '{"a":1}', id: '7' }])
  })

  it('gives the same events however the text is cut', () => {
    const text = '\uFEFF: ping\r\n\r\nevent: log\r\ndata: one\r\ndata: two\r\n\r\ndata:bare\n\ndata: end\r\r'
    const whole = parse(text)
    // The last CR may be half of CRLF, so the event before it is still held back.
    expect(whole).toEqual([
      { event: 'log', data: 'one\ntwo', id: null },
      { event: 'message', data: 'bare', id: null },
    ])
    for (let a = 0; a <= text.length; a++) {
      for (let b = a; b <= text.length; b++)
        expect(parse(text.slice(0, a), text.slice(a, b), text.slice(b))).toEqual(whole)
    }
  })

  it('swallows comments and events without data', () => {
    expect(parse(': ping\n\nevent: run\n\n')).toEqual([])
  })

  it('keeps an unfinished event back', () => {
    expect(parse('data: half\n')).toEqual([])
  })

  it('survives any bytes', () => {
    let seed = 1
    const random = (n: number) => (seed = (seed * 48271) % 2147483647) % n
    const alphabet = [':', ' ', '\n', '\r', '\0', 'data', 'event', 'id', 'x', '\uFEFF', 'é']
    for (let round = 0; round < 500; round++) {
      const text = Array.from({ length: random(60) }, () => alphabet[random(alphabet.length)]).join('')
      const cut = random(text.length + 1)
      expect(parse(text.slice(0, cut), text.slice(cut))).toEqual(parse(text))
    }
  })
})
