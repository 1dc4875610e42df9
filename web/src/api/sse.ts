export interface ServerEvent {
  event: string
  data: string
  id: string | null
}

/**
 * A push parser of text/event-stream as the WHATWG describes it: feed it text as it arrives, in pieces of any size, and
 * it calls back once for each whole event. Comments (`: ping`) and events without data are swallowed.
 */
export function createSseParser(onEvent: (event: ServerEvent) => void): (chunk: string) => void {
  let rest = ''
  let event = ''
  let data: string[] = []
  let id: string | null = null
  let first = true

  const line = (text: string) => {
    if (text === '') {
      if (data.length > 0) onEvent({ event: event || 'message', data: data.join('\n'), id })
      event = ''
      data = []
      return
    }
    const colon = text.indexOf(':')
    if (colon === 0) return
    const field = colon < 0 ? text : text.slice(0, colon)
    let value = colon < 0 ? '' : text.slice(colon + 1)
    if (value.startsWith(' ')) value = value.slice(1)
    if (field === 'event') event = value
    else if (field === 'data') data.push(value)
    else if (field === 'id' && !value.includes('\0')) id = value
  }

  return (chunk) => {
    rest += chunk
    if (first && rest.length > 0) {
      if (rest.charCodeAt(0) === 0xfeff) rest = rest.slice(1)
      first = false
    }
    let start = 0
    for (let i = 0; i < rest.length; i++) {
      const char = rest[i]
      if (char !== '\n' && char !== '\r') continue
      // A CR at the very end may be half of CRLF: wait for the next piece.
      if (char === '\r' && i === rest.length - 1) break
      line(rest.slice(start, i))
      if (char === '\r' && rest[i + 1] === '\n') i++
      start = i + 1
    }
    rest = rest.slice(start)
  }
}

export async function readSse(
  stream: ReadableStream<Uint8Array>,
  onEvent: (event: ServerEvent) => void,
): Promise<void> {
  const decoder = new TextDecoder()
  const feed = createSseParser(onEvent)
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    feed(decoder.decode(value, { stream: true }))
  }
}
