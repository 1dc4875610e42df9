import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { get, path, post, remove } from '@/api/client'
import type { Call, Connection, ConnectorSetup, ConnectStart, List, Realm } from '@/api/types'

const base = (app: string) => `${path('apps', app)}/connections`

export const connectionsQuery = (app: string) =>
  queryOptions({
    queryKey: ['app', app, 'connections'],
    queryFn: ({ signal }) => get<List<Connection>>(base(app), {}, signal),
  })

export const callsQuery = (app: string, connection: string) =>
  queryOptions({
    queryKey: ['app', app, 'calls', connection],
    queryFn: ({ signal }) => get<List<Call>>(`${path('apps', app)}/calls`, { connection, limit: 8 }, signal),
    enabled: connection !== '',
  })

export interface ConnectAsk {
  connector: string
  scopes?: string[] | undefined
  proposalId?: string | undefined
  realm?: Realm | undefined
  client?: string | undefined
  switchAccount?: boolean | undefined
}

/** Asks to connect an account: leads to our own page (/connect/$handle), which leads to the vendor. */
export function useConnect(app: string) {
  const navigate = useNavigate()
  return useMutation({
    mutationFn: async ({ connector, ...body }: ConnectAsk) => {
      const { connectUrl } = await post<{ connectUrl: string }>(`${base(app)}${path(connector)}/connect`, body)
      const handle = new URL(connectUrl).pathname.split('/').pop() ?? ''
      await navigate({ to: '/connect/$handle', params: { handle } })
    },
  })
}

export const connectStartQuery = (handle: string) =>
  queryOptions({
    queryKey: ['connect', handle],
    queryFn: ({ signal }) => get<ConnectStart>(path('connect', handle), {}, signal),
    // Another look could only say that it ended meanwhile, under the hands of whoever is about to click.
    staleTime: Infinity,
    retry: false,
  })

/** The click on our page: leaves the dashboard for the vendor; the browser comes back to /apps/$app/connected. */
export function useGo(handle: string) {
  return useMutation({
    mutationFn: async (choice: { realm?: Realm | undefined; client?: string | undefined }) => {
      const { authorizeUrl } = await post<{ authorizeUrl: string }>(path('connect', handle), choice)
      // Only a web page may follow: a javascript: or data: address never comes from an honest server.
      const target = new URL(authorizeUrl, window.location.origin)
      if (target.protocol !== 'https:' && target.protocol !== 'http:')
        throw new Error('The server named a sign-in address that is not a web page.')
      // In the place of this page, which counts once: "back" at the vendor leads to where the person came from.
      window.location.replace(target.href)
      // Stay busy until the browser has left.
      await new Promise((resolve) => setTimeout(resolve, 10_000))
    },
  })
}

export interface KeyAsk {
  connector: string
  /** What was typed, by the connector's own field names. */
  fields: Record<string, string>
  scopes: string[]
  switchAccount?: boolean | undefined
}

/** Proves the key at the vendor, then connects. Nothing of what was typed is kept here or comes back. */
export function useConnectWithKey(app: string) {
  const client = useQueryClient()
  return useMutation({
    gcTime: 0,
    mutationFn: ({ connector, ...body }: KeyAsk) =>
      post<Connection>(`${base(app)}${path(connector)}/key`, body),
    onSuccess: () => client.invalidateQueries({ queryKey: ['app', app] }),
  })
}

export const connectorSetupQuery = (connector: string) =>
  queryOptions({
    queryKey: ['connectors', connector, 'setup'],
    queryFn: ({ signal }) => get<ConnectorSetup>(path('connectors', connector) + '/setup', {}, signal),
    enabled: connector !== '',
  })

export function useDisconnect(app: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => remove<Connection>(base(app) + path(id)),
    onSuccess: () => client.invalidateQueries({ queryKey: ['app', app] }),
  })
}
