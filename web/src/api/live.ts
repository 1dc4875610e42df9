import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ApiError, openStream, path } from './client'
import { readSse, type ServerEvent } from './sse'
import type { LogLine } from './types'

export type LiveState = 'connecting' | 'live' | 'lost'
export type LiveLog = LogLine & { runId: string }

const logListeners = new Set<(log: LiveLog) => void>()

/** Log lines go past the cache straight to whoever shows them. */
export function onLiveLog(listener: (log: LiveLog) => void) {
  logListeners.add(listener)
  return () => void logListeners.delete(listener)
}

const states = new Map<string, LiveState>()
const stateListeners = new Set<() => void>()

function setState(app: string, state: LiveState) {
  states.set(app, state)
  stateListeners.forEach((listener) => listener())
}

export function useLiveState(app: string): LiveState {
  const [state, set] = useState<LiveState>(() => states.get(app) ?? 'connecting')
  useEffect(() => {
    const listener = () => set(states.get(app) ?? 'connecting')
    stateListeners.add(listener)
    listener()
    return () => void stateListeners.delete(listener)
  }, [app])
  return state
}

/** What an event makes stale. Events only say that something changed; the lists ask the server what, a few times a second at most. */
function staleKeys(app: string, event: ServerEvent): string[][] {
  switch (event.event) {
    case 'run':
      return [['app', app, 'runs'], ['app', app, 'run'], ['app', app, 'flows'], ['app', app, 'flow'], ['apps']]
    case 'connection':
      return [
        ['app', app, 'connections'],
        ['app', app, 'conversation'],
        ['app', app, 'flows'],
        ['app', app, 'flow'],
      ]
    case 'record':
      return [
        ['app', app, 'records'],
        ['app', app, 'entities'],
      ]
    default:
      return []
  }
}

function createInvalidator(client: QueryClient) {
  const pending = new Map<string, string[]>()
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    add(keys: string[][]) {
      for (const key of keys) pending.set(key.join('\n'), key)
      timer ??= setTimeout(() => {
        timer = undefined
        const keysNow = [...pending.values()]
        pending.clear()
        for (const queryKey of keysNow) void client.invalidateQueries({ queryKey })
      }, 250)
    },
    stop: () => clearTimeout(timer),
  }
}

/** One stream per open app. After a break it comes back with growing pauses and reads everything shown again. */
export function useLive(app: string) {
  const client = useQueryClient()
  useEffect(() => {
    const abort = new AbortController()
    const invalidator = createInvalidator(client)
    let wait = 1000
    let timer: ReturnType<typeof setTimeout> | undefined
    let seenOnce = false

    const open = async () => {
      try {
        const stream = await openStream(`${path('apps', app)}/live`, abort.signal)
        setState(app, 'live')
        wait = 1000
        if (seenOnce) void client.invalidateQueries({ queryKey: ['app', app] })
        seenOnce = true
        await readSse(stream, (event) => {
          if (event.event === 'log') {
            const log = JSON.parse(event.data) as LiveLog
            logListeners.forEach((listener) => listener(log))
          } else invalidator.add(staleKeys(app, event))
        })
      } catch (error) {
        if (abort.signal.aborted) return
        // Signed out or no such app: asking again would not help, and the page itself says so.
        if (error instanceof ApiError && [401, 403, 404].includes(error.status)) {
          setState(app, 'lost')
          return
        }
      }
      if (abort.signal.aborted) return
      setState(app, 'lost')
      timer = setTimeout(() => void open(), wait)
      wait = Math.min(wait * 2, 30_000)
    }
    void open()
    return () => {
      abort.abort()
      clearTimeout(timer)
      invalidator.stop()
    }
  }, [app, client])
}
