import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { get, path, post } from '@/api/client'
import type { ChatMode, Conversation, ConversationSummary, List, Message, Proposal } from '@/api/types'

/** Stands in the address for a conversation that begins with the next message. */
export const NEW_CONVERSATION = 'new'

const base = (app: string) => `${path('apps', app)}/conversations`

export const conversationsQuery = (app: string) =>
  queryOptions({
    queryKey: ['app', app, 'conversations'],
    queryFn: ({ signal }) => get<List<ConversationSummary>>(base(app), {}, signal),
  })

export const conversationQuery = (app: string, id: string) =>
  queryOptions({
    queryKey: ['app', app, 'conversation', id],
    queryFn: ({ signal }) => get<Conversation>(base(app) + path(id), {}, signal),
    enabled: id !== '',
  })

export const proposalQuery = (app: string, id: string) =>
  queryOptions({
    queryKey: ['app', app, 'proposal', id],
    queryFn: ({ signal }) => get<Proposal>(`${path('apps', app)}/proposals${path(id)}`, {}, signal),
    enabled: id !== '',
  })

export interface Outgoing {
  text: string
  mode: ChatMode
  questionId?: string
}

/** Sends a message, opening the app's first conversation when there is none yet. */
export function useSend(app: string, conversation: string | null) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: Outgoing) => {
      const id = conversation ?? (await post<Conversation>(base(app))).id
      const reply = await post<{ messages: Message[] }>(`${base(app)}${path(id)}/messages`, body)
      return { id, messages: reply.messages }
    },
    onSuccess: async ({ id, messages }) => {
      client.setQueryData<Conversation>(conversationQuery(app, id).queryKey, (old) => {
        const known = new Set(old?.messages.map((m) => m.id))
        return {
          id,
          title: old?.title ?? '',
          messages: [...(old?.messages ?? []), ...messages.filter((m) => !known.has(m.id))],
        }
      })
      await Promise.all([
        client.invalidateQueries({ queryKey: conversationsQuery(app).queryKey }),
        client.invalidateQueries({ queryKey: conversationQuery(app, id).queryKey }),
      ])
    },
  })
}

export type ProposalAct = { act: 'accept' | 'undo' } | { act: 'skip'; connector: string }

export function useProposalAct(app: string, proposal: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (how: ProposalAct) =>
      post<Proposal>(
        `${path('apps', app)}/proposals${path(proposal, how.act)}`,
        how.act === 'skip' ? { connector: how.connector } : {},
      ),
    onSuccess: async (saved) => {
      client.setQueriesData<Conversation>(
        { queryKey: ['app', app, 'conversation'] },
        (old) =>
          old && {
            ...old,
            messages: old.messages.map((m) => (m.proposal?.id === saved.id ? { ...m, proposal: saved } : m)),
          },
      )
      await client.invalidateQueries({ queryKey: ['app', app] })
    },
  })
}
