import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { get, patch, path, post } from '@/api/client'
import type { App, List } from '@/api/types'

export const appsQuery = queryOptions({
  queryKey: ['apps'],
  queryFn: ({ signal }) => get<List<App>>('/apps', {}, signal),
})

export const appQuery = (app: string) =>
  queryOptions({
    queryKey: ['app', app, 'self'],
    queryFn: ({ signal }) => get<App>(path('apps', app), {}, signal),
  })

export function useCreateApp() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: { name: string; description?: string }) => post<App>('/apps', body),
    onSuccess: () => client.invalidateQueries({ queryKey: appsQuery.queryKey }),
  })
}

export function useChangeApp(app: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Partial<Pick<App, 'name' | 'description' | 'backendFunctions' | 'timeZone'>>) =>
      patch<App>(path('apps', app), body),
    onSuccess: (saved) => {
      client.setQueryData(appQuery(app).queryKey, saved)
      void client.invalidateQueries({ queryKey: appsQuery.queryKey })
    },
  })
}
