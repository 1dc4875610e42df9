import type { OAuthClient } from '@/api/types'
import { Button } from '@/components/ui/Button'
import { Dialog } from '@/components/ui/Dialog'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { toast } from '@/components/ui/toast'
import { useRemoveClient } from './clients.queries'

export function RemoveClientDialog({ client, onClose }: { client: OAuthClient; onClose: () => void }) {
  const remove = useRemoveClient()
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Remove the client “${client.name}”`}
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            kind="danger"
            busy={remove.isPending}
            onClick={() =>
              remove.mutate(client.id, {
                onSuccess: () => {
                  toast(`${client.name} is removed.`)
                  onClose()
                },
              })
            }
          >
            Remove client
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <p>
          Its secret is destroyed here; at the vendor the client stays until you delete it there. It cannot be
          removed while connections rest on it.
        </p>
        {remove.error && <ErrorNote error={remove.error} />}
      </div>
    </Dialog>
  )
}
