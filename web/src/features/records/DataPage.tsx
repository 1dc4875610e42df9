import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Database, Plus, Trash2 } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import type { Entity, FieldSchema } from '@/api/types'
import { Empty, PageHead } from '@/components/ui/bits'
import { Button, IconButton } from '@/components/ui/Button'
import { Dialog } from '@/components/ui/Dialog'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { ListTable } from '@/components/ui/ListTable'
import { SelectField, TextField } from '@/components/ui/Field'
import { appQuery } from '@/features/apps/apps.queries'
import { canEdit, useMe } from '@/features/session/session.queries'
import { useTitle } from '@/lib/hooks'
import { Page, TopBar } from '@/shell/TopBar'
import { entitiesQuery, useSaveEntity } from './records.queries'

export function DataPage() {
  useTitle('Data')
  const { app } = useParams({ from: '/authed/apps/$app' })
  const me = useMe()
  const self = useQuery(appQuery(app))
  const list = useQuery(entitiesQuery(app))
  const [creating, setCreating] = useState(false)
  const add = canEdit(me) && (
    <Button icon={<Plus className="size-4" aria-hidden />} onClick={() => setCreating(true)}>
      New entity…
    </Button>
  )
  return (
    <>
      <TopBar
        crumbs={[{ label: self.data?.name ?? 'App', to: '/apps/$app', params: { app } }, { label: 'Data' }]}
      />
      <Page>
        <PageHead title="Data" actions={list.data?.items.length ? add : null}>
          The app’s own records. A change here starts the flows that wait for it.
        </PageHead>
        <ListTable
          list={list}
          caption="Entities"
          empty={
            <Empty icon={<Database className="size-5" aria-hidden />} title="No entity yet" action={add}>
              An entity is a type of record, for example Ticket with subject, priority and status.
            </Empty>
          }
          head={
            <>
              <th scope="col">Entity</th>
              <th scope="col">Fields</th>
              <th scope="col" className="num">
                Records
              </th>
            </>
          }
          row={(e) => (
            <tr key={e.name}>
              <td className="grow">
                <Link
                  to="/apps/$app/data/$entity"
                  params={{ app, entity: e.name }}
                  search={{}}
                  data-row
                  className="row-link font-semibold"
                >
                  {e.name}
                </Link>
              </td>
              <td className="hide-phone">
                <span className="block max-w-140 truncate font-mono text-12 text-ink-2">
                  {Object.keys(e.schema.properties).join(', ')}
                </span>
              </td>
              <td className="num">{e.recordCount.toLocaleString('en-GB')}</td>
            </tr>
          )}
        />
      </Page>
      {creating && <NewEntity app={app} onClose={() => setCreating(false)} />}
    </>
  )
}

const kinds: Record<string, FieldSchema> = {
  text: { type: 'string' },
  number: { type: 'number' },
  'yes or no': { type: 'boolean' },
  date: { type: 'string', format: 'date-time' },
  'e-mail': { type: 'string', format: 'email' },
  choice: { type: 'string', enum: [] },
}

const entityName = /^[A-Z][A-Za-z0-9]*$/
const fieldName = /^[A-Za-z][A-Za-z0-9_]*$/

function NewEntity({ app, onClose }: { app: string; onClose: () => void }) {
  const navigate = useNavigate()
  const save = useSaveEntity(app)
  const [name, setName] = useState('')
  // What is wrong is said once a field was left, not with its first letter.
  const [said, setSaid] = useState(false)
  const [fields, setFields] = useState([{ key: 0, name: '', kind: 'text', choices: '' }])
  const change = (key: number, patch: Partial<(typeof fields)[number]>) =>
    setFields((all) => all.map((f) => (f.key === key ? { ...f, ...patch } : f)))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setSaid(true)
    if (!entityName.test(name.trim()) || fields.some((f) => f.name.trim() && !fieldName.test(f.name.trim())))
      return
    const properties: Record<string, FieldSchema> = {}
    for (const f of fields) {
      if (!f.name.trim()) continue
      const kind = kinds[f.kind]!
      properties[f.name.trim()] =
        f.kind === 'choice'
          ? {
              ...kind,
              enum: f.choices
                .split(',')
                .map((c) => c.trim())
                .filter(Boolean),
            }
          : kind
    }
    const schema: Entity['schema'] = { type: 'object', properties, required: [] }
    save.mutate(
      { name: name.trim(), schema },
      {
        onSuccess: (e) =>
          void navigate({ to: '/apps/$app/data/$entity', params: { app, entity: e.name }, search: {} }),
      },
    )
  }
  return (
    <Dialog
      open
      onClose={onClose}
      wide
      title="New entity"
      description="Every record also has an id, dates and who made it."
    >
      <form onSubmit={submit} className="grid gap-4">
        <TextField
          label="Name"
          required
          autoFocus
          maxLength={60}
          placeholder="Ticket"
          help="One word, with a capital first letter."
          error={
            said && name.trim() && !entityName.test(name.trim())
              ? 'An entity’s name is one word: a capital letter first, then letters and digits, for example Ticket.'
              : undefined
          }
          value={name}
          onBlur={() => setSaid(true)}
          onChange={(e) => setName(e.target.value)}
        />
        <fieldset className="grid gap-2">
          <legend className="mb-1 text-12 font-medium text-ink-2">Fields</legend>
          {fields.map((f) => (
            <div key={f.key} className="flex flex-wrap items-start gap-2">
              <div className="min-w-36 flex-1">
                <TextField
                  hideLabel
                  label="Field name"
                  placeholder="subject"
                  maxLength={60}
                  error={
                    said && f.name.trim() && !fieldName.test(f.name.trim())
                      ? 'A letter first, then letters, digits and _.'
                      : undefined
                  }
                  value={f.name}
                  onChange={(e) => change(f.key, { name: e.target.value })}
                />
              </div>
              <SelectField
                hideLabel
                label="Kind"
                value={f.kind}
                onChange={(e) => change(f.key, { kind: e.target.value })}
              >
                {Object.keys(kinds).map((k) => (
                  <option key={k}>{k}</option>
                ))}
              </SelectField>
              {f.kind === 'choice' && (
                <div className="min-w-44 flex-1">
                  <TextField
                    hideLabel
                    label="Choices, with commas"
                    placeholder="open, closed"
                    required
                    value={f.choices}
                    onChange={(e) => change(f.key, { choices: e.target.value })}
                  />
                </div>
              )}
              <IconButton
                label="Remove field"
                className="mt-0.5"
                disabled={fields.length === 1}
                onClick={() => setFields((all) => all.filter((x) => x.key !== f.key))}
              >
                <Trash2 className="size-4" aria-hidden />
              </IconButton>
            </div>
          ))}
          <div>
            <Button
              small
              kind="ghost"
              icon={<Plus className="size-3.5" aria-hidden />}
              onClick={() =>
                setFields((all) => [
                  ...all,
                  { key: Math.max(...all.map((x) => x.key)) + 1, name: '', kind: 'text', choices: '' },
                ])
              }
            >
              Add field
            </Button>
          </div>
        </fieldset>
        {save.error && <ErrorNote error={save.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            kind="primary"
            busy={save.isPending}
            disabled={!name.trim() || fields.every((f) => !f.name.trim())}
          >
            Create entity
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
