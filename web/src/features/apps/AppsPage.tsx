import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { LayoutGrid, Plus } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { ApiError } from '@/api/client'
import type { App } from '@/api/types'
import { Badge, Empty, PageHead, Skeleton } from '@/components/ui/bits'
import { Button } from '@/components/ui/Button'
import { Dialog } from '@/components/ui/Dialog'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { TextField } from '@/components/ui/Field'
import { canEdit, useMe } from '@/features/session/session.queries'
import { useTitle } from '@/lib/hooks'
import { count } from '@/lib/words'
import { Page, TopBar } from '@/shell/TopBar'
import { appsQuery, useCreateApp } from './apps.queries'

export function AppsPage() {
  useTitle('Apps')
  const me = useMe()
  const apps = useQuery(appsQuery)
  const [creating, setCreating] = useState(false)
  const add = canEdit(me) && (
    <Button kind="primary" icon={<Plus className="size-4" aria-hidden />} onClick={() => setCreating(true)}>
      New app…
    </Button>
  )
  return (
    <>
      <TopBar crumbs={[{ label: me.workspace.name }, { label: 'Apps' }]} />
      <Page>
        <PageHead
          title="Apps"
          actions={apps.data?.items.length ? add : null}
          aside={
            <Badge>
              <span className="capitalize">{me.workspace.plan}</span>
            </Badge>
          }
        >
          Everything {me.workspace.name} has built here. You are{' '}
          {me.teammate.role === 'owner'
            ? 'its owner'
            : `${me.teammate.role === 'viewer' ? 'a' : 'an'} ${me.teammate.role}`}
          .
        </PageHead>
        {apps.error && <ErrorNote error={apps.error} retry={() => void apps.refetch()} />}
        {apps.isPending && (
          <div role="status" className="grid grid-cols-[repeat(auto-fill,minmax(280px,1fr))] gap-3">
            <span className="sr-only">Loading apps</span>
            {[0, 1, 2].map((i) => (
              <Skeleton key={i} className="h-36 rounded-lg" />
            ))}
          </div>
        )}
        {apps.data?.items.length === 0 && (
          <Empty icon={<LayoutGrid className="size-5" aria-hidden />} title="No app yet" action={add}>
            An app holds data, functions, flows and the accounts they may use. For example: a help desk that
            tells #support about each new ticket.
          </Empty>
        )}
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(280px,100%),1fr))] gap-3">
          {apps.data?.items.map((app) => (
            <AppCard key={app.id} app={app} />
          ))}
        </ul>
      </Page>
      <NewAppDialog open={creating} onClose={() => setCreating(false)} />
    </>
  )
}

function AppCard({ app }: { app: App }) {
  const { counts } = app
  return (
    <li className="card relative flex min-h-36 flex-col p-4 transition-colors hover:border-line-strong">
      <h2 className="text-16 font-semibold">
        <Link to="/apps/$app" params={{ app: app.id }} data-row className="row-link">
          {app.name}
        </Link>
      </h2>
      <p className="mt-0.5 line-clamp-2 text-ink-2">{app.description || 'No description yet'}</p>
      <p className="mt-auto pt-3 text-12 text-ink-3">
        {count(counts.flows, 'flow')} · {count(counts.functions, 'function')} ·{' '}
        {count(counts.connections, 'connection')}
      </p>
      <p className="mt-1 flex items-center gap-2 text-12 text-ink-3">
        {counts.runs24h > 0 ? `${count(counts.runs24h, 'run')} in 24 hours` : 'No runs in 24 hours'}
        {counts.failed24h > 0 && <Badge tone="bad">{counts.failed24h} failed</Badge>}
      </p>
    </li>
  )
}

function NewAppDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const navigate = useNavigate()
  const create = useCreateApp()
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const fields = create.error instanceof ApiError ? create.error.fields : {}
  const submit = (event: FormEvent) => {
    event.preventDefault()
    create.mutate(
      description.trim() ? { name: name.trim(), description: description.trim() } : { name: name.trim() },
      { onSuccess: (app) => void navigate({ to: '/apps/$app', params: { app: app.id } }) },
    )
  }
  return (
    <Dialog open={open} onClose={onClose} title="New app" description="What it does is said next, in the chat.">
      <form onSubmit={submit} className="grid gap-4">
        <TextField
          label="Name"
          required
          maxLength={80}
          autoFocus
          value={name}
          onChange={(e) => setName(e.target.value)}
          error={fields['name']}
          placeholder="Help desk"
        />
        <TextField
          label="Description (optional)"
          maxLength={200}
          value={description}
          onChange={(e) => setDescription(e.target.value)}
          error={fields['description']}
        />
        {create.error && Object.keys(fields).length === 0 && <ErrorNote error={create.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" busy={create.isPending} disabled={name.trim() === ''}>
            Create app
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
