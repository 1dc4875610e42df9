import { useQuery } from '@tanstack/react-query'
import { ChevronDown, MessageSquarePlus } from 'lucide-react'
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
          className="flex h-8 max-w-72 min-w-0 items-center gap-1.5 rounded-sm px-2 font-medium hover:bg-hover"
          aria-label={`Conversation ${open?.title ?? 'new'}, switch`}
        >
          <span className="truncate">{open?.title || 'New conversation'}</span>
          <ChevronDown className="size-4 shrink-0 text-ink-3" aria-hidden />
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
