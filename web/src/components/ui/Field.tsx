import clsx from 'clsx'
import {
  useId,
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
} from 'react'

interface Shared {
  label: string
  help?: ReactNode
  error?: string | undefined
  hideLabel?: boolean
}

function Frame({ id, label, help, error, hideLabel, children }: Shared & { id: string; children: ReactNode }) {
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className={clsx('text-12 font-medium text-ink-2', hideLabel && 'sr-only')}>
        {label}
      </label>
      {children}
      {error ? (
        <p id={`${id}-note`} className="text-12 text-bad-ink">
          {error}
        </p>
      ) : (
        help && (
          <p id={`${id}-note`} className="text-12 text-ink-3">
            {help}
          </p>
        )
      )}
    </div>
  )
}

const noteOf = (id: string, { help, error }: Shared) => ({
  'aria-describedby': help || error ? `${id}-note` : undefined,
  'aria-invalid': error ? true : undefined,
})

type InputProps = Shared & InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> }

export function TextField({ label, help, error, hideLabel, className, ...rest }: InputProps) {
  const id = useId()
  const shared = { label, help, error, hideLabel }
  return (
    <Frame id={id} {...shared}>
      <input
        id={id}
        className={clsx('field max-sm:h-11 max-sm:text-16', className)}
        {...noteOf(id, shared)}
        {...rest}
      />
    </Frame>
  )
}

export function TextArea({
  label,
  help,
  error,
  hideLabel,
  className,
  ...rest
}: Shared & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const id = useId()
  const shared = { label, help, error, hideLabel }
  return (
    <Frame id={id} {...shared}>
      <textarea id={id} className={clsx('field', className)} {...noteOf(id, shared)} {...rest} />
    </Frame>
  )
}

export function SelectField({
  label,
  help,
  error,
  hideLabel,
  className,
  children,
  ...rest
}: Shared & SelectHTMLAttributes<HTMLSelectElement>) {
  const id = useId()
  const shared = { label, help, error, hideLabel }
  return (
    <Frame id={id} {...shared}>
      <select id={id} className={clsx('field max-sm:h-11', className)} {...noteOf(id, shared)} {...rest}>
        {children}
      </select>
    </Frame>
  )
}
