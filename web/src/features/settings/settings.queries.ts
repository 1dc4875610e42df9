import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { get, path, post, remove } from '@/api/client'
import type { ApiKey, List } from '@/api/types'

const base = (app: string) => `${path('apps', app)}/api-keys`

export const keysQuery = (app: string) =>
  queryOptions({
    queryKey: ['app', app, 'keys'],
    queryFn: ({ signal }) => get<List<ApiKey>>(base(app), {}, signal),
  })

export function useCreateKey(app: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (name: string) => post<ApiKey & { key: string }>(base(app), { name }),
    onSuccess: () => client.invalidateQueries({ queryKey: keysQuery(app).queryKey }),
  })
}

export function useDeleteKey(app: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => remove<object>(base(app) + path(id)),
    onSuccess: () => client.invalidateQueries({ queryKey: keysQuery(app).queryKey }),
  })
}
