import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import {
  LayoutGrid,
  Keyboard,
  MessageSquareText,
  RefreshCw,
  Route,
  ScrollText,
  Search,
  SquareFunction,
  Database,
  Users,
} from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { ConnectorIcon } from '@/components/ConnectorIcon'
import { Kbd } from '@/components/ui/bits'
import { toastError } from '@/components/ui/toast'
import { appsQuery } from '@/features/apps/apps.queries'
import { catalogQuery } from '@/features/catalog/catalog.queries'
import { connectionsQuery, useConnect } from '@/features/connections/connections.queries'
import { flowsQuery } from '@/features/flows/flows.queries'
import { functionsQuery } from '@/features/functions/functions.queries'
import { entitiesQuery } from '@/features/records/records.queries'
import { nav } from './nav'
import { closeOverlay, openKeys } from './overlays'

function Item({
  value,
  icon,
  title,
  note,
  keys,
  run,
}: {
  value: string
  icon: ReactNode
  title: string
  note?: string | undefined
  keys?: string[]
  run: () => void
}) {
  return (
    <Command.Item
      value={value}
      onSelect={() => {
        closeOverlay()
        run()
      }}
      className="flex min-h-10 cursor-pointer items-center gap-3 rounded-md px-2.5 data-[selected=true]:bg-accent-soft max-sm:min-h-11"
    >
      <span className="grid size-6 place-items-center text-ink-2 [&>svg]:size-4">{icon}</span>
      <span className="truncate font-medium">{title}</span>
      {note && <span className="min-w-0 truncate text-ink-3">{note}</span>}
      {keys && (
        <span className="ml-auto flex gap-1">
          {keys.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </span>
      )}
    </Command.Item>
  )
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="pt-2 [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-12 [&_[cmdk-group-heading]]:text-ink-3"
    >
      {children}
    </Command.Group>
  )
}

export function Palette({ app }: { app: string | undefined }) {
  const navigate = useNavigate()
  const [search, setSearch] = useState('')
  const apps = useQuery(appsQuery)
  return (
    <Command.Dialog
      open
      onOpenChange={(open) => !open && closeOverlay()}
      label="Search or jump"
      overlayClassName="fade fixed inset-0 z-40 bg-scrim"
      contentClassName="pop fixed top-[12vh] left-1/2 z-50 w-[min(660px,calc(100vw-16px))] -translate-x-1/2 rounded-xl bg-surface shadow-lift"
    >
      <div className="flex items-center gap-3 border-b border-line px-4">
        <Search className="size-5 text-ink-2" aria-hidden />
        <Command.Input
          value={search}
          onValueChange={setSearch}
          placeholder="Search or jump"
          className="h-13 w-full bg-transparent text-16 outline-none"
        />
      </div>
      <Command.List className="scroll-thin max-h-[min(460px,60vh)] overflow-y-auto px-2 pb-2">
        <Command.Empty className="px-3 py-8 text-center text-ink-2">Nothing is named like that.</Command.Empty>
        {app && <InApp app={app} search={search} />}
        <Group heading="Apps">
          {apps.data?.items.map((a) => (
            <Item
              key={a.id}
              value={`app ${a.name} ${a.id}`}
              icon={<LayoutGrid />}
              title={a.name}
              note={a.description ?? undefined}
              run={() => void navigate({ to: '/apps/$app', params: { app: a.id } })}
            />
          ))}
          <Item
            value="all apps"
            icon={<LayoutGrid />}
            title="All apps"
            keys={['G', 'A']}
            run={() => void navigate({ to: '/' })}
          />
          <Item
            value="team teammates roles"
            icon={<Users />}
            title="Team"
            run={() => void navigate({ to: '/team' })}
          />
          <Item
            value="audit log who did what"
            icon={<ScrollText />}
            title="Audit"
            run={() => void navigate({ to: '/audit' })}
          />
          <Item
            value="all keys keyboard shortcuts"
            icon={<Keyboard />}
            title="All keys"
            keys={['?']}
            run={openKeys}
          />
        </Group>
      </Command.List>
      <div className="flex items-center gap-4 rounded-b-xl border-t border-line bg-well px-4 py-2 text-12 text-ink-2 max-sm:hidden">
        <span className="flex items-center gap-1.5">
          <Kbd>↑</Kbd>
          <Kbd>↓</Kbd> Move
        </span>
        <span className="flex items-center gap-1.5">
          <Kbd>↵</Kbd> Open
        </span>
        <span className="flex items-center gap-1.5">
          <Kbd>Esc</Kbd> Close
        </span>
      </div>
    </Command.Dialog>
  )
}

const goKeys: Record<string, string> = { Build: 'B', Integrations: 'I', Flows: 'F', Runs: 'R', Data: 'D' }

function InApp({ app, search }: { app: string; search: string }) {
  const navigate = useNavigate()
  const connect = useConnect(app)
  const connections = useQuery(connectionsQuery(app)).data?.items ?? []
  const catalog = useQuery(catalogQuery).data?.items ?? []
  const flows = useQuery(flowsQuery(app)).data?.items ?? []
  const functions = useQuery(functionsQuery(app)).data?.items ?? []
  const entities = useQuery(entitiesQuery(app)).data?.items ?? []
  const nameOf = (id: string) => catalog.find((c) => c.id === id)?.name ?? id
  return (
    <>
      <Group heading="Go to">
        {nav.map((item) => (
          <Item
            key={item.to}
            value={`go ${item.label}`}
            icon={<item.icon />}
            title={item.label}
            {...(goKeys[item.label] ? { keys: ['G', goKeys[item.label]!] } : {})}
            run={() => void navigate({ to: item.to, params: { app } })}
          />
        ))}
      </Group>
      {connections.some((c) => c.state !== 'disconnected') && (
        <Group heading="Integrations">
          {connections
            .filter((c) => c.state !== 'disconnected')
            .flatMap((c) => [
              <Item
                key={c.id}
                value={`${nameOf(c.connector)} access ${c.accountLabel} ${c.id}`}
                icon={<ConnectorIcon id={c.connector} size="sm" />}
                title={`${nameOf(c.connector)} access`}
                note={c.accountLabel ?? undefined}
                run={() =>
                  void navigate({ to: '/apps/$app/integrations', params: { app }, search: { access: c.id } })
                }
              />,
              <Item
                key={`${c.id}r`}
                value={`reconnect ${nameOf(c.connector)} ${c.id}`}
                icon={<RefreshCw />}
                title={`Reconnect ${nameOf(c.connector)}`}
                run={() => connect.mutate({ connector: c.connector, realm: c.realm }, { onError: toastError })}
              />,
            ])}
        </Group>
      )}
      {flows.length > 0 && (
        <Group heading="Flows">
          {flows.map((flow) => (
            <Item
              key={flow.id}
              value={`flow ${flow.name} ${flow.sentence} ${flow.connectors.join(' ')}`}
              icon={<Route />}
              title={flow.name}
              note={flow.sentence}
              run={() => void navigate({ to: '/apps/$app/flows/$flow', params: { app, flow: flow.id } })}
            />
          ))}
        </Group>
      )}
      {functions.length > 0 && (
        <Group heading="Functions">
          {functions.map((f) => (
            <Item
              key={f.name}
              value={`function ${f.name} ${f.connectors.join(' ')}`}
              icon={<SquareFunction />}
              title={f.name}
              note={`version ${f.version}`}
              run={() => void navigate({ to: '/apps/$app/functions/$name', params: { app, name: f.name } })}
            />
          ))}
        </Group>
      )}
      {entities.length > 0 && (
        <Group heading="Data">
          {entities.map((e) => (
            <Item
              key={e.name}
              value={`entity data ${e.name}`}
              icon={<Database />}
              title={e.name}
              note={`${e.recordCount} records`}
              run={() => void navigate({ to: '/apps/$app/data/$entity', params: { app, entity: e.name } })}
            />
          ))}
        </Group>
      )}
      <Group heading="Tools">
        {catalog.map((c) => (
          <Item
            key={c.id}
            value={`tool ${c.name} ${c.vendor} ${c.description}`}
            icon={<ConnectorIcon id={c.id} size="sm" />}
            title={c.name}
            note={c.description}
            run={() =>
              void navigate({
                to: '/apps/$app/integrations/browse/$connector',
                params: { app, connector: c.id },
              })
            }
          />
        ))}
      </Group>
      {search.trim() && (
        <Group heading="Chat">
          <Item
            value={`ask in chat ${search}`}
            icon={<MessageSquareText />}
            title={`Ask in chat: “${search.trim()}”`}
            run={() => void navigate({ to: '/apps/$app', params: { app }, search: { say: search.trim() } })}
          />
        </Group>
      )}
    </>
  )
}
