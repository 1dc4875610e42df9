import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Empty, Skeleton } from '@/components/ui/bits'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { entitiesQuery } from '@/features/records/records.queries'
import { count } from '@/lib/words'

/** The app's entities, each a way to its records. */
export function DataSide({ app }: { app: string }) {
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
