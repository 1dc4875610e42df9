import { Link, useNavigate } from '@tanstack/react-router'
import { CircleCheck, Eye, EyeOff } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { ApiError } from '@/api/client'
import { Button, buttonClass, IconButton } from '@/components/ui/Button'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { TextField } from '@/components/ui/Field'
import { useTitle } from '@/lib/hooks'
import { takeFragmentToken } from '@/lib/fragment'
import { Door } from './Door'
import { useFirstOwner, useShortestPassword } from './session.queries'

const facts = [
  'Data and secrets stay on this server',
  'Accounts are connected by you, one permission at a time',
  'Functions never hold a vendor’s token',
]

export function WelcomePage() {
  useTitle('Make it yours')
  const [token] = useState(takeFragmentToken)
  const navigate = useNavigate()
  const create = useFirstOwner()
  const shortest = useShortestPassword()
  const [form, setForm] = useState({ workspace: '', name: '', email: '', password: '' })
  const [seen, setSeen] = useState(false)
  const fields = create.error instanceof ApiError ? create.error.fields : {}
  const bind = (key: keyof typeof form) => ({
    name: key,
    required: true,
    value: form[key],
    onChange: (event: { target: { value: string } }) =>
      setForm((old) => ({ ...old, [key]: event.target.value })),
    error: fields[key],
    className: 'h-10',
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    create.mutate({ token, ...form }, { onSuccess: () => void navigate({ to: '/', replace: true }) })
  }
  if (!token) {
    return (
      <Door>
        <h1 className="text-28 font-semibold">This link is not whole</h1>
        <p className="text-14 text-ink-2">
          The link that makes the first owner carries its key after the # sign. The server prints it at its
          first start; copy all of it.
        </p>
        <div>
          <Link to="/sign-in" search={{}} className={buttonClass()}>
            Sign in instead
          </Link>
        </div>
      </Door>
    )
  }
  return (
    <Door
      foot={
        <ul className="grid gap-2 text-13 text-ink-2">
          {facts.map((fact) => (
            <li key={fact} className="flex items-center gap-2.5">
              <CircleCheck className="size-4 text-ok" aria-hidden />
              {fact}
            </li>
          ))}
        </ul>
      }
    >
      <div>
        <h1 className="text-28 font-semibold">Make it yours</h1>
        <p className="mt-1 text-14 text-ink-2">You are the first here, so you become the owner.</p>
      </div>
      <form onSubmit={submit} className="grid gap-4">
        <TextField label="Workspace" autoComplete="organization" {...bind('workspace')} />
        <TextField label="Your name" autoComplete="name" {...bind('name')} />
        <TextField label="E-mail" type="email" autoComplete="username" {...bind('email')} />
        <div className="relative">
          <TextField
            label="Password"
            type={seen ? 'text' : 'password'}
            autoComplete="new-password"
            minLength={shortest}
            help={`At least ${shortest} characters. A sentence is good.`}
            {...bind('password')}
          />
          <IconButton
            label={seen ? 'Hide password' : 'Show password'}
            onClick={() => setSeen(!seen)}
            className="absolute! top-[29px] right-2"
          >
            {seen ? <EyeOff className="size-4" aria-hidden /> : <Eye className="size-4" aria-hidden />}
          </IconButton>
        </div>
        {create.error && <ErrorNote error={create.error} />}
        <Button type="submit" kind="primary" busy={create.isPending} className="h-10!">
          Create workspace
        </Button>
      </form>
    </Door>
  )
}
