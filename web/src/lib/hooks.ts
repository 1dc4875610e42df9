import { useEffect, useState, useSyncExternalStore } from 'react'

/** A shared clock for relative times: one timer however many rows show it. */
const clockListeners = new Set<() => void>()
let clockNow = Date.now()
let clockTimer: ReturnType<typeof setInterval> | undefined

function subscribeClock(listener: () => void) {
  clockListeners.add(listener)
  clockTimer ??= setInterval(() => {
    clockNow = Date.now()
    clockListeners.forEach((call) => call())
  }, 5000)
  return () => {
    clockListeners.delete(listener)
    if (clockListeners.size === 0) {
      clearInterval(clockTimer)
      clockTimer = undefined
    }
  }
}

export function useNow(): number {
  const now = useSyncExternalStore(subscribeClock, () => clockNow)
  return now
}

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(query)
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    () => matchMedia(query).matches,
  )
}

export const usePhone = () => useMedia('(max-width: 639px)')

export function useTitle(title: string) {
  useEffect(() => {
    document.title = title ? `${title} · Patchbay` : 'Patchbay'
  }, [title])
}

/** The value as it was before typing paused. */
export function useDebounced<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return settled
}
