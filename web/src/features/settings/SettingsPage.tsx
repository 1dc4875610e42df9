import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Copy, KeyRound } from 'lucide-react'
import { useState, type FormEvent, type ReactNode } from 'react'
import { ApiError } from '@/api/client'
import type { App, FieldSchema } from '@/api/types'
import { copy, CopyLine } from '@/components/CopyLine'
import { PageHead, Skeleton, Switch } from '@/components/ui/bits'
import { Button } from '@/components/ui/Button'
import { Dialog } from '@/components/ui/Dialog'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { SelectField, TextField } from '@/components/ui/Field'
import { toast, toastError } from '@/components/ui/toast'
import { appQuery, useChangeApp } from '@/features/apps/apps.queries'
import { canAdmin, canEdit, useMe } from '@/features/session/session.queries'
import { useTitle } from '@/lib/hooks'
import { dateOf } from '@/lib/time'
import { Page, TopBar } from '@/shell/TopBar'
import { entitiesQuery } from '@/features/records/records.queries'
import { keysQuery, useCreateKey, useDeleteKey } from './settings.queries'

export function SettingsPage() {
  useTitle('Settings')
  const { app } = useParams({ from: '/authed/apps/$app' })
  const me = useMe()
  const self = useQuery(appQuery(app))
  return (
    <>
      <TopBar
        crumbs={[{ label: self.data?.name ?? 'App', to: '/apps/$app', params: { app } }, { label: 'Settings' }]}
      />
      <Page>
        <div className="mx-auto max-w-180">
          <PageHead title="Settings">Of this app. Teammates and roles are under Team.</PageHead>
          {self.error && <ErrorNote error={self.error} retry={() => void self.refetch()} />}
          {self.data ? (
            <General key={self.data.id} app={self.data} />
          ) : (
            <Skeleton className="h-80 rounded-lg" />
          )}
          <Address app={app} />
          {canAdmin(me) ? (
            <Keys app={app} />
          ) : (
            <Section title="API keys" note="For @base44/sdk and other programs that call this app’s API.">
              <p className="text-ink-2">
                Admins and owners see, make and delete keys. Ask one of them for a key.
              </p>
            </Section>
          )}
        </div>
      </Page>
    </>
  )
}

function Section({ title, children, note }: { title: string; note?: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="mb-8">
      <h2 className="font-semibold">{title}</h2>
      {note && <p className="text-ink-2">{note}</p>}
      <div className="card mt-2.5 p-4">{children}</div>
    </section>
  )
}

/** What a program needs besides a key. */
function Address({ app }: { app: string }) {
  const { server } = useMe()
  const entities = useQuery(entitiesQuery(app)).data?.items ?? []
  const entity = entities[0]
  const sample = Object.fromEntries(
    Object.entries(entity?.schema.properties ?? { subject: { type: 'string' as const } })
      .filter(
        ([name, field], i) => (entity ? entity.schema.required?.includes(name) || i === 0 : true) && field,
      )
      .map(([name, field]) => [name, sampleOf(field)]),
  )
  // In single quotes a shell takes everything but a single quote as it is.
  const body = JSON.stringify(sample).replaceAll("'", "'\\''")
  const line = [
    'curl -H "api_key: KEY" -H "Content-Type: application/json" \\',
    `     -d '${body}' ${server.publicUrl.replace(/\/$/, '')}/api/apps/${app}/entities/${entity?.name ?? 'ENTITY'}`,
  ].join('\n')
  return (
    <Section
      title="For programs"
      note="With a key, a program reads and writes this app’s records and calls its functions."
    >
      <div className="grid gap-4">
        <CopyLine label="App id" text={app} />
        <CopyLine label="Makes a record; put a key in place of KEY" text={line} />
      </div>
    </Section>
  )
}

function sampleOf(field: FieldSchema): unknown {
  if (field.enum?.length) return field.enum[0]
  switch (Array.isArray(field.type) ? field.type[0] : field.type) {
    case 'number':
    case 'integer':
      return 1
    case 'boolean':
      return true
    case 'array':
      return []
    case 'object':
      return {}
    default:
      return field.format === 'email'
        ? 'a@example.com'
        : field.format === 'date-time'
          ? '2030-01-31T09:00:00Z'
          : field.format === 'date'
            ? '2030-01-31'
            : field.format === 'uri'
              ? 'https://example.com'
              : 'Printer is on fire'
  }
}

const zones = () =>
  (Intl as { supportedValuesOf?: (key: string) => string[] }).supportedValuesOf?.('timeZone') ?? []

function General({ app }: { app: App }) {
  const me = useMe()
  const change = useChangeApp(app.id)
  const toggle = useChangeApp(app.id)
  const [form, setForm] = useState({
    name: app.name,
    description: app.description ?? '',
    timeZone: app.timeZone,
  })
  const fields = change.error instanceof ApiError ? change.error.fields : {}
  const dirty =
    form.name !== app.name || form.description !== (app.description ?? '') || form.timeZone !== app.timeZone
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate(form, { onSuccess: () => toast('Saved.') })
  }
  const all = zones()
  return (
    <>
      <Section title="General" {...(canEdit(me) ? {} : { note: 'Editors, admins and owners change this.' })}>
        <form onSubmit={submit} className="grid gap-4">
          <TextField
            label="Name"
            required
            maxLength={80}
            disabled={!canEdit(me)}
            value={form.name}
            onChange={(e) => setForm({ ...form, name: e.target.value })}
            error={fields['name']}
          />
          <TextField
            label="Description"
            maxLength={200}
            disabled={!canEdit(me)}
            value={form.description}
            onChange={(e) => setForm({ ...form, description: e.target.value })}
            error={fields['description']}
          />
          <SelectField
            label="Time zone"
            help="Schedules follow it, summer time included."
            disabled={!canEdit(me)}
            value={form.timeZone}
            onChange={(e) => setForm({ ...form, timeZone: e.target.value })}
            error={fields['timeZone']}
          >
            {!all.includes(form.timeZone) && <option>{form.timeZone}</option>}
            {all.map((z) => (
              <option key={z}>{z}</option>
            ))}
          </SelectField>
          {change.error && Object.keys(fields).length === 0 && <ErrorNote error={change.error} />}
          {canEdit(me) && (
            <div className="flex justify-end">
              <Button type="submit" kind="primary" disabled={!dirty} busy={change.isPending}>
                Save
              </Button>
            </div>
          )}
        </form>
      </Section>
      <Section title="Backend functions" note="Code that runs on this server for the app.">
        <div className="flex items-center gap-4">
          <p id="functions-help" className="flex-1 text-ink-2">
            {app.backendFunctions
              ? 'On. Flows and calls run their functions.'
              : 'Off. Flows wait, events are kept, calls are refused.'}
          </p>
          <Switch
            label="Backend functions"
            describedBy="functions-help"
            checked={app.backendFunctions}
            disabled={!canEdit(me) || toggle.isPending}
            onChange={(backendFunctions) => toggle.mutate({ backendFunctions }, { onError: toastError })}
          />
        </div>
        {toggle.error && (
          <div className="mt-3">
            <ErrorNote error={toggle.error} />
          </div>
        )}
      </Section>
    </>
  )
}

function Keys({ app }: { app: string }) {
  const me = useMe()
  const list = useQuery(keysQuery(app))
  const create = useCreateKey(app)
  const drop = useDeleteKey(app)
  const [name, setName] = useState('')
  const [leaving, setLeaving] = useState<{ id: string; name: string } | null>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    create.mutate(name.trim(), { onSuccess: () => setName('') })
  }
  return (
    <Section title="API keys" note="For @base44/sdk and other programs that call this app’s API.">
      {create.data && (
        <div className="mb-4 grid gap-2 rounded-lg border border-ok-line bg-ok-soft p-3">
          <p>
            <strong className="font-semibold">{create.data.name}</strong> is shown once. Keep it where secrets
            belong.
          </p>
          <div className="flex flex-wrap items-center gap-2">
            <code className="min-w-0 flex-1 rounded-sm bg-surface px-2 py-1.5 font-mono text-12 break-all">
              {create.data.key}
            </code>
            <Button
              small
              icon={<Copy className="size-3.5" aria-hidden />}
              onClick={() => void copy(create.data.key)}
            >
              Copy
            </Button>
            <Button small kind="ghost" onClick={() => create.reset()}>
              Done
            </Button>
          </div>
        </div>
      )}
      {list.error && <ErrorNote error={list.error} retry={() => void list.refetch()} />}
      <ul className="divide-y divide-line">
        {list.data?.items.map((key) => (
          <li key={key.id} className="flex min-h-10 items-center gap-3 py-1">
            <KeyRound className="size-4 text-ink-3" aria-hidden />
            <span className="min-w-0 flex-1 truncate font-medium">{key.name}</span>
            <span className="text-12 text-ink-3">made {dateOf(key.createdAt)}</span>
            <Button
              small
              kind="ghost"
              disabled={!canEdit(me)}
              onClick={() => setLeaving(key)}
              aria-label={`Delete key ${key.name}`}
            >
              Delete…
            </Button>
          </li>
        ))}
      </ul>
      {list.data?.items.length === 0 && <p className="text-ink-2">No key yet.</p>}
      <form onSubmit={submit} className="mt-3 flex flex-wrap items-end gap-2 border-t border-line pt-3">
        <div className="min-w-48 flex-1">
          <TextField
            label="New key’s name"
            placeholder="Website"
            required
            maxLength={60}
            disabled={!canEdit(me)}
            value={name}
            onChange={(e) => setName(e.target.value)}
          />
        </div>
        <Button type="submit" busy={create.isPending} disabled={!name.trim() || !canEdit(me)}>
          Create key
        </Button>
      </form>
      {create.error && (
        <div className="mt-3">
          <ErrorNote error={create.error} />
        </div>
      )}
      {leaving && (
        <Dialog
          open
          onClose={() => setLeaving(null)}
          title={`Delete the key “${leaving.name}”`}
          footer={
            <>
              <Button onClick={() => setLeaving(null)}>Keep it</Button>
              <Button
                kind="danger"
                busy={drop.isPending}
                onClick={() =>
                  drop.mutate(leaving.id, { onSuccess: () => setLeaving(null), onError: toastError })
                }
              >
                Delete key
              </Button>
            </>
          }
        >
          This cannot be undone. Programs that use it are refused from the next call on.
        </Dialog>
      )}
    </Section>
  )
}
