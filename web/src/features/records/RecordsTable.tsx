import { useInfiniteQuery } from '@tanstack/react-query'
import { Database } from 'lucide-react'
import type { Entity, EntityRecord, FieldSchema } from '@/api/types'
import { Ago, Badge, SkeletonRows, type Tone } from '@/components/ui/bits'
import { Button } from '@/components/ui/Button'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { fieldLabel, plainText } from '@/lib/words'
import { recordsQuery } from './records.queries'

/** The fields that say most come first: the name-like one, then choices, then the rest. */
export function columnsOf(entity: Entity, most: number): [string, FieldSchema][] {
  const all = Object.entries(entity.schema.properties)
  const weight = ([name, field]: [string, FieldSchema]) =>
    /^(name|title|subject|label)$/.test(name)
      ? 0
      : field.enum
        ? 2
        : /name|title|subject/.test(name)
          ? 1
          : field.type === 'object' || field.type === 'array' || /description|body|content|notes/.test(name)
            ? 5
            : 3
  return [...all].sort((a, b) => weight(a) - weight(b)).slice(0, most)
}

const tones: Record<string, Tone> = {
  open: 'accent',
  new: 'accent',
  active: 'accent',
  todo: 'neutral',
  in_progress: 'accent',
  done: 'ok',
  resolved: 'ok',
  won: 'ok',
  paid: 'ok',
  confirmed: 'ok',
  published: 'ok',
  approved: 'ok',
  closed_won: 'ok',
  urgent: 'bad',
  overdue: 'bad',
  lost: 'bad',
  failed: 'bad',
  critical: 'bad',
  high: 'warn',
  pending: 'warn',
}

export function Value({ value, field }: { value: unknown; field: FieldSchema | undefined }) {
  if (value === null || value === undefined || value === '') return <span className="text-ink-3">–</span>
  if (field?.enum) {
    const text = plainText(value)
    return (
      <Badge tone={tones[text.toLowerCase().replace(/[\s-]/g, '_')] ?? 'neutral'}>{fieldLabel(text)}</Badge>
    )
  }
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (typeof value === 'number') return value.toLocaleString('en-GB')
  if (typeof value === 'object') return <code className="font-mono text-12">{JSON.stringify(value)}</code>
  const text = plainText(value)
  if (field?.format === 'date-time' && !Number.isNaN(Date.parse(text))) return <Ago at={text} />
  return text
}

export const isNumber = (field: FieldSchema | undefined) =>
  field?.type === 'number' || field?.type === 'integer'

interface Props {
  app: string
  entity: Entity
  compact?: boolean
  filter?: (record: EntityRecord) => boolean
  onOpen?: (record: EntityRecord) => void
}

export function RecordsTable({ app, entity, compact, filter, onOpen }: Props) {
  const query = useInfiniteQuery(recordsQuery(app, entity.name))
  const columns = columnsOf(entity, compact ? 4 : 6)
  if (query.error && !query.data)
    return (
      <div className="p-4">
        <ErrorNote error={query.error} retry={() => void query.refetch()} />
      </div>
    )
  if (!query.data) return <SkeletonRows rows={8} />
  const all = query.data.pages.flatMap((page) => page.items)
  const rows = filter ? all.filter(filter) : all
  if (rows.length === 0) {
    return (
      <div className="grid justify-items-center gap-1 px-6 py-12 text-center">
        <Database className="mb-1 size-5 text-ink-3" aria-hidden />
        <p className="font-medium">{all.length === 0 ? `No ${entity.name} yet` : 'No record matches'}</p>
        <p className="text-ink-2">
          {all.length === 0
            ? 'Records created here or by the API appear at once.'
            : 'Only the records loaded so far are searched.'}
        </p>
      </div>
    )
  }
  return (
    <>
      <div className="scroll-thin overflow-x-auto">
        <table className={`table cards ${onOpen ? 'rows' : ''}`}>
          <caption className="sr-only">Records of {entity.name}</caption>
          <thead>
            <tr>
              {columns.map(([name, field]) => (
                <th key={name} scope="col" className={isNumber(field) ? 'num' : ''}>
                  {fieldLabel(name)}
                </th>
              ))}
              <th scope="col" className="num">
                Created
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((record) => (
              <tr key={record.id} className="fresh">
                {columns.map(([name, field], i) => (
                  <td
                    key={name}
                    className={i === 0 ? 'full font-medium' : isNumber(field) ? 'num' : 'text-ink-2'}
                  >
                    {i === 0 && onOpen ? (
                      <button
                        type="button"
                        data-row
                        className="row-link block max-w-80 truncate text-left font-medium max-sm:max-w-full"
                        onClick={() => onOpen(record)}
                      >
                        <Value value={record[name]} field={field} />
                      </button>
                    ) : (
                      <span className={`block truncate ${i === 0 ? 'max-w-80' : 'max-w-52'}`}>
                        <Value value={record[name]} field={field} />
                      </span>
                    )}
                  </td>
                ))}
                <td className="num">
                  <Ago at={record.created_date} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {query.hasNextPage && (
        <div className="border-t border-line p-3 text-center">
          <Button small kind="ghost" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </>
  )
}
