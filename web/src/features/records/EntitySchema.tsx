import { lazy, Suspense, useState } from 'react'
import type { Entity } from '@/api/types'
import { Skeleton } from '@/components/ui/bits'
import { Button } from '@/components/ui/Button'
import { Json } from '@/components/ui/Code'
import { Dialog } from '@/components/ui/Dialog'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { toast } from '@/components/ui/toast'
import { count } from '@/lib/words'
import { useSaveEntity } from './records.queries'
import { parseSchema } from './schemaText'

const Editor = lazy(() => import('@/features/functions/Editor').then((m) => ({ default: m.Editor })))

/** The fields of an entity as the JSON Schema that they are. */
export function EntitySchema({
  app,
  entity,
  editable,
  onClose,
}: {
  app: string
  entity: Entity
  editable: boolean
  onClose: () => void
}) {
  const save = useSaveEntity(app)
  const before = JSON.stringify(entity.schema, null, 2)
  const [text, setText] = useState(before)
  const parsed = parseSchema(text)
  const removed =
    'schema' in parsed
      ? Object.keys(entity.schema.properties).filter((f) => !(f in (parsed.schema.properties ?? {})))
      : []
  const submit = () => {
    if (!editable || save.isPending || !('schema' in parsed) || text === before) return
    save.mutate(
      { name: entity.name, schema: parsed.schema },
      {
        onSuccess: () => {
          toast(`The fields of ${entity.name} are saved.`)
          onClose()
        },
      },
    )
  }
  return (
    <Dialog
      open
      onClose={onClose}
      wide
      title={`Schema of ${entity.name}`}
      description="Every record also has id, created_date, updated_date and created_by; they are not declared."
      footer={
        editable ? (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              kind="primary"
              busy={save.isPending}
              disabled={!('schema' in parsed) || text === before}
              onClick={submit}
            >
              Save
            </Button>
          </>
        ) : (
          <Button onClick={onClose}>Close</Button>
        )
      }
    >
      {editable ? (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
          <div className="h-80 overflow-hidden rounded-lg border border-line-field">
            <Suspense fallback={<Skeleton className="h-full" />}>
              <Editor
                value={before}
                label={`JSON Schema of ${entity.name}`}
                readOnly={false}
                onChange={(next) => {
                  setText(next)
                  save.reset()
                }}
                onSave={submit}
                problem={
                  'problem' in parsed ? { message: parsed.problem, file: null, line: parsed.line } : null
                }
              />
            </Suspense>
          </div>
          {'problem' in parsed ? (
            <p role="status" className="text-12 text-bad-ink">
              {parsed.problem}
            </p>
          ) : (
            <p className="text-12 text-ink-2">
              Types: string, number, integer, boolean, array, object. Also enum, default, required, and the
              formats email, date, date-time, uri.
            </p>
          )}
          {removed.length > 0 && (
            <p className="text-12 text-warn-ink">
              {count(removed.length, 'field')} taken away ({removed.join(', ')}): old records keep the values,
              but nobody sees or sets them here.
            </p>
          )}
          {save.error && <ErrorNote error={save.error} />}
        </div>
      ) : (
        <Json value={entity.schema} label={`JSON Schema of ${entity.name}`} />
      )}
    </Dialog>
  )
}
