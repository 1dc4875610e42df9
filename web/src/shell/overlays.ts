import { useSyncExternalStore } from 'react'

/** Which of the two page-wide overlays is open. They are opened from keys, menus and buttons alike. */
export type Overlay = 'palette' | 'keys' | null
let open: Overlay = null
const listeners = new Set<() => void>()

function set(next: Overlay) {
  open = next
  listeners.forEach((listener) => listener())
}

export const openPalette = () => set('palette')
export const openKeys = () => set('keys')
export const closeOverlay = () => set(null)

export function useOverlay(): Overlay {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => open,
  )
}
