import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Braces, Ellipsis, Plus, Search, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { PageHead, SkeletonRows } from '@/components/ui/bits'
import { Button, IconButton } from '@/components/ui/Button'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { Menu, MenuItem } from '@/components/ui/Menu'
import { appQuery } from '@/features/apps/apps.queries'
import { canAdmin, canEdit, useMe } from '@/features/session/session.queries'
import { useTitle } from '@/lib/hooks'
import { count, plainText } from '@/lib/words'
import { Page, TopBar } from '@/shell/TopBar'
import { DeleteEntity } from './DeleteEntity'
import { EntitySchema } from './EntitySchema'
import { RecordDrawer } from './RecordDrawer'
import { entitiesQuery, recordsQuery } from './records.queries'
import { RecordsTable } from './RecordsTable'

export function EntityPage() {
  const { app, entity: name } = useParams({ from: '/authed/apps/$app/data/$entity' })
  const search = useSearch({ from: '/authed/apps/$app/data/$entity' })
  const navigate = useNavigate()
  const me = useMe()
  useTitle(name)
  const self = useQuery(appQuery(app))
  const entities = useQuery(entitiesQuery(app))
  const records = useInfiniteQuery(recordsQuery(app, name))
  const entity = entities.data?.items.find((e) => e.name === name)
  const [words, setWords] = useState('')
  const [open, setOpen] = useState<'schema' | 'delete' | null>(null)
  const to = (next: { create?: boolean; record?: string }) =>
    void navigate({ to: '/apps/$app/data/$entity', params: { app, entity: name }, search: next })
  const record = records.data?.pages.flatMap((p) => p.items).find((r) => r.id === search.record)
  const wanted = words.toLowerCase()
  return (
    <>
      <TopBar
        crumbs={[
          { label: self.data?.name ?? 'App', to: '/apps/$app', params: { app } },
          { label: 'Data', to: '/apps/$app/data', params: { app } },
          { label: name },
        ]}
      />
      <Page>
        <PageHead
          title={name}
          actions={
            <>
              {entity && (
                <Button icon={<Braces className="size-4" aria-hidden />} onClick={() => setOpen('schema')}>
                  Schema…
                </Button>
              )}
              {canEdit(me) && (
                <Button
                  kind="primary"
                  icon={<Plus className="size-4" aria-hidden />}
                  onClick={() => to({ create: true })}
                >
                  New record…
                </Button>
              )}
              {entity && canAdmin(me) && (
                <Menu
                  label="Entity actions"
                  trigger={
                    <IconButton label="Entity: more">
                      <Ellipsis className="size-4" aria-hidden />
                    </IconButton>
                  }
                >
                  <MenuItem icon={<Trash2 />} danger onSelect={() => setOpen('delete')}>
                    Delete {entity.name}…
                  </MenuItem>
                </Menu>
              )}
            </>
          }
        >
          {entity
            ? `${count(entity.recordCount, 'record')}, newest first. Changes appear here at once.`
            : 'Records of this app.'}
        </PageHead>
        {entities.error && <ErrorNote error={entities.error} retry={() => void entities.refetch()} />}
        {entities.isPending && (
          <div className="card">
            <SkeletonRows rows={8} />
          </div>
        )}
        {entities.data && !entity && (
          <p className="card p-8 text-center text-ink-2">This app has no entity named {name}.</p>
        )}
        {entity && (
          <>
            <div className="relative mb-3 w-66 max-sm:w-full">
              <Search className="absolute top-2 left-2.5 size-4 text-ink-3 max-sm:top-3.5" aria-hidden />
              <input
                type="search"
                data-search
                aria-label={`Search loaded ${name} records`}
                placeholder="Search"
                value={words}
                onChange={(e) => setWords(e.target.value)}
                className="field pl-8 max-sm:h-11 max-sm:text-16"
              />
            </div>
            <div className="card framed overflow-hidden">
              <RecordsTable
                app={app}
                entity={entity}
                onOpen={(r) => to({ record: r.id })}
                {...(wanted
                  ? {
                      filter: (r) => Object.values(r).some((v) => plainText(v).toLowerCase().includes(wanted)),
                    }
                  : {})}
              />
            </div>
            {open === 'schema' && (
              <EntitySchema app={app} entity={entity} editable={canEdit(me)} onClose={() => setOpen(null)} />
            )}
            {open === 'delete' && <DeleteEntity app={app} entity={entity} onClose={() => setOpen(null)} />}
            {(search.create || record) && (
              <RecordDrawer
                key={record?.id ?? 'new'}
                app={app}
                entity={entity}
                record={record ?? null}
                editable={canEdit(me)}
                onClose={() => to({})}
              />
            )}
          </>
        )}
      </Page>
    </>
  )
}
