import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { buttonClass } from '@/components/ui/Button'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { useTitle } from '@/lib/hooks'
import { takeFragmentToken } from '@/lib/fragment'
import { Door } from './Door'
import { useSignInLink } from './session.queries'

export function SignInLinkPage() {
  useTitle('Sign in')
  const [token] = useState(takeFragmentToken)
  const navigate = useNavigate()
  const { mutate, error } = useSignInLink()
  const started = useRef(false)
  useEffect(() => {
    // One try only: the link is spent by it.
    if (started.current || !token) return
    started.current = true
    mutate({ token }, { onSuccess: () => void navigate({ to: '/', replace: true }) })
  }, [token, mutate, navigate])
  return (
    <Door>
      <h1 className="text-28 font-semibold">
        {error || !token ? 'This link does not open' : 'Signing you in'}
      </h1>
      {error ? (
        <ErrorNote error={error} />
      ) : token ? (
        <p role="status" className="text-14 text-ink-2">
          One moment.
        </p>
      ) : (
        <p className="text-14 text-ink-2">
          A one-time link carries its key after the # sign, and this address has none. Copy the whole link, or
          ask for a new one.
        </p>
      )}
      {(error || !token) && (
        <div>
          <Link to="/sign-in" search={{}} className={buttonClass()}>
            Sign in with a password
          </Link>
        </div>
      )}
    </Door>
  )
}
