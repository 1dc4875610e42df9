import { useNavigate } from '@tanstack/react-router'
import { Ellipsis, Pencil, Trash2 } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import type { Flow } from '@/api/types'
import { Button, IconButton } from '@/components/ui/Button'
import { Dialog } from '@/components/ui/Dialog'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { TextField } from '@/components/ui/Field'
import { Menu, MenuItem, MenuLine } from '@/components/ui/Menu'
import { toast, toastError } from '@/components/ui/toast'
import { useChangeFlow, useDeleteFlow } from './flows.queries'

export function FlowMenu({ app, flow, editable }: { app: string; flow: Flow; editable: boolean }) {
  const [open, setOpen] = useState<'rename' | 'delete' | null>(null)
  return (
    <>
      <Menu
        label="Flow actions"
        trigger={
          <IconButton label="Flow: more">
            <Ellipsis className="size-4" aria-hidden />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil />} disabled={!editable} onSelect={() => setOpen('rename')}>
          Rename…
        </MenuItem>
        <MenuLine />
        <MenuItem icon={<Trash2 />} danger disabled={!editable} onSelect={() => setOpen('delete')}>
          Delete…
        </MenuItem>
      </Menu>
      {open === 'rename' && <Rename app={app} flow={flow} onClose={() => setOpen(null)} />}
      {open === 'delete' && <Delete app={app} flow={flow} onClose={() => setOpen(null)} />}
    </>
  )
}

function Rename({ app, flow, onClose }: { app: string; flow: Flow; onClose: () => void }) {
  const change = useChangeFlow(app)
  const [name, setName] = useState(flow.name)
  const wanted = name.trim()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const before = flow.name
    if (wanted !== before)
      change.mutate(
        { id: flow.id, name: wanted },
        {
          onError: toastError,
          onSuccess: () =>
            toast('Renamed.', {
              action: { label: 'Undo', run: () => change.mutate({ id: flow.id, name: before }) },
            }),
        },
      )
    onClose()
  }
  return (
    <Dialog open onClose={onClose} title="Rename the flow">
      <form onSubmit={submit} className="grid gap-4">
        <TextField
          label="Name"
          required
          autoFocus
          maxLength={120}
          value={name}
          onChange={(e) => setName(e.target.value)}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" disabled={wanted === ''}>
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function Delete({ app, flow, onClose }: { app: string; flow: Flow; onClose: () => void }) {
  const drop = useDeleteFlow(app)
  const navigate = useNavigate()
  const gone = () => {
    onClose()
    toast(`“${flow.name}” is deleted.`)
    void navigate({ to: '/apps/$app/flows', params: { app } })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="Delete the flow"
      description={flow.name}
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button kind="danger" busy={drop.isPending} onClick={() => drop.mutate(flow.id, { onSuccess: gone })}>
            Delete
          </Button>
        </>
      }
    >
      <p className="mb-2">This cannot be undone. To pause it instead, switch it off.</p>
      <ul className="list-disc pl-5 text-ink-2">
        <li>Nothing starts it any more, and events that come now are not kept for it.</li>
        <li>
          The function {flow.functionName} stays, and so do the accounts it uses. Past runs stay in the list.
        </li>
      </ul>
      {drop.error && (
        <div className="mt-3">
          <ErrorNote error={drop.error} />
        </div>
      )}
    </Dialog>
  )
}
