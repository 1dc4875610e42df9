import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { get, patch, path, post, remove } from '@/api/client'
import type { Flow, FlowSample, List, Run } from '@/api/types'

const base = (app: string) => `${path('apps', app)}/flows`

export const flowsQuery = (app: string) =>
  queryOptions({
    queryKey: ['app', app, 'flows'],
    queryFn: ({ signal }) => get<List<Flow>>(base(app), {}, signal),
  })

export const flowQuery = (app: string, id: string) =>
  queryOptions({
    queryKey: ['app', app, 'flow', id],
    queryFn: ({ signal }) => get<Flow>(base(app) + path(id), {}, signal),
  })

/** The newest records that a flow can be run with by hand. */
export const samplesQuery = (app: string, id: string) =>
  queryOptions({
    queryKey: ['app', app, 'samples', id],
    queryFn: ({ signal }) => get<List<FlowSample>>(`${base(app)}${path(id)}/samples`, {}, signal),
    staleTime: 0,
  })

/** On, off and renaming show at once and go back if the server refuses. */
export function useChangeFlow(app: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, ...body }: { id: string; enabled?: boolean; name?: string }) =>
      patch<Flow>(base(app) + path(id), body),
    onMutate: async ({ id, ...change }) => {
      await client.cancelQueries({ queryKey: ['app', app, 'flows'] })
      const before = client.getQueryData(flowsQuery(app).queryKey)
      const beforeOne = client.getQueryData(flowQuery(app, id).queryKey)
      const apply = (flow: Flow): Flow => ({
        ...flow,
        ...change,
        state: change.enabled === undefined ? flow.state : change.enabled ? 'on' : 'off',
      })
      client.setQueryData(
        flowsQuery(app).queryKey,
        (old) => old && { ...old, items: old.items.map((flow) => (flow.id === id ? apply(flow) : flow)) },
      )
      client.setQueryData(flowQuery(app, id).queryKey, (old) => old && apply(old))
      return { before, beforeOne }
    },
    onError: (_error, { id }, kept) => {
      if (kept?.before) client.setQueryData(flowsQuery(app).queryKey, kept.before)
      if (kept?.beforeOne) client.setQueryData(flowQuery(app, id).queryKey, kept.beforeOne)
    },
    onSettled: (_saved, _error, { id }) =>
      Promise.all([
        client.invalidateQueries({ queryKey: flowsQuery(app).queryKey }),
        client.invalidateQueries({ queryKey: flowQuery(app, id).queryKey }),
      ]),
  })
}

export function useRunFlow(app: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, recordId }: { id: string; recordId?: string }) =>
      post<Run>(`${base(app)}${path(id)}/run`, recordId ? { recordId } : {}),
    onSuccess: () => client.invalidateQueries({ queryKey: ['app', app, 'runs'] }),
  })
}

export function useDeleteFlow(app: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => remove<object>(base(app) + path(id)),
    onSuccess: () => client.invalidateQueries({ queryKey: flowsQuery(app).queryKey }),
  })
}
