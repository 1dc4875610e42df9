import { Link, useSearch } from '@tanstack/react-router'
import { ApiError } from '@/api/client'
import { buttonClass } from '@/components/ui/Button'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { useTitle } from '@/lib/hooks'
import { connectFailure } from './connectFailures'

/** Where a vendor's answer leads that belongs to no attempt of this browser: too late, used twice, or begun elsewhere. */
export function ConnectFailedPage() {
  const failure = connectFailure(useSearch({ from: '/connect-failed' }).error)
  useTitle('Not connected')
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-140 content-center gap-4 p-6">
      <h1 className="text-20 font-semibold">No account was connected</h1>
      <ErrorNote error={new ApiError(0, failure.code, failure.text)} />
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
