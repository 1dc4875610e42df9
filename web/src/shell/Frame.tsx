import clsx from 'clsx'
import { ShieldAlert, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
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
