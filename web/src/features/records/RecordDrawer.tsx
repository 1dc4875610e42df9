import { Trash2 } from 'lucide-react'
import { useId, useState, type FormEvent } from 'react'
import { ApiError } from '@/api/client'
import type { Entity, EntityRecord, FieldSchema } from '@/api/types'
import { Button } from '@/components/ui/Button'
import { Drawer } from '@/components/ui/Dialog'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { SelectField, TextArea, TextField } from '@/components/ui/Field'
import { toast, toastError } from '@/components/ui/toast'
import { exact } from '@/lib/time'
import { fieldLabel, plainText } from '@/lib/words'
import { isNumber } from './RecordsTable'
import { useDeleteRecord, useSaveRecord } from './records.queries'

type Form = Record<string, string>

function toForm(entity: Entity, record: EntityRecord | null): Form {
  const form: Form = {}
  for (const [name, field] of Object.entries(entity.schema.properties)) {
    const value = record?.[name]
    if (value === null || value === undefined) form[name] = ''
    else if (typeof value === 'object') form[name] = JSON.stringify(value, null, 2)
    else if (field.format === 'date-time') form[name] = toLocal(plainText(value))
    else form[name] = plainText(value)
  }
  return form
}

const toLocal = (iso: string) => {
  const at = new Date(iso)
  return Number.isNaN(at.getTime())
    ? ''
    : new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** Empty means: leave out of a new record, null in an old one. Throws with the field's name when JSON is broken. */
export function toFields(entity: Entity, form: Form, isNew: boolean): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(entity.schema.properties)) {
    const text = form[name] ?? ''
    if (text === '') {
      if (!isNew) fields[name] = null
    } else if (isNumber(field)) fields[name] = Number(text)
    else if (field.type === 'boolean') fields[name] = text === 'true'
    else if (field.type === 'object' || field.type === 'array') {
      try {
        fields[name] = JSON.parse(text) as unknown
      } catch {
        throw new ApiError(422, 'json', `${fieldLabel(name)} is not valid JSON.`, {
          fields: { [name]: 'Not valid JSON.' },
        })
      }
    } else if (field.format === 'date-time') fields[name] = new Date(text).toISOString()
    else fields[name] = text
  }
  return fields
}

function Input({
  name,
  field,
  required,
  value,
  onChange,
  error,
}: {
  name: string
  field: FieldSchema
  required: boolean
  value: string
  onChange: (v: string) => void
  error: string | undefined
}) {
  const common = {
    label: fieldLabel(name) + (required ? '' : ' (optional)'),
    help: field.description,
    error,
    required,
    value,
  }
  const on = (e: { target: { value: string } }) => onChange(e.target.value)
  if (field.enum || field.type === 'boolean') {
    const options = field.enum ?? ['true', 'false']
    return (
      <SelectField {...common} onChange={on}>
        <option value="">–</option>
        {options.map((o) => (
          <option key={o} value={o}>
            {field.type === 'boolean' ? (o === 'true' ? 'Yes' : 'No') : fieldLabel(o)}
          </option>
        ))}
      </SelectField>
    )
  }
  if (field.type === 'object' || field.type === 'array')
    return <TextArea {...common} rows={4} className="font-mono text-12" onChange={on} />
  if (/description|body|content|notes|message/.test(name))
    return <TextArea {...common} rows={4} onChange={on} />
  const type = isNumber(field)
    ? 'number'
    : field.format === 'date-time'
      ? 'datetime-local'
      : field.format === 'date'
        ? 'date'
        : field.format === 'email'
          ? 'email'
          : 'text'
  return <TextField {...common} type={type} step={field.type === 'integer' ? 1 : 'any'} onChange={on} />
}

export function RecordDrawer({
  app,
  entity,
  record,
  editable,
  onClose,
}: {
  app: string
  entity: Entity
  record: EntityRecord | null
  editable: boolean
  onClose: () => void
}) {
  const id = useId()
  const [form, setForm] = useState(() => toForm(entity, record))
  const [local, setLocal] = useState<unknown>(null)
  const save = useSaveRecord(app, entity.name)
  const drop = useDeleteRecord(app, entity.name)
  const error = local ?? save.error
  const fields = error instanceof ApiError ? error.fields : {}
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setLocal(null)
    try {
      save.mutate(
        { id: record?.id ?? null, fields: toFields(entity, form, record === null) },
        {
          onSuccess: () => {
            toast(record ? 'Saved.' : `${entity.name} created.`)
            onClose()
          },
        },
      )
    } catch (problem) {
      setLocal(problem)
    }
  }
  const takeOut = () => {
    if (!record) return
    const kept = toFields(entity, toForm(entity, record), true)
    drop.mutate(record.id, {
      onSuccess: () => {
        onClose()
        toast(`${entity.name} deleted.`, {
          action: {
            label: 'Undo',
            run: () => save.mutate({ id: null, fields: kept }, { onError: toastError }),
          },
        })
      },
      onError: toastError,
    })
  }
  return (
    <Drawer
      open
      onClose={onClose}
      title={record ? `Edit ${entity.name}` : `New ${entity.name}`}
      description={
        record
          ? `Changed ${exact(record.updated_date)}`
          : 'Flows that wait for a new record start when it is saved.'
      }
      footer={
        <>
          {record && (
            <Button
              kind="ghost"
              className="text-bad-ink!"
              disabled={!editable}
              busy={drop.isPending}
              icon={<Trash2 className="size-4" aria-hidden />}
              onClick={takeOut}
            >
              Delete
            </Button>
          )}
          <Button className="ml-auto" onClick={onClose}>
            Cancel
          </Button>
          <Button kind="primary" type="submit" form={id} busy={save.isPending} disabled={!editable}>
            {record ? 'Save' : 'Create'}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={submit} className="grid gap-4">
        {Object.entries(entity.schema.properties).map(([name, field]) => (
          <Input
            key={name}
            name={name}
            field={field}
            required={entity.schema.required?.includes(name) ?? false}
            value={form[name] ?? ''}
            onChange={(v) => setForm((all) => ({ ...all, [name]: v }))}
            error={fields[name]}
          />
        ))}
        {Boolean(error) && Object.keys(fields).length === 0 && <ErrorNote error={error} />}
        {record && <p className="font-mono text-12 text-ink-3">{record.id}</p>}
      </form>
    </Drawer>
  )
}
