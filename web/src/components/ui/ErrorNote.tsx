import { CircleAlert, RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { ApiError } from '@/api/client'
import { Button } from './Button'

/** What failed, who must do what, and the code that finds its page. */
export function ErrorNote({
  error,
  retry,
  action,
}: {
  error: unknown
  retry?: () => void
  action?: ReactNode
}) {
  const message =
    error instanceof Error
      ? error.message
      : 'Something failed without a reason. The browser’s console may have it.'
  const code = error instanceof ApiError ? error.code : null
  return (
    <div
      role="alert"
      className="flex flex-wrap items-start gap-x-3 gap-y-2 rounded-lg border border-bad-line bg-bad-soft px-3 py-2.5"
    >
      <CircleAlert className="mt-0.5 size-4 shrink-0 text-bad" aria-hidden />
      <p className="min-w-0 flex-1 basis-40 text-13 text-ink">
        {message} {code && <code className="ml-1 font-mono text-12 whitespace-nowrap text-ink-2">{code}</code>}
      </p>
      {action}
      {retry && (
        <Button small onClick={retry} icon={<RotateCw className="size-3.5" aria-hidden />}>
          Try again
        </Button>
      )}
    </div>
  )
}
