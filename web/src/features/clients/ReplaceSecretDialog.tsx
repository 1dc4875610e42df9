import { useId, useState, type FormEvent } from 'react'
import type { OAuthClient } from '@/api/types'
import { Button } from '@/components/ui/Button'
import { Dialog } from '@/components/ui/Dialog'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { TextField } from '@/components/ui/Field'
import { toast } from '@/components/ui/toast'
import { useChangeClient } from './clients.queries'

export function ReplaceSecretDialog({ client, onClose }: { client: OAuthClient; onClose: () => void }) {
  const form = useId()
  const change = useChangeClient()
  const [secret, setSecret] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate(
      { id: client.id, clientSecret: secret },
      {
        onSuccess: () => {
          toast('The secret is replaced.')
          onClose()
        },
      },
    )
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Replace the secret of “${client.name}”`}
      description="Connections stay: the vendor’s tokens belong to the client id. The next refresh uses the new secret."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form={form} busy={change.isPending}>
            Replace secret
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="grid gap-4" autoComplete="off">
        <TextField
          label="New client secret"
          help="Replace it here before you delete the old one at the vendor."
          type="password"
          autoComplete="new-password"
          required
          className="font-mono"
          value={secret}
          onChange={(e) => setSecret(e.target.value)}
        />
        {change.error && <ErrorNote error={change.error} />}
      </form>
    </Dialog>
  )
}
