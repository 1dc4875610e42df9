import clsx from 'clsx'
import { useMemo, type ReactNode } from 'react'
import type { DiffLine } from '@/lib/diff'
import { highlightLines, type Token } from '@/lib/highlight'

function tokens(line: Token[] | undefined): ReactNode {
  return line?.map((token, i) =>
    token.kind === 'text' ? (
      token.text
    ) : (
      <span key={i} className={`tok-${token.kind}`}>
        {token.text}
      </span>
    ),
  )
}

export function Code({
  text,
  label,
  numbers,
  className,
}: {
  text: string
  label: string
  numbers?: boolean
  className?: string
}) {
  const lines = useMemo(() => highlightLines(text.replace(/\n$/, '')), [text])
  return (
    <pre
      tabIndex={0}
      role="region"
      aria-label={label}
      className={clsx(
        'scroll-thin overflow-auto rounded-lg border border-line bg-well px-3.5 py-3 font-mono text-12/5',
        className,
      )}
    >
      <code>
        {lines.map((line, i) => (
          <span key={i} className="block min-h-5">
            {numbers && (
              <span className="mr-4 inline-block w-7 text-right text-ink-3 select-none">{i + 1}</span>
            )}
            {tokens(line)}
          </span>
        ))}
      </code>
    </pre>
  )
}

export function Json({ value, label }: { value: unknown; label: string }) {
  return <Code text={JSON.stringify(value, null, 2) ?? 'null'} label={label} className="max-h-90" />
}

export function Diff({ lines, label }: { lines: DiffLine[]; label: string }) {
  const coloured = useMemo(() => lines.map((line) => highlightLines(line.text)[0]), [lines])
  return (
    <pre
      tabIndex={0}
      role="region"
      aria-label={label}
      className="scroll-thin max-h-100 overflow-auto bg-well py-2 font-mono text-12/5"
    >
      <code className="inline-block min-w-full">
        {lines.map((line, i) => (
          <span
            key={i}
            className={clsx(
              'block min-h-5 pr-4',
              line.kind === 'add' && 'bg-ok-soft',
              line.kind === 'del' && 'bg-bad-soft',
            )}
          >
            <span aria-hidden className="inline-block w-11 pr-2 text-right text-ink-3 select-none">
              {line.newNo ?? line.oldNo}
            </span>
            <span
              className={clsx(
                'inline-block w-4 select-none',
                line.kind === 'add' && 'text-ok-ink',
                line.kind === 'del' && 'text-bad-ink',
                line.kind === 'same' && 'text-ink-3',
              )}
            >
              {line.kind === 'add' ? '+' : line.kind === 'del' ? '−' : ' '}
            </span>
            {tokens(coloured[i])}
          </span>
        ))}
      </code>
    </pre>
  )
}
