import { queryOptions } from '@tanstack/react-query'
import { apiPath, get, path } from '@/api/client'
import type { Connector, List } from '@/api/types'

export const catalogQuery = queryOptions({
  queryKey: ['connectors'],
  queryFn: ({ signal }) => get<List<Connector>>('/connectors', {}, signal),
  staleTime: 5 * 60_000,
})

export const connectorQuery = (id: string) =>
  queryOptions({
    queryKey: ['connectors', id],
    queryFn: ({ signal }) => get<Connector>(path('connectors', id), {}, signal),
    staleTime: 5 * 60_000,
  })

export const iconUrl = (connector: string) => apiPath(`${path('connectors', connector)}/icon.svg`)
