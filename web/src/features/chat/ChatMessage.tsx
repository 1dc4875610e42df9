import { Fragment } from 'react'
import type { Message } from '@/api/types'
import { Logo } from '@/components/Logo'
import { Button } from '@/components/ui/Button'
import { toast } from '@/components/ui/toast'
import { ConnectHint } from '@/features/connections/ConnectHint'
import { useConnect } from '@/features/connections/connections.queries'
import { useProposalAct } from './chat.queries'
import { ProposalCard, type ProposalActions } from './ProposalCard'

/** The planner marks names with `**` and code with backticks; everything else is plain text. */
export function Prose({ text }: { text: string }) {
  return text.split(/(\*\*[^*]+\*\*|`[^`]+`)/).map((part, i) =>
    part.startsWith('**') && part.endsWith('**') && part.length > 4 ? (
      <strong key={i} className="font-semibold">
        {part.slice(2, -2)}
      </strong>
    ) : part.startsWith('`') && part.endsWith('`') && part.length > 2 ? (
      <code key={i} className="rounded-xs bg-hover px-1 font-mono text-12">
        {part.slice(1, -1)}
      </code>
    ) : (
      <Fragment key={i}>{part}</Fragment>
    ),
  )
}

interface Props {
  app: string
  message: Message
  last: boolean
  editable: boolean
  sandbox: boolean
  busy: boolean
  answer: (text: string, questionId: string) => void
  say: (text: string) => void
}

export function ChatMessage({ app, message, last, editable, sandbox, busy, answer, say }: Props) {
  if (message.role === 'user') {
    return (
      <li className="flex justify-end pl-12">
        <p className="rounded-lg bg-hover px-3.5 py-2 text-14 break-words whitespace-pre-wrap">
          <span className="sr-only">You: </span>
          {message.text}
        </p>
      </li>
    )
  }
  const { question, decline, proposal } = message
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {(message.text || question || decline) && (
        <div className="flex gap-2.5">
          <span className="pt-0.5">
            <Logo size={20} />
          </span>
          <div className="grid min-w-0 flex-1 gap-3 text-14">
            <span className="sr-only">Patchbay: </span>
            {message.text && (
              <p className="break-words whitespace-pre-wrap">
                <Prose text={message.text} />
              </p>
            )}
            {question && (
              <div className="grid gap-2" role="group" aria-label={question.text}>
                {question.text !== message.text && <p className="font-medium">{question.text}</p>}
                {question.choices.length > 0 && (
                  <div className="flex flex-wrap gap-2">
                    {question.choices.map((choice) => (
                      <Button
                        key={choice.value}
                        disabled={!last || busy || !editable}
                        onClick={() => answer(choice.value, question.id)}
                      >
                        {choice.label}
                      </Button>
                    ))}
                  </div>
                )}
                {question.freeText && last && <p className="text-12 text-ink-3">Or write the answer below.</p>}
              </div>
            )}
            {decline && (
              <div className="card grid gap-2 p-3.5 text-13">
                <p>{decline.reason}</p>
                {decline.understood.length > 0 && (
                  <div>
                    <p className="text-12 text-ink-3">What was understood</p>
                    <ul className="mt-1 flex flex-wrap gap-1.5">
                      {decline.understood.map((part) => (
                        <li key={part} className="rounded-xs bg-hover px-1.5 text-12/5 text-ink-2">
                          {part}
                        </li>
                      ))}
                    </ul>
                  </div>
                )}
                {decline.nearest && (
                  <div className="flex flex-wrap items-center gap-2">
                    <span className="text-12 text-ink-3">Nearest that works</span>
                    <button type="button" className="link text-left" onClick={() => say(decline.nearest ?? '')}>
                      {decline.nearest}
                    </button>
                  </div>
                )}
              </div>
            )}
          </div>
        </div>
      )}
      {proposal && <LiveProposal app={app} message={message} editable={editable} sandbox={sandbox} say={say} />}
    </li>
  )
}

function LiveProposal({
  app,
  message,
  editable,
  sandbox,
  say,
}: Pick<Props, 'app' | 'message' | 'editable' | 'sandbox' | 'say'>) {
  const proposal = message.proposal!
  const act = useProposalAct(app, proposal.id)
  const connect = useConnect(app)
  const actions: ProposalActions = {
    busy: connect.isPending ? 'connect' : act.isPending ? (act.variables?.act ?? null) : null,
    error: connect.error ?? act.error,
    connect: (requirement, realm) =>
      connect.mutate({
        connector: requirement.connector,
        scopes: requirement.permissions.map((p) => p.scope),
        proposalId: proposal.id,
        realm,
      }),
    skip: (requirement) => act.mutate({ act: 'skip', connector: requirement.connector }),
    accept: () =>
      act.mutate(
        { act: 'accept' },
        {
          onSuccess: () =>
            toast('Accepted. The flow is saved.', {
              action: { label: 'Undo', run: () => act.mutate({ act: 'undo' }) },
            }),
        },
      ),
    undo: () => act.mutate({ act: 'undo' }),
    change: () => say(''),
  }
  return (
    <ProposalCard
      app={app}
      proposal={proposal}
      actions={actions}
      editable={editable}
      sandbox={sandbox}
      hint={(connector) => <ConnectHint app={app} connector={connector} />}
    />
  )
}
