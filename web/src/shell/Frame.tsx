import clsx from 'clsx'
import { KeyRound, ShieldAlert, TriangleAlert } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Button } from '@/components/ui/Button'
import { PasswordDialog } from '@/features/session/PasswordDialog'
import { useMe } from '@/features/session/session.queries'

/** Sidebar or rail, then one bordered panel 8 px from the window; on a phone the panel fills the screen above the tab bar. */
export function Frame({
  side,
  rail,
  tabs,
  children,
}: {
  side: ReactNode
  rail: boolean
  tabs?: ReactNode
  children: ReactNode
}) {
  return (
    <div className="flex h-full flex-col">
      <a
        href="#main"
        className="fixed top-2 left-2 z-60 -translate-y-20 rounded-sm bg-ink px-3 py-1.5 text-surface focus:translate-y-0"
      >
        Skip to content
      </a>
      <ServerBanner />
      <PasswordBanner />
      <div className="flex min-h-0 flex-1">
        <header
          className={clsx(
            'flex shrink-0 flex-col overflow-y-auto py-3 max-sm:hidden',
            rail ? 'w-13 items-center' : 'w-56 px-3',
          )}
        >
          {side}
        </header>
        <main
          id="main"
          tabIndex={-1}
          className="my-2 mr-2 flex min-w-0 flex-1 flex-col overflow-hidden rounded-lg border border-line bg-surface outline-none max-sm:m-0 max-sm:rounded-none max-sm:border-0"
        >
          {children}
        </main>
      </div>
      {tabs && <div className="sm:hidden">{tabs}</div>}
    </div>
  )
}

const later = 'patchbay.password-later'

/** Who came in with a link has no way back in yet. Said once per browser session, calmly. */
function PasswordBanner() {
  const { hasPassword } = useMe()
  const [hidden, setHidden] = useState(() => sessionStorage.getItem(later) !== null)
  const [choosing, setChoosing] = useState(false)
  if (hasPassword || hidden) return null
  const hide = () => {
    sessionStorage.setItem(later, '1')
    setHidden(true)
  }
  return (
    <section
      aria-label="Your password"
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line bg-surface px-4 py-1.5 text-13 max-sm:py-2"
    >
      <KeyRound className="size-4 shrink-0 text-ink-3 max-sm:hidden" aria-hidden />
      <p className="min-w-0 flex-1 basis-60 text-ink-2">
        <span className="font-medium text-ink">You have no password yet.</span> Choose one, or you need a new
        link the next time you sign in.
      </p>
      <Button small onClick={() => setChoosing(true)}>
        Choose a password…
      </Button>
      <Button small kind="ghost" onClick={hide}>
        Later
      </Button>
      {choosing && <PasswordDialog onClose={() => setChoosing(false)} />}
    </section>
  )
}

function ServerBanner() {
  const { server } = useMe()
  if (!server.unsafeFunctions && server.functions.available) return null
  return (
    <div
      role="status"
      className="flex shrink-0 items-start gap-2.5 border-b border-warn-line bg-warn-soft px-4 py-2 text-13"
    >
      {server.unsafeFunctions ? (
        <ShieldAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden />
      ) : (
        <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden />
      )}
      <p>
        {server.unsafeFunctions ? (
          <>
            <strong className="font-semibold">Functions run without isolation.</strong> This server was started
            with --unsafe-functions: their code can reach this machine. Use it for development only.
          </>
        ) : (
          <>
            <strong className="font-semibold">Functions do not run on this server.</strong>{' '}
            {server.functions.reason} Events are kept until they can.
          </>
        )}
      </p>
    </div>
  )
}
