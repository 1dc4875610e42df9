import clsx from 'clsx'
import { LoaderCircle } from 'lucide-react'
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'

export type ButtonKind = 'primary' | 'secondary' | 'ghost' | 'danger'

export function buttonClass(kind: ButtonKind = 'secondary', small = false) {
  return clsx(
    'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-sm font-medium whitespace-nowrap select-none',
    'transition-colors duration-(--fast) disabled:opacity-55 max-sm:min-h-11',
    small ? 'h-7 px-2.5 text-12' : 'h-8 px-3 text-13',
    kind === 'primary' && 'bg-accent text-on-accent enabled:hover:bg-accent-hover [a&]:hover:bg-accent-hover',
    kind === 'secondary' &&
      'border border-line-strong bg-surface text-ink enabled:hover:bg-hover [a&]:hover:bg-hover',
    kind === 'ghost' && 'text-ink-2 enabled:hover:bg-hover enabled:hover:text-ink [a&]:hover:bg-hover',
    kind === 'danger' && 'bg-bad-fill text-on-accent enabled:hover:opacity-90',
  )
}

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: ButtonKind
  small?: boolean
  busy?: boolean
  icon?: ReactNode
  ref?: Ref<HTMLButtonElement>
}

export function Button({
  kind,
  small,
  busy,
  icon,
  className,
  children,
  disabled,
  type = 'button',
  ...rest
}: Props) {
  return (
    <button
      type={type}
      className={clsx(buttonClass(kind, small), className)}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {busy ? <LoaderCircle className="spin size-4" aria-hidden /> : icon}
      {children}
    </button>
  )
}

interface IconProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  label: string
  ref?: Ref<HTMLButtonElement>
}

export function IconButton({ label, className, children, type = 'button', ...rest }: IconProps) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={clsx(
        'inline-flex size-7 shrink-0 items-center justify-center rounded-sm text-ink-2 transition-colors duration-(--fast) hover:bg-hover hover:text-ink disabled:opacity-50 data-[state=open]:bg-hover max-sm:size-11',
        className,
      )}
      {...rest}
    >
      {children}
    </button>
  )
}
