import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Code2, Database, PanelRight } from 'lucide-react'
import { useCallback, useState } from 'react'
import type { Conversation, Proposal } from '@/api/types'
import { Segmented } from '@/components/ui/bits'
import { appQuery } from '@/features/apps/apps.queries'
import { canEdit, useMe } from '@/features/session/session.queries'
import { usePhone, useTitle } from '@/lib/hooks'
import { TopBar } from '@/shell/TopBar'
import { Chat } from './Chat'
import { conversationQuery, conversationsQuery, NEW_CONVERSATION } from './chat.queries'
import { ConversationMenu } from './ConversationMenu'
import { DataSide } from './DataSide'
import { FunctionSide } from './FunctionSide'
import { Preview } from './Preview'

type Side = 'preview' | 'function' | 'data'

export function BuildPage() {
  const { app } = useParams({ from: '/authed/apps/$app' })
  const search = useSearch({ from: '/authed/apps/$app/' })
  const navigate = useNavigate()
  const phone = usePhone()
  const self = useQuery(appQuery(app))
  useTitle(self.data?.name ?? 'Build')
  const list = useQuery(conversationsQuery(app))
  const me = useMe()
  // The address names one; without a name it is the newest.
  const current = search.c === NEW_CONVERSATION ? null : (search.c ?? list.data?.items[0]?.id ?? null)
  const talk = useQuery(conversationQuery(app, current ?? ''))
  const [side, setSide] = useState<Side>('preview')
  const [pane, setPane] = useState<'chat' | 'side'>('chat')
  const taken = useCallback(
    () => void navigate({ to: '/apps/$app', params: { app }, search: { c: search.c }, replace: true }),
    [navigate, app, search.c],
  )
  const open = useCallback(
    (c: string | undefined) => void navigate({ to: '/apps/$app', params: { app }, search: { c } }),
    [navigate, app],
  )
  const proposal = lastProposal(talk.data)

  const showSide = !phone || pane === 'side'
  return (
    <>
      <TopBar
        crumbs={[{ label: self.data?.name ?? 'App', to: '/apps/$app', params: { app } }, { label: 'Build' }]}
      >
        <ConversationMenu app={app} current={current} editable={canEdit(me)} onOpen={open} />
        {phone && (
          <Segmented
            label="Pane"
            value={pane}
            onChange={setPane}
            options={[
              { value: 'chat', label: 'Chat' },
              { value: 'side', label: 'Preview' },
            ]}
          />
        )}
      </TopBar>
      <h1 className="sr-only">Build {self.data?.name}</h1>
      <div className="flex min-h-0 flex-1">
        {(!phone || pane === 'chat') && (
          <section
            aria-label="Chat"
            className="w-full min-w-0 border-line sm:w-[min(644px,52%)] sm:shrink-0 sm:border-r"
          >
            <Chat
              app={app}
              conversation={current}
              data={current ? talk.data : undefined}
              loading={list.isPending || (current !== null && talk.isPending)}
              error={list.error ?? talk.error}
              retry={() => void Promise.all([list.refetch(), talk.refetch()])}
              draft={search.say ?? ''}
              onDraftTaken={taken}
              onStarted={open}
            />
          </section>
        )}
        {showSide && (
          <section aria-label="What it makes" className="flex min-w-0 flex-1 flex-col bg-well">
            <div className="flex h-12 shrink-0 items-center gap-2 border-b border-line bg-surface px-4">
              <Segmented
                label="Side"
                value={side}
                onChange={setSide}
                options={[
                  { value: 'preview', label: 'Preview', icon: <PanelRight className="size-3.5" aria-hidden /> },
                  { value: 'function', label: 'Function', icon: <Code2 className="size-3.5" aria-hidden /> },
                  { value: 'data', label: 'Data', icon: <Database className="size-3.5" aria-hidden /> },
                ]}
              />
            </div>
            <div className="scroll-thin min-h-0 flex-1 overflow-auto p-4">
              {side === 'preview' && <Preview app={app} proposal={proposal} />}
              {side === 'function' && <FunctionSide app={app} proposal={proposal} />}
              {side === 'data' && <DataSide app={app} />}
            </div>
          </section>
        )}
      </div>
    </>
  )
}

function lastProposal(talk: Conversation | undefined): Proposal | null {
  return talk?.messages.findLast((m) => m.proposal && m.proposal.status !== 'superseded')?.proposal ?? null
}
