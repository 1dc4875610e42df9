import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { onLiveLog, useLiveState, type LiveLog } from '@/api/live'
import { Dot } from '@/components/ui/bits'
import { clockMs } from '@/lib/time'

const most = 200

/** Lines as they come; the newest stays in view. */
export function LiveLogs({ app }: { app: string }) {
  const [logs, setLogs] = useState<LiveLog[]>([])
  const state = useLiveState(app)
  useEffect(() => onLiveLog((log) => setLogs((old) => [...old, log].slice(-most))), [])
  return (
    <section aria-label="Live logs" className="shrink-0 border-t border-line">
      <div className="flex h-9 items-center gap-3 border-b border-line px-4">
        <h2 className="font-semibold">Live logs</h2>
        <span className="inline-flex items-center gap-1.5 text-12 text-ink-2">
          <Dot tone={state === 'live' ? 'ok' : 'warn'} />{' '}
          {state === 'live' ? 'Following this app' : 'Not connected, trying again'}
        </span>
      </div>
      <div
        role="log"
        tabIndex={0}
        aria-label="Log lines"
        className="scroll-thin h-32 overflow-y-auto px-4 py-2 font-mono text-12/5"
      >
        {logs.map((log, i) => (
          <p key={i}>
            <span className="text-ink-3">{clockMs(log.time)}</span>{' '}
            <Link to="/apps/$app/runs/$run" params={{ app, run: log.runId }} className="text-accent-ink">
              {log.runId.slice(-6)}
            </Link>{' '}
            <span className={log.level === 'error' ? 'text-bad-ink' : ''}>{log.message}</span>
          </p>
        ))}
        <p className="text-ink-3">waiting for the next run</p>
      </div>
    </section>
  )
}
