import clsx from 'clsx'
import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { IconButton } from './Button'

interface Props {
  open: boolean
  onClose: () => void
  title: ReactNode
  /** One sentence under the title; also what a screen reader says first. */
  description?: ReactNode
  children: ReactNode
  footer?: ReactNode
  leading?: ReactNode
}

const scrim = 'fade fixed inset-0 z-40 bg-scrim'

export function Dialog({
  open,
  onClose,
  title,
  description,
  children,
  footer,
  wide,
}: Props & { wide?: boolean }) {
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={scrim} />
        <div className="pointer-events-none fixed inset-0 z-50 grid place-items-center p-4 max-sm:items-end max-sm:p-2">
          <Radix.Content
            {...(description ? {} : { 'aria-describedby': undefined })}
            className={clsx(
              'pop pointer-events-auto flex max-h-[calc(100dvh-2rem)] w-full flex-col rounded-xl bg-surface shadow-lift outline-none',
              wide ? 'max-w-180' : 'max-w-115',
            )}
          >
            <div className="flex items-start gap-3 px-5 pt-4 pb-3">
              <div className="min-w-0 flex-1">
                <Radix.Title className="text-16 font-semibold">{title}</Radix.Title>
                {description && (
                  <Radix.Description className="mt-0.5 text-13 text-ink-2">{description}</Radix.Description>
                )}
              </div>
              <Radix.Close asChild>
                <IconButton label="Close">
                  <X className="size-4" aria-hidden />
                </IconButton>
              </Radix.Close>
            </div>
            <div className="scroll-thin min-h-0 overflow-y-auto px-5 pb-5">{children}</div>
            {footer && (
              <div className="flex flex-wrap justify-end gap-2 rounded-b-xl border-t border-line bg-well px-5 py-3">
                {footer}
              </div>
            )}
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  )
}

export function Drawer({ open, onClose, title, description, children, footer, leading }: Props) {
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={scrim} />
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          onOpenAutoFocus={(event) => {
            // A form begins at its first field, everything else at the close button.
            const field = (event.currentTarget as HTMLElement).querySelector<HTMLElement>(
              'input, textarea, select',
            )
            if (!field) return
            event.preventDefault()
            field.focus()
          }}
          className="slide fixed inset-y-2 right-2 z-50 flex w-[min(540px,calc(100vw-16px))] flex-col rounded-xl bg-surface shadow-lift outline-none"
        >
          <div className="flex items-start gap-3 border-b border-line px-6 pt-5 pb-4">
            {leading}
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-16 font-semibold">{title}</Radix.Title>
              {description && (
                <Radix.Description className="text-13 text-ink-2">{description}</Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <IconButton label="Close">
                <X className="size-4" aria-hidden />
              </IconButton>
            </Radix.Close>
          </div>
          <div
            tabIndex={0}
            role="region"
            aria-label="Details"
            className="scroll-thin min-h-0 flex-1 overflow-y-auto px-6 py-5"
          >
            {children}
          </div>
          {footer && (
            <div className="flex flex-wrap items-center gap-2 rounded-b-xl border-t border-line bg-well px-6 py-3">
              {footer}
            </div>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
