import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { SquareFunction } from 'lucide-react'
import type { Proposal } from '@/api/types'
import { Code } from '@/components/ui/Code'
import { Badge, Empty, Skeleton } from '@/components/ui/bits'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { functionQuery, functionsQuery } from '@/features/functions/functions.queries'

/** The code of what the chat speaks about: proposed, or as it runs. */
export function FunctionSide({ app, proposal }: { app: string; proposal: Proposal | null }) {
  const list = useQuery(functionsQuery(app))
  const draft = proposal?.status === 'proposed' ? proposal.files.find((f) => f.kind === 'function') : undefined
  const name = draft
    ? ''
    : (list.data?.items.find((f) => f.name === proposal?.functionName)?.name ?? list.data?.items[0]?.name ?? '')
  const detail = useQuery(functionQuery(app, name))
  if (draft) {
    return (
      <div className="grid gap-2">
        <p className="flex items-center gap-2 text-12 text-ink-2">
          <Badge tone="accent">Proposed</Badge> <code className="font-mono">{draft.path}</code>
        </p>
        <Code text={draft.content} label={draft.path} numbers className="bg-surface" />
      </div>
    )
  }
  const error = list.error ?? detail.error
  if (error) return <ErrorNote error={error} retry={() => void list.refetch()} />
  if (list.data && !name) {
    return (
      <Empty icon={<SquareFunction className="size-5" aria-hidden />} title="No function yet">
        Ask for something in the chat. The code it writes is shown here before it runs.
      </Empty>
    )
  }
  if (!detail.data) return <Skeleton className="h-80 rounded-lg" />
  const entry = detail.data.files.find((f) => f.path === detail.data.entry) ?? detail.data.files[0]
  return (
    <div className="grid gap-2">
      <p className="flex items-center gap-2 text-12 text-ink-2">
        <Badge tone="ok">Version {detail.data.version}</Badge>{' '}
        <code className="font-mono">{detail.data.name}</code>
        <Link to="/apps/$app/functions/$name" params={{ app, name }} className="link ml-auto">
          Open in editor
        </Link>
      </p>
      <Code text={entry?.content ?? ''} label={`Code of ${detail.data.name}`} numbers className="bg-surface" />
    </div>
  )
}
