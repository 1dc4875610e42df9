import clsx from 'clsx'
import type { ReactNode } from 'react'
import { useNow } from '@/lib/hooks'
import { exact, relative } from '@/lib/time'

export type Tone = 'neutral' | 'accent' | 'ok' | 'warn' | 'bad'

export function Badge({
  tone = 'neutral',
  children,
  mono,
}: {
  tone?: Tone
  children: ReactNode
  mono?: boolean
}) {
  return (
    <span
      className={clsx(
        'inline-flex h-5 shrink-0 items-center gap-1 rounded-xs px-1.5 text-12 font-medium whitespace-nowrap',
        mono && 'font-mono',
        tone === 'neutral' && 'bg-hover text-ink-2',
        tone === 'accent' && 'bg-accent-soft text-accent-ink',
        tone === 'ok' && 'bg-ok-soft text-ok-ink',
        tone === 'warn' && 'bg-warn-soft text-warn-ink',
        tone === 'bad' && 'bg-bad-soft text-bad-ink',
      )}
    >
      {children}
    </span>
  )
}

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded-xs border border-line bg-surface px-1 font-sans text-11 text-ink-2">
      {children}
    </kbd>
  )
}

export function Ago({ at, className }: { at: string; className?: string }) {
  const now = useNow()
  return (
    <time dateTime={at} title={exact(at)} className={className}>
      {relative(at, now)}
    </time>
  )
}

export function Skeleton({ className }: { className?: string }) {
  return <div className={clsx('skeleton', className)} aria-hidden />
}

export function SkeletonRows({ rows = 6, height = 'h-10' }: { rows?: number; height?: string }) {
  return (
    <div role="status" className="grid">
      <span className="sr-only">Loading</span>
      {Array.from({ length: rows }, (_, i) => (
        <div
          key={i}
          className={clsx('flex items-center gap-4 border-b border-line px-4 last:border-0', height)}
        >
          <Skeleton className="size-4" />
          <Skeleton className={i % 2 ? 'h-3 w-40' : 'h-3 w-52'} />
          <Skeleton className="h-3 w-28 max-sm:hidden" />
          <Skeleton className="ml-auto h-3 w-16" />
        </div>
      ))}
    </div>
  )
}

export function Empty({
  icon,
  title,
  children,
  action,
}: {
  icon?: ReactNode
  title: string
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className="card grid justify-items-center gap-1 border-dashed border-line-strong px-6 py-12 text-center">
      {icon && (
        <div className="mb-2 grid size-10 place-items-center rounded-md border border-line bg-well text-ink-2">
          {icon}
        </div>
      )}
      <h2 className="text-14 font-semibold">{title}</h2>
      {children && <div className="max-w-105 text-13 text-ink-2">{children}</div>}
      {action && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  )
}

export function PageHead({
  title,
  children,
  actions,
  aside,
}: {
  title: ReactNode
  children?: ReactNode
  actions?: ReactNode
  aside?: ReactNode
}) {
  return (
    <header className="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="text-20 font-semibold">{title}</h1>
          {aside}
        </div>
        {children && <p className="mt-1 max-w-180 text-13 text-ink-2">{children}</p>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  )
}

export function SectionHead({
  title,
  note,
  actions,
}: {
  title: string
  note?: ReactNode
  actions?: ReactNode
}) {
  return (
    <div className="mb-2 flex min-h-7 flex-wrap items-center gap-x-2 gap-y-1">
      <h2 className="text-13 font-semibold">{title}</h2>
      {note && <span className="text-12 text-ink-3">{note}</span>}
      {actions && <div className="ml-auto flex items-center gap-2">{actions}</div>}
    </div>
  )
}

export function Switch({
  checked,
  onChange,
  label,
  disabled,
  describedBy,
}: {
  checked: boolean
  onChange: (on: boolean) => void
  label: string
  disabled?: boolean
  describedBy?: string
}) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={checked}
      aria-label={label}
      aria-describedby={describedBy}
      disabled={disabled}
      onClick={() => onChange(!checked)}
      className={clsx(
        'relative inline-flex h-[18px] w-[30px] shrink-0 items-center rounded-full border transition-colors duration-(--base) disabled:opacity-50',
        checked ? 'border-accent bg-accent' : 'border-line-field bg-hover',
        'before:absolute before:-inset-3',
      )}
    >
      <span
        aria-hidden
        className={clsx(
          'size-3 rounded-full transition-transform duration-(--base)',
          checked ? 'translate-x-[14px] bg-on-accent' : 'translate-x-[2px] bg-line-field',
        )}
      />
    </button>
  )
}

interface SegmentedProps<T extends string> {
  label: string
  value: T
  onChange: (value: T) => void
  options: { value: T; label: string; icon?: ReactNode }[]
}

/** One choice of a few, as radio buttons that look like one track. */
export function Segmented<T extends string>({ label, value, onChange, options }: SegmentedProps<T>) {
  return (
    <div role="radiogroup" aria-label={label} className="inline-flex shrink-0 rounded-md bg-hover p-0.5">
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          tabIndex={option.value === value ? 0 : -1}
          onClick={() => onChange(option.value)}
          onKeyDown={(event) => {
            const step =
              event.key === 'ArrowRight' || event.key === 'ArrowDown'
                ? 1
                : event.key === 'ArrowLeft' || event.key === 'ArrowUp'
                  ? -1
                  : 0
            if (!step) return
            event.preventDefault()
            const at = options.findIndex((o) => o.value === value)
            const next = options[(at + step + options.length) % options.length]!
            onChange(next.value)
            const buttons = event.currentTarget.parentElement?.querySelectorAll<HTMLElement>('[role=radio]')
            buttons?.[options.indexOf(next)]?.focus()
          }}
          className={clsx(
            'inline-flex h-7 items-center gap-1.5 rounded-sm border px-2.5 text-13 font-medium transition-colors duration-(--base) max-sm:h-10',
            option.value === value
              ? 'border-line bg-surface text-ink'
              : 'border-transparent text-ink-2 hover:text-ink',
          )}
        >
          {option.icon}
          {option.label}
        </button>
      ))}
    </div>
  )
}

export function Dot({ tone }: { tone: 'ok' | 'warn' | 'bad' | 'off' }) {
  return (
    <span
      aria-hidden
      className={clsx(
        'inline-block size-2 shrink-0 rounded-full',
        tone === 'ok' && 'bg-ok',
        tone === 'warn' && 'bg-warn',
        tone === 'bad' && 'bg-bad',
        tone === 'off' && 'bg-line-field',
      )}
    />
  )
}
