import { useQuery } from '@tanstack/react-query'
import { Ellipsis, KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import type { Connector, OAuthClient } from '@/api/types'
import { Badge, SkeletonRows } from '@/components/ui/bits'
import { Button, IconButton } from '@/components/ui/Button'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { Menu, MenuItem, MenuLine } from '@/components/ui/Menu'
import { toast, toastError } from '@/components/ui/toast'
import { catalogQuery } from '@/features/catalog/catalog.queries'
import { count } from '@/lib/words'
import { AddClientDialog } from './AddClientDialog'
import { RemoveClientDialog } from './RemoveClientDialog'
import { ReplaceSecretDialog } from './ReplaceSecretDialog'
import { clientsQuery, useChangeClient } from './clients.queries'

type Doing = { act: 'add' } | { act: 'secret' | 'remove'; client: OAuthClient } | null

/** @param first Id of the client that a connect takes unasked. */
export function ClientList({ connector, first }: { connector: Connector; first: string | undefined }) {
  const list = useQuery(clientsQuery(connector.vendor))
  const family = (useQuery(catalogQuery).data?.items ?? []).filter((c) => c.vendor === connector.vendor)
  const change = useChangeClient()
  const [doing, setDoing] = useState<Doing>(null)
  const clients = (list.data?.items ?? []).filter(
    (c) => c.connectors.length === 0 || c.connectors.includes(connector.id),
  )
  const done = () => setDoing(null)
  return (
    <div className="card">
      {list.error && <ErrorNote error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <SkeletonRows rows={2} height="h-14" />}
      <ul aria-label="OAuth clients" className="divide-y divide-line">
        {clients.map((client) => (
          <li key={client.id} className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1 px-3.5 py-2">
            <KeyRound className="size-4 shrink-0 text-ink-3" aria-hidden />
            <div className="min-w-0 flex-1 basis-48">
              <p className="flex flex-wrap items-center gap-2">
                <span className="font-medium [overflow-wrap:anywhere]">{client.name}</span>
                {client.id === first ? (
                  <Badge tone="accent">Default</Badge>
                ) : (
                  // Another goes before it here: the workspace's own, or one that names this connector.
                  client.isDefault && <Badge>Default elsewhere</Badge>
                )}
                {client.instance && <Badge>Whole server</Badge>}
                {client.connectors.length > 0 && (
                  <Badge>
                    {client.connectors.map((id) => family.find((c) => c.id === id)?.name ?? id).join(', ')}
                  </Badge>
                )}
              </p>
              <p className="font-mono text-12 break-all text-ink-3">{client.clientId}</p>
            </div>
            <span className="text-12 text-ink-3">
              {client.hasSecret ? 'Secret kept' : 'No secret'},{' '}
              {client.connections === 0 ? 'unused' : count(client.connections, 'connection')}
            </span>
            {!client.instance && (
              <Menu
                label={`What to do with ${client.name}`}
                trigger={
                  <IconButton label={`More for ${client.name}`}>
                    <Ellipsis className="size-4" aria-hidden />
                  </IconButton>
                }
              >
                <MenuItem onSelect={() => setDoing({ act: 'secret', client })}>Replace secret…</MenuItem>
                {!client.isDefault && (
                  <MenuItem
                    onSelect={() =>
                      change.mutate(
                        { id: client.id, isDefault: true },
                        { onSuccess: () => toast(`${client.name} is the default.`), onError: toastError },
                      )
                    }
                  >
                    Make the default
                  </MenuItem>
                )}
                <MenuLine />
                <MenuItem onSelect={() => setDoing({ act: 'remove', client })}>Remove…</MenuItem>
              </Menu>
            )}
          </li>
        ))}
      </ul>
      {list.data && clients.length === 0 && <p className="px-3.5 pt-3.5 text-ink-2">No client yet.</p>}
      <div className="flex justify-end p-3.5">
        <Button icon={<Plus className="size-4" aria-hidden />} onClick={() => setDoing({ act: 'add' })}>
          Add OAuth client…
        </Button>
      </div>
      {doing?.act === 'add' && <AddClientDialog connector={connector} family={family} onClose={done} />}
      {doing?.act === 'secret' && <ReplaceSecretDialog client={doing.client} onClose={done} />}
      {doing?.act === 'remove' && <RemoveClientDialog client={doing.client} onClose={done} />}
    </div>
  )
}
