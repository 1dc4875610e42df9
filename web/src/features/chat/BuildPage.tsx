import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Code2, Database, PanelRight, SquareFunction } from 'lucide-react'
import { useCallback, useState } from 'react'
import type { Conversation, Proposal } from '@/api/types'
import { Code } from '@/components/ui/Code'
import { Badge, Empty, Segmented, Skeleton } from '@/components/ui/bits'
import { buttonClass } from '@/components/ui/Button'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { appQuery } from '@/features/apps/apps.queries'
import { flowsQuery } from '@/features/flows/flows.queries'
import { functionQuery, functionsQuery } from '@/features/functions/functions.queries'
import { RecordsTable } from '@/features/records/RecordsTable'
import { entitiesQuery } from '@/features/records/records.queries'
import { usePhone, useTitle } from '@/lib/hooks'
import { count } from '@/lib/words'
import { TopBar } from '@/shell/TopBar'
import { Chat } from './Chat'
import { conversationQuery, conversationsQuery } from './chat.queries'

type Side = 'preview' | 'function' | 'data'

export function BuildPage() {
  const { app } = useParams({ from: '/authed/apps/$app' })
  const search = useSearch({ from: '/authed/apps/$app/' })
  const navigate = useNavigate()
  const phone = usePhone()
  const self = useQuery(appQuery(app))
  useTitle(self.data?.name ?? 'Build')
  const list = useQuery(conversationsQuery(app))
  const current = list.data?.items[0]?.id ?? null
  const talk = useQuery(conversationQuery(app, current ?? ''))
  const [side, setSide] = useState<Side>('preview')
  const [pane, setPane] = useState<'chat' | 'side'>('chat')
  const taken = useCallback(
    () => void navigate({ to: '/apps/$app', params: { app }, search: {}, replace: true }),
    [navigate, app],
  )
  const proposal = lastProposal(talk.data)

  const showSide = !phone || pane === 'side'
  return (
    <>
      <TopBar
        crumbs={[{ label: self.data?.name ?? 'App', to: '/apps/$app', params: { app } }, { label: 'Build' }]}
      >
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

/** The entity that the proposal's trigger names, else that of a flow, else the first. */
function Preview({ app, proposal }: { app: string; proposal: Proposal | null }) {
  const entities = useQuery(entitiesQuery(app))
  const flows = useQuery(flowsQuery(app))
  if (entities.error) return <ErrorNote error={entities.error} retry={() => void entities.refetch()} />
  if (!entities.data) return <Skeleton className="h-80 rounded-lg" />
  const names = entities.data.items.map((e) => e.name)
  const trigger = proposal?.steps.find((s) => s.kind === 'trigger')
  const words = new Set(`${trigger?.title ?? ''} ${proposal?.sentence ?? ''}`.toLowerCase().split(/[^a-z0-9]+/))
  const ofFlow =
    flows.data?.items.find((f) => f.name === proposal?.flowName)?.trigger.entity ??
    flows.data?.items.find((f) => f.trigger.entity)?.trigger.entity
  const name =
    names.find((n) => words.has(n.toLowerCase()) || words.has(`${n.toLowerCase()}s`)) ??
    (ofFlow && names.includes(ofFlow) ? ofFlow : names[0])
  const entity = entities.data.items.find((e) => e.name === name)
  if (!entity) {
    return (
      <Empty
        icon={<Database className="size-5" aria-hidden />}
        title="No data yet"
        action={
          <Link to="/apps/$app/data" params={{ app }} className={buttonClass()}>
            Open data
          </Link>
        }
      >
        An entity is a type of record, for example Ticket. Its records appear here, live.
      </Empty>
    )
  }
  return (
    <div className="card overflow-hidden">
      <div className="flex items-center gap-2 border-b border-line px-4 py-3">
        <div className="min-w-0 flex-1">
          <h2 className="text-16 font-semibold">{entity.name}</h2>
          <p className="text-12 text-ink-3">{count(entity.recordCount, 'record')}, newest first</p>
        </div>
        <Link
          to="/apps/$app/data/$entity"
          params={{ app, entity: entity.name }}
          search={{ create: true }}
          className={buttonClass('secondary')}
        >
          New record…
        </Link>
      </div>
      <RecordsTable app={app} entity={entity} compact />
    </div>
  )
}

function FunctionSide({ app, proposal }: { app: string; proposal: Proposal | null }) {
  const list = useQuery(functionsQuery(app))
  const draft = proposal?.status === 'proposed' ? proposal.files.find((f) => f.kind === 'function') : undefined
  const name = draft
    ? ''
    : (list.data?.items.find((f) => f.name === proposal?.functionName)?.name ?? list.data?.items[0]?.name ?? '')
  const detail = useQuery(functionQuery(app, name))
  if (draft) {
    return (
      <div className="grid gap-2">
        <p className="flex items-center gap-2 text-12 text-ink-2">
          <Badge tone="accent">Proposed</Badge> <code className="font-mono">{draft.path}</code>
        </p>
        <Code text={draft.content} label={draft.path} numbers className="bg-surface" />
      </div>
    )
  }
  const error = list.error ?? detail.error
  if (error) return <ErrorNote error={error} retry={() => void list.refetch()} />
  if (list.data && !name) {
    return (
      <Empty icon={<SquareFunction className="size-5" aria-hidden />} title="No function yet">
        Ask for something in the chat. The code it writes is shown here before it runs.
      </Empty>
    )
  }
  if (!detail.data) return <Skeleton className="h-80 rounded-lg" />
  const entry = detail.data.files.find((f) => f.path === detail.data.entry) ?? detail.data.files[0]
  return (
    <div className="grid gap-2">
      <p className="flex items-center gap-2 text-12 text-ink-2">
        <Badge tone="ok">Version {detail.data.version}</Badge>{' '}
        <code className="font-mono">{detail.data.name}</code>
        <Link to="/apps/$app/functions/$name" params={{ app, name }} className="link ml-auto">
          Open in editor
        </Link>
      </p>
      <Code text={entry?.content ?? ''} label={`Code of ${detail.data.name}`} numbers className="bg-surface" />
    </div>
  )
}

function DataSide({ app }: { app: string }) {
  const entities = useQuery(entitiesQuery(app))
  if (entities.error) return <ErrorNote error={entities.error} retry={() => void entities.refetch()} />
  if (!entities.data) return <Skeleton className="h-80 rounded-lg" />
  if (entities.data.items.length === 0)
    return <Empty title="No data yet">Entities of this app are listed here with their fields.</Empty>
  return (
    <ul className="grid gap-2">
      {entities.data.items.map((entity) => (
        <li key={entity.name} className="card relative px-4 py-3 hover:border-line-strong">
          <div className="flex items-baseline gap-2">
            <Link
              to="/apps/$app/data/$entity"
              params={{ app, entity: entity.name }}
              className="row-link font-semibold"
            >
              {entity.name}
            </Link>
            <span className="ml-auto text-12 text-ink-3">{count(entity.recordCount, 'record')}</span>
          </div>
          <p className="mt-1 font-mono text-12 break-words text-ink-2">
            {Object.keys(entity.schema.properties).join(', ')}
          </p>
        </li>
      ))}
    </ul>
  )
}
