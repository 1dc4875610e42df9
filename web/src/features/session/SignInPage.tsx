import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { ApiError } from '@/api/client'
import { Button } from '@/components/ui/Button'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { TextField } from '@/components/ui/Field'
import { useTitle } from '@/lib/hooks'
import { Door } from './Door'
import { signInQuery, useSignIn } from './session.queries'
import { safeNext } from './next'

export function SignInPage() {
  useTitle('Sign in')
  const { next } = useSearch({ from: '/sign-in' })
  const navigate = useNavigate()
  const signIn = useSignIn()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const fields = signIn.error instanceof ApiError ? signIn.error.fields : {}
  const { data: facts, isPending } = useQuery(signInQuery)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    signIn.mutate({ email, password }, { onSuccess: () => void navigate({ href: safeNext(next) }) })
  }
  // Nothing for a moment rather than a form that may be the wrong page.
  if (isPending) return <Door>{null}</Door>
  if (facts && !facts.hasOwner) return <NoOwnerYet />
  return (
    <Door
      foot={
        <>
          No password, or forgotten? Ask an admin for a new link, or whoever runs this server:{' '}
          <code className="font-mono whitespace-nowrap text-ink-2">./patchbay sign-in-link EMAIL</code>
        </>
      }
    >
      <div>
        <h1 className="text-28 font-semibold">Sign in</h1>
        <p className="mt-1 text-14 text-ink-2">Welcome back to this server.</p>
      </div>
      <form onSubmit={submit} className="grid gap-4">
        <TextField
          label="E-mail"
          type="email"
          name="email"
          autoComplete="username"
          required
          value={email}
          onChange={(e) => setEmail(e.target.value)}
          error={fields['email']}
          className="h-10"
        />
        <TextField
          label="Password"
          type="password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(e) => setPassword(e.target.value)}
          error={fields['password']}
          className="h-10"
        />
        {signIn.error && <ErrorNote error={signIn.error} />}
        <Button type="submit" kind="primary" busy={signIn.isPending} className="h-10!">
          Sign in
        </Button>
      </form>
    </Door>
  )
}

/** Nobody can sign in before the link of the first start was opened. */
function NoOwnerYet() {
  return (
    <Door foot="Somebody else set this server up? Ask them for an invitation once they are in.">
      <div>
        <h1 className="text-28 font-semibold">This server has no owner yet</h1>
        <p className="mt-2 text-14 text-ink-2">
          A one-time link makes the first one. It stands in the terminal where{' '}
          <code className="font-mono text-13 text-ink">./patchbay</code> runs; open it in this browser.
        </p>
      </div>
      <p className="rounded-lg border border-line bg-well p-3 text-ink-2">
        The link is good for one hour and only once. Stop the server and start{' '}
        <code className="font-mono text-12 text-ink">./patchbay</code> again for another one.
      </p>
    </Door>
  )
}
