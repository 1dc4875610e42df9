import clsx from 'clsx'
import { Check } from 'lucide-react'
import { DropdownMenu as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { Kbd } from './bits'

export function Menu({
  trigger,
  children,
  align = 'end',
  label,
}: {
  trigger: ReactNode
  children: ReactNode
  align?: 'start' | 'end'
  label?: string
}) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          className="pop z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-50 overflow-y-auto rounded-md bg-surface p-1 shadow-lift"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

interface ItemProps {
  children: ReactNode
  icon?: ReactNode
  hint?: string
  danger?: boolean
  checked?: boolean
  disabled?: boolean
  onSelect: () => void
}

export function MenuItem({ children, icon, hint, danger, checked, disabled, onSelect }: ItemProps) {
  return (
    <Radix.Item
      onSelect={onSelect}
      disabled={disabled}
      className={clsx(
        'flex min-h-8 cursor-pointer items-center gap-2.5 rounded-sm px-2 text-13 font-medium outline-none max-sm:min-h-11',
        'data-[disabled]:opacity-50 data-[highlighted]:bg-hover',
        danger && 'text-bad-ink',
      )}
    >
      {icon && <span className={clsx('[&>svg]:size-4', !danger && 'text-ink-2')}>{icon}</span>}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {checked && <Check className="size-4 text-accent-ink" aria-label="chosen" />}
      {hint && <Kbd>{hint}</Kbd>}
    </Radix.Item>
  )
}

export function MenuLine() {
  return <Radix.Separator className="my-1 h-px bg-line" />
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 pt-1.5 pb-1 text-12 text-ink-3">{children}</Radix.Label>
}
