import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { get, patch, path, post, remove } from '@/api/client'
import type { List, Role, Teammate } from '@/api/types'

export const teamQuery = queryOptions({
  queryKey: ['teammates'],
  queryFn: ({ signal }) => get<List<Teammate>>('/teammates', {}, signal),
})

function useFresh() {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: teamQuery.queryKey })
}

export function useInvite() {
  const fresh = useFresh()
  return useMutation({
    mutationFn: (body: { name: string; email: string; role: Role }) =>
      post<{ teammate: Teammate; link: string }>('/teammates', body),
    onSuccess: fresh,
  })
}

export function useChangeRole() {
  const fresh = useFresh()
  return useMutation({
    mutationFn: ({ id, role }: { id: string; role: Role }) => patch<Teammate>(path('teammates', id), { role }),
    onSuccess: fresh,
  })
}

export function useRemoveTeammate() {
  const fresh = useFresh()
  return useMutation({ mutationFn: (id: string) => remove<object>(path('teammates', id)), onSuccess: fresh })
}

/** Forgets the teammate's password and gives a new one-time link. */
export function useNewLink() {
  const fresh = useFresh()
  return useMutation({
    mutationFn: (id: string) => post<{ teammate: Teammate; link: string }>(path('teammates', id, 'link')),
    onSuccess: fresh,
  })
}
