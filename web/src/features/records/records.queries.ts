import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { get, patch, path, post, put, remove } from '@/api/client'
import type { Entity, EntityRecord, List } from '@/api/types'

const base = (app: string) => `${path('apps', app)}/entities`

export const entitiesQuery = (app: string) =>
  queryOptions({
    queryKey: ['app', app, 'entities'],
    queryFn: ({ signal }) => get<List<Entity>>(base(app), {}, signal),
  })

export const recordsQuery = (app: string, entity: string, options: { sort?: string; limit?: number } = {}) =>
  infiniteQueryOptions({
    queryKey: ['app', app, 'records', entity, options],
    queryFn: ({ signal, pageParam }) =>
      get<List<EntityRecord>>(
        `${base(app)}${path(entity)}/records`,
        { limit: options.limit ?? 50, sort: options.sort ?? '-created_date', cursor: pageParam },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (last: List<EntityRecord>) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    enabled: entity !== '',
  })

function useFresh(app: string) {
  const client = useQueryClient()
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['app', app, 'records'] }),
      client.invalidateQueries({ queryKey: ['app', app, 'entities'] }),
    ])
}

export function useSaveRecord(app: string, entity: string) {
  const fresh = useFresh(app)
  return useMutation({
    mutationFn: ({ id, fields }: { id: string | null; fields: Record<string, unknown> }) =>
      id === null
        ? post<EntityRecord>(`${base(app)}${path(entity)}/records`, fields)
        : patch<EntityRecord>(`${base(app)}${path(entity)}/records${path(id)}`, fields),
    onSuccess: fresh,
  })
}

export function useDeleteRecord(app: string, entity: string) {
  const fresh = useFresh(app)
  return useMutation({
    mutationFn: (id: string) => remove<object>(`${base(app)}${path(entity)}/records${path(id)}`),
    onSuccess: fresh,
  })
}

export function useDeleteEntity(app: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (name: string) => remove<object>(base(app) + path(name)),
    onSuccess: (_done, name) => {
      client.removeQueries({ queryKey: ['app', app, 'records', name] })
      return client.invalidateQueries({ queryKey: ['app', app, 'entities'] })
    },
  })
}

export function useSaveEntity(app: string) {
  const fresh = useFresh(app)
  return useMutation({
    mutationFn: ({ name, schema }: { name: string; schema: Entity['schema'] }) =>
      put<Entity>(base(app) + path(name), { schema }),
    onSuccess: fresh,
  })
}
