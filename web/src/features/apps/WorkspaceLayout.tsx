import { Link, Outlet, useMatchRoute } from '@tanstack/react-router'
import clsx from 'clsx'
import { FlaskConical, LayoutGrid, ScrollText, Users } from 'lucide-react'
import { Logo } from '@/components/Logo'
import { useMe } from '@/features/session/session.queries'
import { worldUrl } from '@/lib/world'
import { SearchButton } from '@/shell/AppLayout'
import { Frame } from '@/shell/Frame'
import { PersonMenu } from '@/shell/PersonMenu'

const items = [
  { to: '/', label: 'Apps', icon: LayoutGrid },
  { to: '/team', label: 'Team', icon: Users },
  { to: '/audit', label: 'Audit', icon: ScrollText },
] as const

export function WorkspaceLayout() {
  const me = useMe()
  const match = useMatchRoute()
  const side = (
    <>
      <div className="mb-2 flex items-center gap-2.5 p-1">
        <Logo />
        <span className="min-w-0">
          <span className="block truncate font-semibold">{me.workspace.name}</span>
          <span className="block text-12 text-ink-3 capitalize">{me.workspace.plan}</span>
        </span>
      </div>
      <SearchButton />
      <nav aria-label="Workspace" className="grid gap-0.5">
        {items.map((item) => {
          const active = Boolean(match({ to: item.to }))
          return (
            <Link
              key={item.to}
              to={item.to}
              aria-current={active ? 'page' : undefined}
              className={clsx(
                'flex h-8 items-center gap-2.5 rounded-sm px-2 font-medium',
                active ? 'bg-line text-ink' : 'text-ink-2 hover:bg-hover hover:text-ink',
              )}
            >
              <item.icon className="size-4" aria-hidden />
              {item.label}
            </Link>
          )
        })}
      </nav>
      <div className="mt-auto grid gap-1">
        {me.server.sandboxUrl && (
          <a
            href={worldUrl(me.server.sandboxUrl)}
            target="_blank"
            rel="noopener noreferrer"
            title="Opens in a new tab"
            className="flex h-8 items-center gap-2.5 rounded-sm px-2 text-ink-2 hover:bg-hover hover:text-ink"
          >
            <FlaskConical className="size-4" aria-hidden />
            Open the sandbox
          </a>
        )}
        <PersonMenu rail={false} />
      </div>
    </>
  )
  const tabs = (
    <nav
      aria-label="Workspace"
      className="flex border-t border-line bg-surface pb-[env(safe-area-inset-bottom)]"
    >
      {items.map((item) => {
        const active = Boolean(match({ to: item.to }))
        return (
          <Link
            key={item.to}
            to={item.to}
            aria-current={active ? 'page' : undefined}
            className={clsx(
              'flex min-h-14 flex-1 flex-col items-center justify-center gap-0.5 text-12 font-medium',
              active ? 'text-ink' : 'text-ink-3',
            )}
          >
            <item.icon className="size-5" aria-hidden />
            {item.label}
          </Link>
        )
      })}
      <div className="grid flex-1 place-items-center">
        <PersonMenu rail />
      </div>
    </nav>
  )
  return (
    <Frame side={side} rail={false} tabs={tabs}>
      <Outlet />
    </Frame>
  )
}
