import { QueryCache, QueryClient } from '@tanstack/react-query'
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Link,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { ApiError } from './api/client'
import { buttonClass } from './components/ui/Button'
import { ErrorNote } from './components/ui/ErrorNote'
import { AppsPage } from './features/apps/AppsPage'
import { WorkspaceLayout } from './features/apps/WorkspaceLayout'
import { BuildPage } from './features/chat/BuildPage'
import { meQuery } from './features/session/session.queries'
import { AppLayout } from './shell/AppLayout'
import { Signed } from './shell/Signed'

const signedOut = (error: unknown) => error instanceof ApiError && error.status === 401

export const queryClient = new QueryClient({
  // A session that ends while a page is open leads to the sign-in page and back.
  queryCache: new QueryCache({
    onError: (error, query) => {
      if (signedOut(error) && query.queryKey[0] !== 'me')
        void queryClient.invalidateQueries({ queryKey: meQuery.queryKey }).then(() => router.invalidate())
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (times, error) =>
        times < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 500),
    },
    mutations: { retry: false },
  },
})

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

function Problem({ error }: { error: unknown }) {
  return (
    <div className="mx-auto grid max-w-140 gap-4 p-8">
      <h1 className="text-20 font-semibold">This page cannot be shown</h1>
      <ErrorNote error={error} retry={() => window.location.reload()} />
    </div>
  )
}

function NotFound() {
  return (
    <main className="mx-auto grid min-h-dvh max-w-140 content-center gap-3 p-8 text-center">
      <h1 className="text-20 font-semibold">Nothing is at this address</h1>
      <p className="text-ink-2">It may have been deleted, or the link was cut short.</p>
      <div>
        <Link to="/" className={buttonClass()}>
          All apps
        </Link>
      </div>
    </main>
  )
}

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: Problem })

const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  component: lazyRouteComponent(() => import('./features/session/WelcomePage'), 'WelcomePage'),
})
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { next?: string | undefined } => ({ next: text(search['next']) }),
  component: lazyRouteComponent(() => import('./features/session/SignInPage'), 'SignInPage'),
})
const signInLink = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/link',
  component: lazyRouteComponent(() => import('./features/session/SignInLinkPage'), 'SignInLinkPage'),
})

const connectFailed = createRoute({
  getParentRoute: () => root,
  path: '/connect-failed',
  validateSearch: (s): { error?: string | undefined } => ({ error: text(s['error']) }),
  component: lazyRouteComponent(() => import('./features/connections/ConnectFailedPage'), 'ConnectFailedPage'),
})

// Below no sign-in: who opens somebody else's link, or without a session, is told so instead of led on.
const connect = createRoute({
  getParentRoute: () => root,
  path: '/connect/$handle',
  component: lazyRouteComponent(() => import('./features/connections/ConnectPage'), 'ConnectPage'),
})

const authed = createRoute({
  getParentRoute: () => root,
  id: 'authed',
  component: Signed,
  loader: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(meQuery)
    } catch (error) {
      if (signedOut(error))
        throw redirect({ to: '/sign-in', search: { next: location.href === '/' ? undefined : location.href } })
      throw error
    }
  },
})

const workspace = createRoute({ getParentRoute: () => authed, id: 'workspace', component: WorkspaceLayout })
const apps = createRoute({ getParentRoute: () => workspace, path: '/', component: AppsPage })
const team = createRoute({
  getParentRoute: () => workspace,
  path: '/team',
  component: lazyRouteComponent(() => import('./features/team/TeamPage'), 'TeamPage'),
})

const audit = createRoute({
  getParentRoute: () => workspace,
  path: '/audit',
  component: lazyRouteComponent(() => import('./features/audit/AuditPage'), 'AuditPage'),
})

const app = createRoute({ getParentRoute: () => authed, path: '/apps/$app', component: AppLayout })
const build = createRoute({
  getParentRoute: () => app,
  path: '/',
  validateSearch: (search): { say?: string | undefined; c?: string | undefined } => ({
    say: text(search['say']),
    c: text(search['c']),
  }),
  component: BuildPage,
})
const connected = createRoute({
  getParentRoute: () => app,
  path: '/connected',
  validateSearch: (
    s,
  ): Partial<Record<'connection' | 'connector' | 'proposal' | 'error', string | undefined>> => ({
    connection: text(s['connection']),
    connector: text(s['connector']),
    proposal: text(s['proposal']),
    error: text(s['error']),
  }),
  component: lazyRouteComponent(() => import('./features/chat/ConnectedPage'), 'ConnectedPage'),
})
const integrations = createRoute({
  getParentRoute: () => app,
  path: '/integrations',
  validateSearch: (s): { access?: string | undefined } => ({ access: text(s['access']) }),
  component: lazyRouteComponent(() => import('./features/connections/ConnectionsPage'), 'ConnectionsPage'),
})
const browse = createRoute({
  getParentRoute: () => app,
  path: '/integrations/browse',
  validateSearch: (s): { q?: string | undefined; category?: string | undefined } => ({
    q: text(s['q']),
    category: text(s['category']),
  }),
  component: lazyRouteComponent(() => import('./features/catalog/BrowsePage'), 'BrowsePage'),
})
const connector = createRoute({
  getParentRoute: () => app,
  path: '/integrations/browse/$connector',
  component: lazyRouteComponent(() => import('./features/catalog/ConnectorPage'), 'ConnectorPage'),
})
const functions = createRoute({
  getParentRoute: () => app,
  path: '/functions',
  component: lazyRouteComponent(() => import('./features/functions/FunctionsPage'), 'FunctionsPage'),
})
const functionOne = createRoute({
  getParentRoute: () => app,
  path: '/functions/$name',
  validateSearch: (s): { version?: number | undefined } => ({ version: Number(s['version']) || undefined }),
  component: lazyRouteComponent(() => import('./features/functions/FunctionPage'), 'FunctionPage'),
})
const flows = createRoute({
  getParentRoute: () => app,
  path: '/flows',
  component: lazyRouteComponent(() => import('./features/flows/FlowsPage'), 'FlowsPage'),
})
const flow = createRoute({
  getParentRoute: () => app,
  path: '/flows/$flow',
  component: lazyRouteComponent(() => import('./features/flows/FlowPage'), 'FlowPage'),
})
const runs = createRoute({
  getParentRoute: () => app,
  path: '/runs',
  validateSearch: (
    s,
  ): {
    status?: string | undefined
    flow?: string | undefined
    since?: string | undefined
    q?: string | undefined
  } => ({
    status: text(s['status']),
    flow: text(s['flow']),
    since: text(s['since']),
    q: text(s['q']),
  }),
  component: lazyRouteComponent(() => import('./features/runs/RunsPage'), 'RunsPage'),
})
const run = createRoute({
  getParentRoute: () => app,
  path: '/runs/$run',
  component: lazyRouteComponent(() => import('./features/runs/RunPage'), 'RunPage'),
})
const data = createRoute({
  getParentRoute: () => app,
  path: '/data',
  component: lazyRouteComponent(() => import('./features/records/DataPage'), 'DataPage'),
})
const entity = createRoute({
  getParentRoute: () => app,
  path: '/data/$entity',
  validateSearch: (s): { create?: boolean | undefined; record?: string | undefined } => ({
    create: s['create'] === true || undefined,
    record: text(s['record']),
  }),
  component: lazyRouteComponent(() => import('./features/records/EntityPage'), 'EntityPage'),
})
const settings = createRoute({
  getParentRoute: () => app,
  path: '/settings',
  component: lazyRouteComponent(() => import('./features/settings/SettingsPage'), 'SettingsPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    welcome,
    signIn,
    signInLink,
    connectFailed,
    connect,
    authed.addChildren([
      workspace.addChildren([apps, team, audit]),
      app.addChildren([
        build,
        connected,
        integrations,
        browse,
        connector,
        functions,
        functionOne,
        flows,
        flow,
        runs,
        run,
        data,
        entity,
        settings,
      ]),
    ]),
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: Problem,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
