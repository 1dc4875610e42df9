import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { PowerOff } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, buttonClass } from '@/components/ui/Button'
import { toast, toastError } from '@/components/ui/toast'
import { canEdit, useMe } from '@/features/session/session.queries'
import { appQuery, useChangeApp } from './apps.queries'

const withoutConnectors = ['free', 'starter']

/** Why the app can connect nothing and run nothing now, and the way to change it for whoever may. Nothing where it can. */
export function SwitchOn({ app }: { app: string }) {
  const me = useMe()
  const { data } = useQuery(appQuery(app))
  const change = useChangeApp(app)
  if (withoutConnectors.includes(me.workspace.plan))
    return (
      <Note
        action={
          me.teammate.role === 'owner' && (
            <Link to="/team" className={buttonClass('secondary', true)}>
              Change the subscription
            </Link>
          )
        }
      >
        Tools need the Builder subscription or higher, and this workspace has{' '}
        <span className="capitalize">{me.workspace.plan}</span>.
        {me.teammate.role !== 'owner' && ' An owner can change it.'}
      </Note>
    )
  if (!data || data.backendFunctions) return null
  return (
    <Note
      action={
        canEdit(me) && (
          <Button
            small
            kind="primary"
            busy={change.isPending}
            onClick={() =>
              change.mutate(
                { backendFunctions: true },
                { onSuccess: () => toast('Backend functions are on.'), onError: toastError },
              )
            }
          >
            Switch on
          </Button>
        )
      }
    >
      Backend functions are off for this app: nothing can be connected, and flows wait.
      {!canEdit(me) && ' An editor can switch them on.'}
    </Note>
  )
}

function Note({ children, action }: { children: ReactNode; action: ReactNode }) {
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-warn-line bg-warn-soft px-3 py-2.5"
    >
      <PowerOff className="size-4 shrink-0 text-warn" aria-hidden />
      <p className="min-w-0 flex-1 basis-60">{children}</p>
      {action}
    </div>
  )
}
