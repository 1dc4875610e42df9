import { ArrowUp, Hammer, LoaderCircle, MessageCircle } from 'lucide-react'
import type { FormEvent, KeyboardEvent, Ref } from 'react'
import type { ChatMode } from '@/api/types'
import { Segmented } from '@/components/ui/bits'

interface Props {
  text: string
  onText: (text: string) => void
  mode: ChatMode
  onMode: (mode: ChatMode) => void
  onSend: () => void
  busy: boolean
  disabled: boolean
  large?: boolean
  ref?: Ref<HTMLTextAreaElement>
}

export function Composer({ text, onText, mode, onMode, onSend, busy, disabled, large, ref }: Props) {
  const ready = text.trim() !== '' && !busy && !disabled
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) onSend()
  }
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      if (ready) onSend()
    }
  }
  return (
    <form
      onSubmit={submit}
      data-composer
      className="rounded-xl border border-line-field bg-surface transition-colors focus-within:border-accent focus-within:outline-3 focus-within:outline-accent-soft"
    >
      <textarea
        ref={ref}
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={keys}
        disabled={disabled}
        rows={large ? 3 : 2}
        aria-label="What should this app do?"
        placeholder={
          disabled
            ? 'Viewers can read the chat. Ask an editor for a change.'
            : large
              ? 'When a ticket is opened, tell #support and …'
              : mode === 'discuss'
                ? 'Ask about this app; nothing is changed'
                : 'Ask for a change, or describe the next thing'
        }
        className="field-sizing-content block max-h-60 min-h-14 w-full resize-none bg-transparent px-3.5 pt-3 text-14 outline-none max-sm:text-16"
      />
      <div className="flex items-center gap-2 p-2">
        <Segmented
          label="Mode"
          value={mode}
          onChange={onMode}
          options={[
            { value: 'build', label: 'Build', icon: <Hammer className="size-3.5" aria-hidden /> },
            { value: 'discuss', label: 'Discuss', icon: <MessageCircle className="size-3.5" aria-hidden /> },
          ]}
        />
        <span className="ml-auto text-12 text-ink-3 max-sm:hidden">Ctrl Enter sends</span>
        <button
          type="submit"
          disabled={!ready}
          aria-label={busy ? 'Sending' : 'Send'}
          className="grid size-8 place-items-center rounded-md bg-accent text-on-accent transition-colors enabled:hover:bg-accent-hover disabled:bg-hover disabled:text-ink-3 max-sm:ml-auto max-sm:size-11"
        >
          {busy ? (
            <LoaderCircle className="spin size-4" aria-hidden />
          ) : (
            <ArrowUp className="size-4" aria-hidden />
          )}
        </button>
      </div>
    </form>
  )
}
