import type { Connection } from '@/api/types'
import { Button } from '@/components/ui/Button'
import { Dialog } from '@/components/ui/Dialog'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { toast } from '@/components/ui/toast'
import { listed } from '@/lib/words'
import { useDisconnect } from './connections.queries'

export function DisconnectDialog({
  app,
  connection,
  name,
  onClose,
  onGone,
}: {
  app: string
  connection: Connection
  name: string
  onClose: () => void
  onGone: () => void
}) {
  const leave = useDisconnect(app)
  const flows = connection.usedBy.filter((u) => u.kind === 'flow').map((u) => u.name)
  const functions = connection.usedBy.filter((u) => u.kind === 'function').map((u) => u.name)
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Disconnect ${name}`}
      description={connection.accountLabel ?? undefined}
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            kind="danger"
            busy={leave.isPending}
            onClick={() =>
              leave.mutate(connection.id, {
                onSuccess: () => {
                  toast(`${name} is disconnected. Its key is destroyed.`)
                  onClose()
                  onGone()
                },
              })
            }
          >
            Disconnect
          </Button>
        </>
      }
    >
      <p className="mb-2">This cannot be undone. To use {name} again, somebody signs in to it again.</p>
      <ul className="list-disc pl-5 text-ink-2">
        {flows.length > 0 && (
          <li>
            {flows.length === 1 ? 'The flow' : 'The flows'} {listed(flows)}{' '}
            {flows.length === 1 ? 'waits' : 'wait'}; new events are kept.
          </li>
        )}
        {functions.length > 0 && (
          <li>
            Calls of {listed(functions)} to {name} are refused.
          </li>
        )}
        {connection.usedBy.length === 0 && <li>Nothing in this app uses it now.</li>}
        <li>The stored sign-in is destroyed on this server. Records and functions stay.</li>
      </ul>
      {leave.error && (
        <div className="mt-3">
          <ErrorNote error={leave.error} />
        </div>
      )}
    </Dialog>
  )
}
