import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import clsx from 'clsx'
import { Ellipsis, Keyboard, KeyRound, LogOut, Monitor, Moon, Sun, Users } from 'lucide-react'
import { useState } from 'react'
import { Menu, MenuItem, MenuLabel, MenuLine } from '@/components/ui/Menu'
import { toastError } from '@/components/ui/toast'
import { PasswordDialog } from '@/features/session/PasswordDialog'
import { signOut, useMe } from '@/features/session/session.queries'
import { setTheme, themeChoice, type ThemeChoice } from '@/lib/theme'
import { initials } from '@/lib/words'
import { openKeys } from './overlays'

export function PersonMenu({ rail }: { rail: boolean }) {
  const me = useMe()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [theme, set] = useState<ThemeChoice>(themeChoice)
  const [password, setPassword] = useState(false)
  const choose = (choice: ThemeChoice) => () => {
    setTheme(choice)
    set(choice)
  }
  const leave = async () => {
    try {
      await signOut()
      client.clear()
      await navigate({ to: '/sign-in' })
    } catch (error) {
      toastError(error)
    }
  }
  const face = (
    <span
      aria-hidden
      className="grid size-7 shrink-0 place-items-center rounded-full border border-line bg-surface text-11 font-semibold text-ink-2"
    >
      {initials(me.teammate.name)}
    </span>
  )
  const menu = (
    <Menu
      align="start"
      label="You"
      trigger={
        <button
          type="button"
          aria-label={`${me.teammate.name}, ${me.teammate.role}: menu`}
          className={clsx(
            'flex items-center gap-2.5 rounded-md text-left hover:bg-hover',
            rail ? 'size-9 justify-center' : 'border-t border-line px-1 pt-2 pb-1',
          )}
        >
          {face}
          {!rail && (
            <>
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{me.teammate.name}</span>
                <span className="block text-12 text-ink-3 capitalize">{me.teammate.role}</span>
              </span>
              <Ellipsis className="size-4 text-ink-3" aria-hidden />
            </>
          )}
        </button>
      }
    >
      <MenuLabel>{me.teammate.email}</MenuLabel>
      <MenuItem icon={<Monitor />} checked={theme === 'system'} onSelect={choose('system')}>
        Theme of the system
      </MenuItem>
      <MenuItem icon={<Sun />} checked={theme === 'light'} onSelect={choose('light')}>
        Light
      </MenuItem>
      <MenuItem icon={<Moon />} checked={theme === 'dark'} onSelect={choose('dark')}>
        Dark
      </MenuItem>
      <MenuLine />
      <MenuItem icon={<Users />} onSelect={() => void navigate({ to: '/team' })}>
        Team
      </MenuItem>
      <MenuItem icon={<KeyRound />} onSelect={() => setPassword(true)}>
        {me.hasPassword ? 'Change password…' : 'Choose a password…'}
      </MenuItem>
      <MenuItem icon={<Keyboard />} hint="?" onSelect={openKeys}>
        All keys
      </MenuItem>
      <MenuItem icon={<LogOut />} onSelect={() => void leave()}>
        Sign out
      </MenuItem>
      <MenuLine />
      <MenuLabel>Patchbay {me.server.version}</MenuLabel>
    </Menu>
  )
  return (
    <>
      {menu}
      {password && <PasswordDialog onClose={() => setPassword(false)} />}
    </>
  )
}
