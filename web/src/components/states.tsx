import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleX,
  Clock3,
  LoaderCircle,
  RotateCw,
  TriangleAlert,
  Unplug,
} from 'lucide-react'
import type { ComponentType } from 'react'
import type { ConnectionState, Flow, Realm, RunStatus } from '@/api/types'
import { Badge } from './ui/bits'

type Icon = ComponentType<{ className?: string; 'aria-hidden'?: boolean }>
type Look = { word: string; icon: Icon; icon_: string; text: string }

const look = (word: string, icon: Icon, iconClass: string, text = 'text-ink'): Look => ({
  word,
  icon,
  icon_: iconClass,
  text,
})

function State({ of }: { of: Look }) {
  return (
    <span className={`inline-flex items-center gap-1.5 align-middle font-medium whitespace-nowrap ${of.text}`}>
      <of.icon className={`size-4 shrink-0 ${of.icon_}`} aria-hidden />
      {of.word}
    </span>
  )
}

const healths: Record<ConnectionState, Look> = {
  connected: look('Healthy', CircleCheck, 'text-ok'),
  needsYou: look('Needs you', TriangleAlert, 'text-warn', 'text-warn-ink'),
  partialGrant: look('Partial grant', CircleDashed, 'text-warn', 'text-warn-ink'),
  failed: look('Failed', CircleX, 'text-bad', 'text-bad-ink'),
  disconnected: look('Disconnected', Unplug, 'text-ink-3', 'text-ink-2'),
}

export const Health = ({ state }: { state: ConnectionState }) => <State of={healths[state]} />

const runs: Record<RunStatus, Look> = {
  queued: look('Queued', Clock3, 'text-ink-3', 'text-ink-2'),
  running: look('Running', LoaderCircle, 'spin text-accent-ink', 'text-accent-ink'),
  succeeded: look('Succeeded', CircleCheck, 'text-ok'),
  retrying: look('Retrying', RotateCw, 'text-warn', 'text-warn-ink'),
  deadLetter: look('Dead letter', CircleAlert, 'text-bad', 'text-bad-ink'),
  paused: look('Paused', CirclePause, 'text-warn', 'text-warn-ink'),
  cancelled: look('Cancelled', Ban, 'text-ink-3', 'text-ink-2'),
}

export const runStatuses = Object.entries(runs).map(([value, { word }]) => ({
  value: value as RunStatus,
  word,
}))
export const RunState = ({ status }: { status: RunStatus }) => <State of={runs[status]} />

export function FlowState({ flow }: { flow: Pick<Flow, 'state'> }) {
  if (flow.state === 'on') return <Badge tone="ok">On</Badge>
  if (flow.state === 'off') return <Badge>Off</Badge>
  if (flow.state === 'paused') return <Badge tone="warn">Paused</Badge>
  return <Badge tone="warn">Waiting for a connection</Badge>
}

export const RealmBadge = ({ realm }: { realm: Realm }) =>
  realm === 'sandbox' ? (
    <span className="stripes inline-flex h-5 items-center rounded-xs p-px text-12 font-medium text-warn-ink">
      <span className="rounded-[3px] bg-warn-soft px-1.5">Sandbox</span>
    </span>
  ) : (
    <Badge>Live</Badge>
  )
