import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { ApiError } from '@/api/client'
import { Button } from '@/components/ui/Button'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { TextField } from '@/components/ui/Field'
import { useTitle } from '@/lib/hooks'
import { Door } from './Door'
import { useSignIn } from './session.queries'
import { safeNext } from './next'

export function SignInPage() {
  useTitle('Sign in')
  const { next } = useSearch({ from: '/sign-in' })
  const navigate = useNavigate()
  const signIn = useSignIn()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const fields = signIn.error instanceof ApiError ? signIn.error.fields : {}
  const submit = (event: FormEvent) => {
    event.preventDefault()
    signIn.mutate({ email, password }, { onSuccess: () => void navigate({ href: safeNext(next) }) })
  }
  return (
    <Door foot="No password yet? Whoever runs this server can print a one-time sign-in link.">
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
