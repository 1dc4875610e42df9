import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { Flow, FlowSample, Run } from '@/api/types'
import { Badge, Skeleton } from '@/components/ui/bits'
import { Button } from '@/components/ui/Button'
import { Dialog } from '@/components/ui/Dialog'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { moment } from '@/lib/time'
import { fieldLabel, plainText } from '@/lib/words'
import { samplesQuery, useRunFlow } from './flows.queries'

const owned = new Set(['id', 'created_date', 'updated_date', 'created_by'])

/** What a person knows a record by: its first filled fields, in the order of the entity. */
function describe(record: FlowSample['record']): string {
  const filled = Object.entries(record).filter(
    ([name, value]) => !owned.has(name) && value !== null && value !== '' && typeof value !== 'object',
  )
  const title = filled.find(([name]) => /^(name|title|subject|label)$/.test(name))
  const rest = filled.filter((f) => f !== title && plainText(f[1]).length <= 40).slice(0, title ? 2 : 3)
  return (
    [
      ...(title ? [plainText(title[1])] : []),
      ...rest.map(([name, value]) => `${fieldLabel(name)}: ${plainText(value)}`),
    ].join(', ') || `…${record.id.slice(-6)}`
  )
}

/** A flow that waits for records sends again for one that is there already: which one is said, and chosen, before. */
export function RunNowDialog({
  app,
  flow,
  onClose,
  onStarted,
}: {
  app: string
  flow: Flow
  onClose: () => void
  onStarted: (run: Run) => void
}) {
  const samples = useQuery(samplesQuery(app, flow.id))
  const run = useRunFlow(app)
  const help = useId()
  const list = samples.data?.items.slice(0, 20) ?? []
  const [chosen, setChosen] = useState<string | null>(null)
  const usual = (list.find((s) => s.fits) ?? list[0])?.record.id
  const at = list.find((s) => s.record.id === (chosen ?? usual))
  const entity = flow.trigger.entity ?? 'record'
  return (
    <Dialog
      open
      onClose={onClose}
      wide
      title="Run now"
      description={`It runs as if this ${entity} had just been ${flow.trigger.on === 'create' ? 'created' : flow.trigger.on === 'delete' ? 'deleted' : 'changed'}.`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            kind="primary"
            busy={run.isPending}
            disabled={!at}
            onClick={() =>
              at &&
              run.mutate(
                { id: flow.id, recordId: at.record.id },
                {
                  onSuccess: (started) => {
                    onClose()
                    onStarted(started)
                  },
                },
              )
            }
          >
            Run now
          </Button>
        </>
      }
    >
      {samples.error && <ErrorNote error={samples.error} retry={() => void samples.refetch()} />}
      {samples.isPending && <Skeleton className="h-40 rounded-lg" />}
      {samples.data && list.length === 0 && (
        <p className="text-ink-2">There is no {entity} yet to run it with. Create one first.</p>
      )}
      {list.length > 0 && (
        <div className="grid gap-3">
          <p id={help}>
            {flow.sentence}{' '}
            <strong className="font-semibold">
              This happens again, even if it was already done for this {entity}.
            </strong>
          </p>
          <fieldset aria-describedby={help}>
            <legend className="mb-2 text-12 font-medium text-ink-2">
              With which {entity}? The newest come first.
            </legend>
            <div className="scroll-thin max-h-72 divide-y divide-line overflow-y-auto rounded-lg border border-line">
              {list.map(({ record, fits }) => (
                <label
                  key={record.id}
                  className="flex min-h-11 cursor-pointer items-center gap-3 px-3 py-1.5 hover:bg-well has-checked:bg-accent-soft"
                >
                  <input
                    type="radio"
                    name="record"
                    className="size-4 shrink-0 accent-accent"
                    checked={record.id === at?.record.id}
                    onChange={() => setChosen(record.id)}
                  />
                  <span className="min-w-0 flex-1">
                    <span className="line-clamp-2 font-medium [overflow-wrap:anywhere]">
                      {describe(record)}
                    </span>
                    <span className="block text-12 text-ink-3">
                      <code className="font-mono">{record.id.slice(-6)}</code>, created{' '}
                      {moment(record.created_date)}
                    </span>
                  </span>
                  {!fits && flow.trigger.condition && <Badge>Does not fit its condition</Badge>}
                </label>
              ))}
            </div>
          </fieldset>
          {run.error && <ErrorNote error={run.error} />}
        </div>
      )}
    </Dialog>
  )
}
