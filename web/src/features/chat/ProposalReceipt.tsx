import { Link } from '@tanstack/react-router'
import { CircleCheck, CircleSlash, Undo2 } from 'lucide-react'
import type { Proposal } from '@/api/types'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { clock } from '@/lib/time'
import { listed } from '@/lib/words'
import type { ProposalActions } from './ProposalCard'
import { Files } from './ProposalFiles'

/** What a proposal shrinks to once it is decided. */
export function Receipt({
  app,
  proposal,
  actions,
  editable,
}: {
  /** Without it the receipt has no way to its flow. */
  app?: string | undefined
  proposal: Proposal
  actions: ProposalActions
  editable: boolean
}) {
  const accepted = proposal.status === 'accepted'
  const waiting = proposal.requirements.filter((r) => r.state !== 'connected').map((r) => r.connectorName)
  return (
    <article
      aria-label={accepted ? 'Accepted change' : 'Earlier proposal'}
      className="card grid grid-cols-[minmax(0,1fr)]"
    >
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1 px-3.5 py-2.5">
        {accepted ? (
          <CircleCheck className="size-4 shrink-0 text-ok" aria-hidden />
        ) : proposal.status === 'undone' ? (
          <Undo2 className="size-4 shrink-0 text-ink-3" aria-hidden />
        ) : (
          <CircleSlash className="size-4 shrink-0 text-ink-3" aria-hidden />
        )}
        <p className={`min-w-0 flex-1 basis-60 ${accepted ? '' : 'text-ink-2'}`}>
          <strong className="font-semibold">
            {accepted
              ? `Accepted${proposal.acceptedAt ? ` ${clock(proposal.acceptedAt)}` : ''}.`
              : proposal.status === 'undone'
                ? 'Undone.'
                : 'Replaced.'}
          </strong>{' '}
          <span className="text-ink-2">{proposal.sentence}</span>
          {accepted && waiting.length > 0 && (
            <span className="text-warn-ink"> It waits for {listed(waiting)}.</span>
          )}
        </p>
        {accepted && app && proposal.flowId && (
          <Link
            to="/apps/$app/flows/$flow"
            params={{ app, flow: proposal.flowId }}
            className="link px-1 py-0.5"
          >
            Open flow
          </Link>
        )}
        {accepted && (
          <button
            type="button"
            className="link px-1 py-0.5 disabled:opacity-50"
            onClick={actions.undo}
            disabled={!editable || actions.busy !== null}
          >
            Undo
          </button>
        )}
      </div>
      {accepted && Boolean(actions.error) && (
        <div className="px-3.5 pb-3">
          <ErrorNote error={actions.error} />
        </div>
      )}
      {accepted && <Files files={proposal.files} />}
    </article>
  )
}
