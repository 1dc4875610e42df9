import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { get, path, post } from '@/api/client'
import type { Run, RunDetail, RunList } from '@/api/types'

export interface RunFilter {
  status?: string | undefined
  flow?: string | undefined
  since?: string | undefined
  q?: string | undefined
}

const base = (app: string) => `${path('apps', app)}/runs`
const spans: Record<string, number> = { '1h': 1, '24h': 24, '7d': 168, '30d': 720 }

function sinceTime(since: string | undefined): string {
  const hours = spans[since ?? '24h'] ?? 24
  // Whole minutes, so that reading again within one asks the same question.
  return new Date(Math.floor(Date.now() / 60_000) * 60_000 - hours * 3_600_000).toISOString()
}

export const runsQuery = (app: string, filter: RunFilter, limit = 50) =>
  infiniteQueryOptions({
    queryKey: ['app', app, 'runs', filter, limit],
    queryFn: ({ signal, pageParam }) =>
      get<RunList>(
        base(app),
        {
          status: filter.status,
          flow: filter.flow,
          q: filter.q,
          since: sinceTime(filter.since),
          limit,
          cursor: pageParam,
        },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (last: RunList) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })

export const runQuery = (app: string, id: string) =>
  queryOptions({
    queryKey: ['app', app, 'run', id],
    queryFn: ({ signal }) => get<RunDetail>(base(app) + path(id), {}, signal),
  })

export function useRunAct(app: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, act }: { id: string; act: 'replay' | 'cancel' }) =>
      post<Run>(`${base(app)}${path(id, act)}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['app', app] }),
  })
}
