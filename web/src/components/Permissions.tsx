import { Eye, IdCard, Pencil, ShieldAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ScopeClass } from '@/api/types'
import { Badge } from './ui/bits'

const classes = {
  identity: { word: 'Who it is', short: 'Identity', Icon: IdCard },
  read: { word: 'Can read', short: 'Read', Icon: Eye },
  write: { word: 'Can write', short: 'Write', Icon: Pencil },
  admin: { word: 'Broad', short: 'Broad', Icon: ShieldAlert },
} as const

export const classWord = (of: ScopeClass) => classes[of].short

export function ClassIcon({ of, className = 'size-4' }: { of: ScopeClass; className?: string }) {
  const { Icon } = classes[of]
  return <Icon className={`shrink-0 text-ink-3 ${className}`} aria-hidden />
}

export interface PermissionLine {
  scope: string
  plain: string
  class: ScopeClass
  isNew?: boolean
}

/** Class, sentence, raw scope: one row each, broad ones first because they matter most. */
export function PermissionList({ permissions }: { permissions: PermissionLine[] }) {
  const order: ScopeClass[] = ['admin', 'write', 'read', 'identity']
  const sorted = [...permissions].sort((a, b) => order.indexOf(a.class) - order.indexOf(b.class))
  return (
    <ul className="divide-y divide-line rounded-md border border-line bg-surface px-3">
      {sorted.map((p) => (
        <li key={p.scope} className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-0.5 py-1.5">
          <span className="flex w-24 shrink-0 items-center gap-2 text-ink-2 max-sm:w-full">
            <ClassIcon of={p.class} />
            {classes[p.class].word}
          </span>
          <span className="min-w-0 flex-1 basis-40">{p.plain}</span>
          {p.isNew && <Badge tone="accent">New</Badge>}
          <code className="font-mono text-12 break-all text-ink-2">{p.scope}</code>
        </li>
      ))}
    </ul>
  )
}

export function ClassGroup({ of, children, note }: { of: ScopeClass; children: ReactNode; note?: string }) {
  const { short, Icon } = classes[of]
  return (
    <div className="px-4 py-3.5">
      <h3 className="flex items-center gap-2 text-13 font-semibold">
        <Icon className="size-4 text-ink-3" aria-hidden />
        {short}
        {note && <span className="font-normal text-ink-3">{note}</span>}
      </h3>
      <div className="mt-1.5 grid gap-1.5 pl-6">{children}</div>
    </div>
  )
}
