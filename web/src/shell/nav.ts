import { Activity, Database, MessageSquareText, Plug, Route, Settings2, SquareFunction } from 'lucide-react'
import type { App } from '@/api/types'

export const nav = [
  { to: '/apps/$app', label: 'Build', icon: MessageSquareText, group: '', exact: true },
  { to: '/apps/$app/data', label: 'Data', icon: Database, group: '', count: (a: App) => a.counts.entities },
  {
    to: '/apps/$app/functions',
    label: 'Functions',
    icon: SquareFunction,
    group: '',
    count: (a: App) => a.counts.functions,
  },
  { to: '/apps/$app/flows', label: 'Flows', icon: Route, group: '', count: (a: App) => a.counts.flows },
  { to: '/apps/$app/integrations', label: 'Integrations', icon: Plug, group: 'Connect' },
  { to: '/apps/$app/runs', label: 'Runs', icon: Activity, group: 'Operate' },
  { to: '/apps/$app/settings', label: 'Settings', icon: Settings2, group: 'Operate' },
] as const

export const groups = ['', 'Connect', 'Operate'] as const
