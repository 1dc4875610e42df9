import { useQuery } from '@tanstack/react-query'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { ChatMode, Conversation } from '@/api/types'
import { ConnectorIcon } from '@/components/ConnectorIcon'
import { Skeleton } from '@/components/ui/bits'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { Logo } from '@/components/Logo'
import { SwitchOn } from '@/features/apps/SwitchOn'
import { catalogQuery } from '@/features/catalog/catalog.queries'
import { canEdit, useMe } from '@/features/session/session.queries'
import { useSend } from './chat.queries'
import { ChatMessage } from './ChatMessage'
import { Composer } from './Composer'

interface Props {
  app: string
  conversation: string | null
  data: Conversation | undefined
  loading: boolean
  error: unknown
  retry: () => void
  /** Words brought from elsewhere (an example, the palette); they wait in the composer, they are not sent. */
  draft: string
  onDraftTaken: () => void
  /** The first message made this conversation. */
  onStarted: (conversation: string) => void
}

export function Chat({
  app,
  conversation,
  data,
  loading,
  error,
  retry,
  draft,
  onDraftTaken,
  onStarted,
}: Props) {
  const me = useMe()
  const editable = canEdit(me)
  const send = useSend(app, conversation)
  const [text, setText] = useState(draft)
  const [mode, setMode] = useState<ChatMode>('build')
  const box = useRef<HTMLTextAreaElement>(null)
  const end = useRef<HTMLDivElement>(null)

  const [taken, setTaken] = useState(draft)
  if (draft && draft !== taken) {
    setTaken(draft)
    setText(draft)
  }
  useEffect(() => {
    if (!draft) return
    box.current?.focus()
    onDraftTaken()
  }, [draft, onDraftTaken])

  const messages = data?.messages ?? []
  const lastId = messages[messages.length - 1]?.id
  const pending = send.isPending ? send.variables?.text : undefined
  useLayoutEffect(() => {
    end.current?.scrollIntoView({ block: 'end' })
  }, [lastId, pending])

  const lastQuestion = messages[messages.length - 1]?.question
  const submit = (words: string, questionId?: string) => {
    const outgoing = questionId ? { text: words, mode, questionId } : { text: words, mode }
    setText('')
    send.mutate(outgoing, {
      onSuccess: ({ id }) => conversation === null && onStarted(id),
      onError: () => setText(words),
    })
  }
  const say = (words: string) => {
    if (words) setText(words)
    box.current?.focus()
  }
  const composer = (large: boolean) => (
    <>
      <div className="mb-3 empty:hidden">
        <SwitchOn app={app} />
      </div>
      <Composer
        ref={box}
        large={large}
        text={text}
        onText={setText}
        mode={mode}
        onMode={setMode}
        busy={send.isPending}
        disabled={!editable}
        onSend={() => submit(text.trim(), lastQuestion?.freeText ? lastQuestion.id : undefined)}
      />
    </>
  )

  if (error && !data) {
    return (
      <div className="p-6">
        <ErrorNote error={error} retry={retry} />
      </div>
    )
  }
  if (loading && !data) return <ChatSkeleton />
  if (messages.length === 0 && !send.isPending) {
    return (
      <div className="scroll-thin grid h-full content-start overflow-y-auto px-7 pt-16 pb-6 max-sm:px-4 max-sm:pt-8">
        <h2 className="text-center text-28 font-semibold">What should this app do?</h2>
        <p className="mt-1.5 mb-6 text-center text-14 text-ink-2">
          Say it in your words. You see every change and every permission before it counts.
        </p>
        {composer(true)}
        {send.error && (
          <div className="mt-3">
            <ErrorNote error={send.error} />
          </div>
        )}
        <Examples onPick={say} />
      </div>
    )
  }
  return (
    <div className="flex h-full flex-col">
      <h2 className="sr-only">Chat</h2>
      <div
        tabIndex={0}
        role="region"
        aria-label="Conversation"
        className="scroll-thin min-h-0 flex-1 overflow-y-auto px-7 pt-5 max-sm:px-3.5"
      >
        <ol className="grid list-none grid-cols-[minmax(0,1fr)] gap-4" aria-live="polite">
          {messages.map((message, i) => (
            <ChatMessage
              key={message.id}
              app={app}
              message={message}
              last={i === messages.length - 1}
              editable={editable}
              sandbox={me.server.sandboxUrl !== null}
              busy={send.isPending}
              answer={submit}
              say={say}
            />
          ))}
          {pending && (
            <>
              <li className="flex justify-end pl-12">
                <p className="rounded-lg bg-hover px-3.5 py-2 text-14 whitespace-pre-wrap">{pending}</p>
              </li>
              <li className="flex items-center gap-2.5 text-ink-2">
                <Logo size={20} />
                <span className="fade [animation-delay:400ms]">Working out what this needs</span>
              </li>
            </>
          )}
          {send.error && (
            <li>
              <ErrorNote error={send.error} />
            </li>
          )}
        </ol>
        <div ref={end} className="h-5" />
      </div>
      <div className="px-5 pb-4 max-sm:px-3 max-sm:pb-3">{composer(false)}</div>
    </div>
  )
}

function Examples({ onPick }: { onPick: (text: string) => void }) {
  const catalog = useQuery(catalogQuery)
  const examples = (catalog.data?.items ?? [])
    .flatMap((c) => c.examples.slice(0, 3).map((e) => ({ connector: c.id, text: e.text })))
    .slice(0, 6)
  if (examples.length === 0) return null
  return (
    <section aria-label="Examples" className="mt-8">
      <h3 className="mb-1 font-semibold">Or start from one of these</h3>
      <ul className="divide-y divide-line border-y border-line">
        {examples.map((example) => (
          <li key={example.text}>
            <button
              type="button"
              onClick={() => onPick(example.text)}
              className="flex min-h-11 w-full items-center gap-3 px-1 py-1.5 text-left hover:bg-well"
            >
              <ConnectorIcon id={example.connector} size="sm" />
              {example.text}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function ChatSkeleton() {
  return (
    <div role="status" className="grid gap-4 p-7">
      <span className="sr-only">Loading the conversation</span>
      <Skeleton className="ml-auto h-10 w-64 rounded-lg" />
      <Skeleton className="h-4 w-96 max-w-full" />
      <Skeleton className="h-72 rounded-lg" />
    </div>
  )
}
