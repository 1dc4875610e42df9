import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Entity } from '@/api/types'
import { Button } from '@/components/ui/Button'
import { Dialog } from '@/components/ui/Dialog'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { toast } from '@/components/ui/toast'
import { flowsQuery } from '@/features/flows/flows.queries'
import { count, listed } from '@/lib/words'
import { useDeleteEntity } from './records.queries'

export function DeleteEntity({ app, entity, onClose }: { app: string; entity: Entity; onClose: () => void }) {
  const drop = useDeleteEntity(app)
  const navigate = useNavigate()
  const waiting = (useQuery(flowsQuery(app)).data?.items ?? [])
    .filter((f) => f.trigger.entity === entity.name)
    .map((f) => `“${f.name}”`)
  const gone = () => {
    onClose()
    toast(`${entity.name} is deleted.`)
    void navigate({ to: '/apps/$app/data', params: { app } })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Delete ${entity.name}`}
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            kind="danger"
            busy={drop.isPending}
            onClick={() => drop.mutate(entity.name, { onSuccess: gone })}
          >
            Delete
          </Button>
        </>
      }
    >
      <p className="mb-2">This cannot be undone.</p>
      <ul className="list-disc pl-5 text-ink-2">
        <li>
          {entity.recordCount === 0
            ? 'It has no records.'
            : `Its ${count(entity.recordCount, 'record')} ${entity.recordCount === 1 ? 'is' : 'are'} deleted with it. No flow starts because of that.`}
        </li>
        {waiting.length > 0 && (
          <li>
            {listed(waiting)} {waiting.length === 1 ? 'stays, but is' : 'stay, but are'} never started by it
            again.
          </li>
        )}
        <li>Programs that use it are refused from the next call on.</li>
      </ul>
      {drop.error && (
        <div className="mt-3">
          <ErrorNote error={drop.error} />
        </div>
      )}
    </Dialog>
  )
}
