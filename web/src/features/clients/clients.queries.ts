import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { get, patch, path, post, remove } from '@/api/client'
import type { List, OAuthClient } from '@/api/types'

const key = ['oauth-clients'] as const

export const clientsQuery = (vendor: string) =>
  queryOptions({
    queryKey: [...key, vendor],
    queryFn: ({ signal }) => get<List<OAuthClient>>('/oauth-clients', { vendor }, signal),
  })

/** What a connector can be connected with changes with the clients. */
function useChanged() {
  const client = useQueryClient()
  return () => {
    void client.invalidateQueries({ queryKey: key })
    void client.invalidateQueries({ queryKey: ['connectors'] })
    // A page that asks before a vendor's is read once; it must not show what was missing before.
    client.removeQueries({ queryKey: ['connect'] })
  }
}

export interface NewClient {
  vendor: string
  connectors: string[]
  name: string
  clientId: string
  clientSecret: string | null
}

export function useAddClient() {
  const onSuccess = useChanged()
  return useMutation({ mutationFn: (body: NewClient) => post<OAuthClient>('/oauth-clients', body), onSuccess })
}

export function useChangeClient() {
  const onSuccess = useChanged()
  return useMutation({
    mutationFn: ({ id, ...body }: { id: string; name?: string; clientSecret?: string; isDefault?: boolean }) =>
      patch<OAuthClient>(path('oauth-clients', id), body),
    onSuccess,
  })
}

export function useRemoveClient() {
  const onSuccess = useChanged()
  return useMutation({ mutationFn: (id: string) => remove<object>(path('oauth-clients', id)), onSuccess })
}
