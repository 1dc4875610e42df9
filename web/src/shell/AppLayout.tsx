import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useMatchRoute, useNavigate, useParams } from '@tanstack/react-router'
import clsx from 'clsx'
import { ChevronsUpDown, Ellipsis, FlaskConical, LayoutGrid, Search, TriangleAlert, Users } from 'lucide-react'
import { useLive } from '@/api/live'
import { Logo } from '@/components/Logo'
import { Menu, MenuItem, MenuLabel, MenuLine } from '@/components/ui/Menu'
import { Kbd } from '@/components/ui/bits'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { appQuery, appsQuery } from '@/features/apps/apps.queries'
import { connectionsQuery } from '@/features/connections/connections.queries'
import { useMe } from '@/features/session/session.queries'
import { useMedia } from '@/lib/hooks'
import { openWorld, worldUrl } from '@/lib/world'
import { groups, nav } from './nav'
import { openPalette } from './overlays'
import { PersonMenu } from './PersonMenu'
import { Frame } from './Frame'

export function AppLayout() {
  const { app } = useParams({ from: '/authed/apps/$app' })
  useLive(app)
  const match = useMatchRoute()
  const self = useQuery(appQuery(app))
  const narrow = useMedia('(max-width: 1023px)')
  const editor = Boolean(match({ to: '/apps/$app' }) || match({ to: '/apps/$app/functions/$name' }))
  const rail = editor || narrow
  return (
    <Frame side={<AppSide app={app} rail={rail} />} rail={rail} tabs={<TabBar app={app} />}>
      {self.error && !self.data ? (
        <div className="p-8">
          <h1 className="mb-3 text-20 font-semibold">This app cannot be opened</h1>
          <ErrorNote error={self.error} retry={() => void self.refetch()} />
        </div>
      ) : (
        <Outlet />
      )}
    </Frame>
  )
}

function useAttention(app: string) {
  const connections = useQuery(connectionsQuery(app))
  return (
    connections.data?.items.filter(
      (c) => c.state === 'needsYou' || c.state === 'partialGrant' || c.state === 'failed',
    ).length ?? 0
  )
}

function AppSide({ app, rail }: { app: string; rail: boolean }) {
  const me = useMe()
  const self = useQuery(appQuery(app))
  const attention = useAttention(app)
  const match = useMatchRoute()
  return (
    <>
      <AppSwitcher app={app} rail={rail} />
      {rail ? null : <SearchButton />}
      <nav aria-label="App" className="grid gap-0.5">
        {groups.map((group) => (
          <div key={group} className="contents">
            {group && !rail && <p className="px-2 pt-4 pb-1 text-12 text-ink-3">{group}</p>}
            {nav
              .filter((item) => item.group === group)
              .map((item) => {
                const active = Boolean(match({ to: item.to, params: { app }, fuzzy: !('exact' in item) }))
                const warn = item.label === 'Integrations' && attention > 0
                return (
                  <Link
                    key={item.to}
                    to={item.to}
                    params={{ app }}
                    aria-label={rail ? item.label + (warn ? `, ${attention} need you` : '') : undefined}
                    title={rail ? item.label : undefined}
                    aria-current={active ? 'page' : undefined}
                    className={clsx(
                      'relative flex items-center gap-2.5 rounded-sm font-medium transition-colors duration-(--fast)',
                      rail ? 'size-9 justify-center' : 'h-8 px-2',
                      active ? 'bg-line text-ink' : 'text-ink-2 hover:bg-hover hover:text-ink',
                    )}
                  >
                    <item.icon className="size-4 shrink-0" aria-hidden />
                    {!rail && item.label}
                    {!rail && 'count' in item && self.data && item.count(self.data) > 0 && (
                      <span className="ml-auto text-12 font-normal text-ink-3">{item.count(self.data)}</span>
                    )}
                    {warn &&
                      (rail ? (
                        <span
                          className="absolute top-1.5 right-1.5 size-2 rounded-full bg-warn ring-2 ring-canvas"
                          aria-hidden
                        />
                      ) : (
                        <span className="ml-auto inline-flex items-center gap-1 text-12 text-warn-ink">
                          <TriangleAlert className="size-3.5" aria-hidden /> {attention}{' '}
                          <span className="sr-only">need you</span>
                        </span>
                      ))}
                  </Link>
                )
              })}
          </div>
        ))}
      </nav>
      <div className="mt-auto grid gap-1">
        {rail && (
          <button
            type="button"
            onClick={openPalette}
            aria-label="Search or jump, Ctrl K"
            title="Search or jump (Ctrl K)"
            className="grid size-9 place-items-center rounded-sm text-ink-2 hover:bg-hover"
          >
            <Search className="size-4" aria-hidden />
          </button>
        )}
        {me.server.sandboxUrl && (
          <a
            href={worldUrl(me.server.sandboxUrl)}
            target="_blank"
            rel="noopener noreferrer"
            aria-label={rail ? 'Open the sandbox' : undefined}
            title="Opens in a new tab"
            className={clsx(
              'flex items-center gap-2.5 rounded-sm text-ink-2 hover:bg-hover hover:text-ink',
              rail ? 'size-9 justify-center' : 'h-8 px-2',
            )}
          >
            <FlaskConical className="size-4" aria-hidden />
            {!rail && 'Open the sandbox'}
          </a>
        )}
        <PersonMenu rail={rail} />
      </div>
    </>
  )
}

export function SearchButton() {
  return (
    <button
      type="button"
      onClick={openPalette}
      className="mb-3 flex h-8 items-center gap-2 rounded-sm border border-line bg-surface px-2 text-ink-2 hover:border-line-strong"
    >
      <Search className="size-4" aria-hidden />
      <span className="flex-1 text-left">Search or jump</span>
      <Kbd>Ctrl K</Kbd>
    </button>
  )
}

function AppSwitcher({ app, rail }: { app: string; rail: boolean }) {
  const me = useMe()
  const navigate = useNavigate()
  const apps = useQuery(appsQuery)
  const self = useQuery(appQuery(app))
  return (
    <Menu
      align="start"
      label="Apps"
      trigger={
        <button
          type="button"
          aria-label={`App ${self.data?.name ?? ''}, switch`}
          className={clsx(
            'mb-2 flex items-center gap-2.5 rounded-md text-left hover:bg-hover',
            rail ? 'size-9 justify-center' : 'p-1',
          )}
        >
          <Logo size={rail ? 26 : 28} />
          {!rail && (
            <>
              <span className="min-w-0 flex-1">
                <span className="block truncate font-semibold">{self.data?.name ?? ' '}</span>
                <span className="block truncate text-12 text-ink-3">
                  {me.workspace.name} · <span className="capitalize">{me.workspace.plan}</span>
                </span>
              </span>
              <ChevronsUpDown className="size-4 text-ink-3" aria-hidden />
            </>
          )}
        </button>
      }
    >
      <MenuLabel>{me.workspace.name}</MenuLabel>
      {apps.data?.items.map((a) => (
        <MenuItem
          key={a.id}
          checked={a.id === app}
          onSelect={() => void navigate({ to: '/apps/$app', params: { app: a.id } })}
        >
          {a.name}
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem icon={<LayoutGrid />} onSelect={() => void navigate({ to: '/' })}>
        All apps
      </MenuItem>
      <MenuItem icon={<Users />} onSelect={() => void navigate({ to: '/team' })}>
        Team
      </MenuItem>
    </Menu>
  )
}

function TabBar({ app }: { app: string }) {
  const match = useMatchRoute()
  const navigate = useNavigate()
  const me = useMe()
  const tabs = nav.filter((item) => ['Build', 'Integrations', 'Flows', 'Runs'].includes(item.label))
  const order = ['Build', 'Integrations', 'Flows', 'Runs']
  tabs.sort((a, b) => order.indexOf(a.label) - order.indexOf(b.label))
  const cell = 'flex min-h-14 flex-1 flex-col items-center justify-center gap-0.5 text-12 font-medium'
  return (
    <nav aria-label="App" className="flex border-t border-line bg-surface pb-[env(safe-area-inset-bottom)]">
      {tabs.map((item) => {
        const active = Boolean(match({ to: item.to, params: { app }, fuzzy: !('exact' in item) }))
        return (
          <Link
            key={item.to}
            to={item.to}
            params={{ app }}
            aria-current={active ? 'page' : undefined}
            className={clsx(cell, active ? 'text-ink' : 'text-ink-3')}
          >
            <item.icon className="size-5" aria-hidden />
            {item.label}
          </Link>
        )
      })}
      <Menu
        label="More"
        trigger={
          <button type="button" className={clsx(cell, 'text-ink-3')}>
            <Ellipsis className="size-5" aria-hidden />
            More
          </button>
        }
      >
        {nav
          .filter((item) => !order.includes(item.label))
          .map((item) => (
            <MenuItem
              key={item.to}
              icon={<item.icon />}
              onSelect={() => void navigate({ to: item.to, params: { app } })}
            >
              {item.label}
            </MenuItem>
          ))}
        <MenuLine />
        <MenuItem icon={<Search />} onSelect={openPalette}>
          Search or jump
        </MenuItem>
        <MenuItem icon={<LayoutGrid />} onSelect={() => void navigate({ to: '/' })}>
          All apps
        </MenuItem>
        <MenuItem icon={<Users />} onSelect={() => void navigate({ to: '/team' })}>
          Team
        </MenuItem>
        {me.server.sandboxUrl && (
          <MenuItem icon={<FlaskConical />} onSelect={() => openWorld(worldUrl(me.server.sandboxUrl ?? ''))}>
            Open the sandbox
          </MenuItem>
        )}
      </Menu>
    </nav>
  )
}
