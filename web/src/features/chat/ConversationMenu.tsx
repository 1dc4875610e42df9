import { useQuery } from '@tanstack/react-query'
import { ChevronDown, History, MessageSquarePlus } from 'lucide-react'
import { Menu, MenuItem, MenuLabel, MenuLine } from '@/components/ui/Menu'
import { useNow } from '@/lib/hooks'
import { relative } from '@/lib/time'
import { conversationsQuery, NEW_CONVERSATION } from './chat.queries'

interface Props {
  app: string
  current: string | null
  editable: boolean
  /** The id of a conversation, or {@link NEW_CONVERSATION}. */
  onOpen: (conversation: string) => void
}

/** The app's conversations, newest first, and a new one. */
export function ConversationMenu({ app, current, editable, onOpen }: Props) {
  const list = useQuery(conversationsQuery(app)).data?.items ?? []
  const now = useNow()
  const open = list.find((c) => c.id === current)
  if (list.length === 0) return null
  return (
    <Menu
      label="Conversations"
      trigger={
        <button
          type="button"
          className="flex h-8 max-w-72 min-w-0 items-center justify-center gap-1.5 rounded-sm px-2 font-medium hover:bg-hover max-sm:size-11"
          aria-label={`Conversation ${open?.title ?? 'new'}, switch`}
        >
          <History className="size-4 shrink-0 text-ink-3 sm:hidden" aria-hidden />
          <span className="truncate max-sm:hidden">{open?.title || 'New conversation'}</span>
          <ChevronDown className="size-4 shrink-0 text-ink-3 max-sm:hidden" aria-hidden />
        </button>
      }
    >
      <MenuLabel>Conversations</MenuLabel>
      {list.map((c) => (
        <MenuItem key={c.id} checked={c.id === current} onSelect={() => onOpen(c.id)}>
          {c.title || 'Untitled'}
          <span className="ml-2 font-normal text-ink-3">{relative(c.updatedAt, now)}</span>
        </MenuItem>
      ))}
      {editable && (
        <>
          <MenuLine />
          <MenuItem icon={<MessageSquarePlus />} onSelect={() => onOpen(NEW_CONVERSATION)}>
            New conversation
          </MenuItem>
        </>
      )}
    </Menu>
  )
}
