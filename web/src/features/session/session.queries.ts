import { queryOptions, useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { get, post } from '@/api/client'
import type { Me, SignInFacts } from '@/api/types'

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => get<Me>('/me', {}, signal),
  staleTime: 60_000,
})

/** What a stranger may know: whether anybody can sign in yet, and how long a password is. */
export const signInQuery = queryOptions({
  queryKey: ['sign-in'],
  queryFn: ({ signal }) => get<SignInFacts>('/sign-in', {}, signal),
})

/** The server's own rule; the number until its answer is there. */
export const useShortestPassword = () =>
  useQuery({ ...signInQuery, staleTime: Infinity }).data?.shortestPassword ?? 10

/** Only below the signed-in layout, whose loader has fetched it. */
export const useMe = () => useSuspenseQuery(meQuery).data

export const canEdit = (me: Me) => me.teammate.role !== 'viewer'
export const canAdmin = (me: Me) => me.teammate.role === 'owner' || me.teammate.role === 'admin'

function useSession<T>(route: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: T) => post<Me>(route, body),
    onSuccess: (me) => {
      client.clear()
      client.setQueryData(meQuery.queryKey, me)
    },
  })
}

export const useSignIn = () => useSession<{ email: string; password: string }>('/sign-in')
export const useSignInLink = () => useSession<{ token: string }>('/sign-in/link')
export const useFirstOwner = () =>
  useSession<{ token: string; name: string; email: string; password: string; workspace: string }>(
    '/first-owner',
  )

export function useSetPassword() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: { current?: string; password: string }) => post<object>('/me/password', body),
    onSuccess: () => client.invalidateQueries({ queryKey: meQuery.queryKey }),
  })
}

export const signOut = () => post<object>('/sign-out')
