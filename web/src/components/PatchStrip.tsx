import clsx from 'clsx'
import { CalendarClock, Database, Hand, SquareFunction, Webhook, Zap } from 'lucide-react'
import { ConnectorIcon } from './ConnectorIcon'

export type Cable = 'solid' | 'pending' | 'broken'

export interface Jack {
  kind: 'trigger' | 'function' | 'operation'
  label: string
  title: string
  connector: string | null
  icon?: string | null
  isNew?: boolean
}

/** A piece of cable between two jacks: solid is connected, dashed grey not yet, dashed red broken. */
function CablePiece({ cable, draw }: { cable: Cable; draw: boolean }) {
  const tone = cable === 'solid' ? 'stroke-accent' : cable === 'broken' ? 'stroke-bad' : 'stroke-line-field'
  return (
    <span className="relative z-10 -mx-[5px] grid shrink-0 place-items-center max-sm:-my-[7px] max-sm:mr-8 max-sm:ml-auto max-sm:rotate-90">
      <svg width="36" height="20" viewBox="0 0 36 20" fill="none" aria-hidden>
        <path
          d="M7 10C12 10 13 16 18 16S24 10 29 10"
          pathLength={draw ? 1 : undefined}
          className={clsx(tone, draw && 'draw')}
          strokeWidth="2"
          strokeLinecap="round"
          strokeDasharray={cable === 'solid' || draw ? undefined : '3 4'}
        />
        {[5, 31].map((x) => (
          <circle key={x} cx={x} cy="10" r="3.2" className={clsx('fill-surface', tone)} strokeWidth="2" />
        ))}
      </svg>
      <span className="sr-only">
        {cable === 'solid' ? 'connected to' : cable === 'broken' ? 'broken before' : 'not connected yet to'}
      </span>
    </span>
  )
}

function Glyph({ jack }: { jack: Jack }) {
  if (jack.connector) return <ConnectorIcon id={jack.connector} />
  const Icon =
    jack.kind === 'function'
      ? SquareFunction
      : jack.icon === 'schedule' || jack.icon === 'clock'
        ? CalendarClock
        : jack.icon === 'webhook'
          ? Webhook
          : jack.icon === 'manual' || jack.icon === 'hand'
            ? Hand
            : jack.icon === 'vendorEvent'
              ? Zap
              : Database
  return (
    <span className="grid size-8 shrink-0 place-items-center rounded-md border border-line bg-well text-ink-2">
      <Icon className="size-4" aria-hidden />
    </span>
  )
}

/** Under the label "When" a title need not begin with it again. */
function titleOf(jack: Jack): string {
  const rest = jack.title.slice(jack.label.length + 1)
  return rest && jack.title.toLowerCase().startsWith(`${jack.label.toLowerCase()} `)
    ? rest.charAt(0).toUpperCase() + rest.slice(1)
    : jack.title
}

export function PatchStrip({ jacks, cables, draw = -1 }: { jacks: Jack[]; cables: Cable[]; draw?: number }) {
  return (
    <div role="group" aria-label="What is wired to what" className="@container">
      <div className="flex items-stretch max-sm:flex-col">
        {jacks.map((jack, i) => (
          <div key={i} className="contents">
            {i > 0 && <CablePiece cable={cables[i - 1] ?? 'solid'} draw={draw === i - 1} />}
            <div
              className={clsx(
                'flex min-w-0 flex-1 items-center gap-2.5 rounded-md border px-3 py-2',
                // Several jacks in the editor: the glyph stands above, so that the words have the whole width.
                jacks.length > 2 &&
                  'sm:@max-[640px]:flex-col sm:@max-[640px]:items-start sm:@max-[640px]:gap-1.5',
                i > 0 && cables[i - 1] === 'broken' ? 'border-bad-line bg-bad-soft' : 'border-line bg-surface',
              )}
            >
              <Glyph jack={jack} />
              <div className="min-w-0">
                <p className="text-12 text-ink-3">
                  {jack.label} {jack.isNew && <span className="font-medium text-accent-ink">new</span>}
                </p>
                <p className="line-clamp-3 font-medium [overflow-wrap:anywhere]" title={jack.title}>
                  {titleOf(jack)}
                </p>
              </div>
            </div>
          </div>
        ))}
      </div>
    </div>
  )
}
