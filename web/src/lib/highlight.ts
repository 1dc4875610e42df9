export interface Token {
  kind: 'key' | 'str' | 'num' | 'com' | 'text'
  text: string
}

const keywords =
  'as|async|await|break|case|catch|class|const|continue|default|delete|do|else|export|extends|false|finally|for|from|function|if|import|in|instanceof|interface|let|new|null|of|return|switch|this|throw|true|try|type|typeof|undefined|var|void|while|yield'

const pattern = new RegExp(
  [
    '(?<com>//[^\\n]*|/\\*[\\s\\S]*?(?:\\*/|$))',
    '(?<str>"(?:\\\\.|[^"\\\\\\n])*"?|\'(?:\\\\.|[^\'\\\\\\n])*\'?|`(?:\\\\.|[^`\\\\])*`?)',
    `(?<key>\\b(?:${keywords})\\b)`,
    '(?<num>\\b\\d[\\w.]*\\b)',
  ].join('|'),
  'g',
)

/** Enough TypeScript and JSON for reading; the editor proper brings its own parser, lazily. Returns one list per line. */
export function highlightLines(code: string): Token[][] {
  const out: Token[][] = [[]]
  const push = (kind: Token['kind'], text: string) => {
    text.split('\n').forEach((part, i) => {
      if (i > 0) out.push([])
      if (part) out[out.length - 1]!.push({ kind, text: part })
    })
  }
  let at = 0
  for (const match of code.matchAll(pattern)) {
    if (match.index > at) push('text', code.slice(at, match.index))
    const groups = match.groups ?? {}
    const kind = (['com', 'str', 'key', 'num'] as const).find((name) => groups[name] !== undefined) ?? 'text'
    // In JSON a string before a colon is a key.
    const isKey =
      kind === 'str' && match[0].startsWith('"') && /^\s*:/.test(code.slice(match.index + match[0].length))
    push(isKey ? 'key' : kind, match[0])
    at = match.index + match[0].length
  }
  push('text', code.slice(at))
  return out
}
