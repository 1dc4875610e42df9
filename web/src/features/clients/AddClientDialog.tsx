import { useId, useState, type FormEvent } from 'react'
import { ApiError } from '@/api/client'
import type { Connector } from '@/api/types'
import { Button } from '@/components/ui/Button'
import { Dialog } from '@/components/ui/Dialog'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { SelectField, TextField } from '@/components/ui/Field'
import { toast } from '@/components/ui/toast'
import { useAddClient } from './clients.queries'

interface Props {
  connector: Connector
  /** Every connector of the vendor. */
  family: Connector[]
  onClose: () => void
}

export function AddClientDialog({ connector, family, onClose }: Props) {
  const form = useId()
  const add = useAddClient()
  const [fields, setFields] = useState({ name: 'Production', clientId: '', clientSecret: '', only: false })
  const wrong = add.error instanceof ApiError ? add.error.fields : {}
  const submit = (event: FormEvent) => {
    event.preventDefault()
    add.mutate(
      {
        vendor: connector.vendor,
        connectors: fields.only ? [connector.id] : [],
        name: fields.name.trim(),
        clientId: fields.clientId.trim(),
        clientSecret: fields.clientSecret === '' ? null : fields.clientSecret,
      },
      {
        onSuccess: (client) => {
          toast(`${client.name} is added.`)
          onClose()
        },
      },
    )
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Add an OAuth client for ${connector.name}`}
      description="Of your own, from the vendor’s page. Connections made before keep theirs."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form={form} busy={add.isPending}>
            Add client
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="grid gap-4" autoComplete="off">
        <TextField
          label="Name"
          help="For you, such as Production or Test. The first one is the default."
          required
          maxLength={80}
          value={fields.name}
          onChange={(e) => setFields({ ...fields, name: e.target.value })}
          error={wrong['name']}
        />
        <TextField
          label="Client id"
          required
          maxLength={300}
          spellCheck={false}
          className="font-mono"
          value={fields.clientId}
          onChange={(e) => setFields({ ...fields, clientId: e.target.value })}
          error={wrong['clientId']}
        />
        <TextField
          label="Client secret"
          help="Sealed at once and never shown again, to nobody. Leave it empty only for a client that has none."
          type="password"
          autoComplete="new-password"
          spellCheck={false}
          className="font-mono"
          value={fields.clientSecret}
          onChange={(e) => setFields({ ...fields, clientSecret: e.target.value })}
        />
        {family.length > 1 && (
          <SelectField
            label="Used for"
            value={fields.only ? 'one' : 'all'}
            onChange={(e) => setFields({ ...fields, only: e.target.value === 'one' })}
          >
            <option value="all">Every connector of this vendor ({family.length})</option>
            <option value="one">{connector.name} only</option>
          </SelectField>
        )}
        {add.error && Object.keys(wrong).length === 0 && <ErrorNote error={add.error} />}
      </form>
    </Dialog>
  )
}
