import { Link, useSearch } from '@tanstack/react-router'
import { ApiError } from '@/api/client'
import { buttonClass } from '@/components/ui/Button'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { useTitle } from '@/lib/hooks'

/** Where a vendor's answer leads that belongs to no attempt of this browser: too late, used twice, or begun elsewhere. */
export function ConnectFailedPage() {
  const { error, message } = useSearch({ from: '/connect-failed' })
  useTitle('Not connected')
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-140 content-center gap-4 p-6">
      <h1 className="text-20 font-semibold">No account was connected</h1>
      <ErrorNote
        error={
          new ApiError(
            0,
            error ?? '',
            (message ?? 'This answer of a vendor belongs to no sign-in that was begun here.').slice(0, 300),
          )
        }
      />
      <p className="text-ink-2">
        Nothing was changed. Begin again from the app: an attempt lasts ten minutes, and counts once.
      </p>
      <div>
        <Link to="/" className={buttonClass('primary')}>
          All apps
        </Link>
      </div>
    </main>
  )
}
