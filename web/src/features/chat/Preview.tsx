import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Database } from 'lucide-react'
import type { Proposal } from '@/api/types'
import { Empty, Skeleton } from '@/components/ui/bits'
import { buttonClass } from '@/components/ui/Button'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { flowsQuery } from '@/features/flows/flows.queries'
import { RecordsTable } from '@/features/records/RecordsTable'
import { entitiesQuery } from '@/features/records/records.queries'
import { count } from '@/lib/words'
import { LatestRuns } from './LatestRuns'

/** The entity that the proposal's trigger names, else that of a flow, else the first; below it what the flow did, live. */
export function Preview({ app, proposal }: { app: string; proposal: Proposal | null }) {
  const entities = useQuery(entitiesQuery(app))
  const flows = useQuery(flowsQuery(app))
  if (entities.error) return <ErrorNote error={entities.error} retry={() => void entities.refetch()} />
  if (!entities.data) return <Skeleton className="h-80 rounded-lg" />
  const names = entities.data.items.map((e) => e.name)
  const wanted = proposal?.entity ?? flows.data?.items.find((f) => f.trigger.entity)?.trigger.entity
  const name = names.find((n) => n === wanted) ?? names[0]
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
    <div className="grid gap-3">
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
      {proposal?.status === 'accepted' && proposal.flowId && (
        <LatestRuns app={app} proposal={proposal} flow={proposal.flowId} />
      )}
    </div>
  )
}
