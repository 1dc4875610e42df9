import type { Flow, Trigger } from '@/api/types'
import type { Cable, Jack } from '@/components/PatchStrip'
import { cronWords } from '@/lib/words'
import { conditionWords } from './conditionWords'

const verbs = { create: 'created', update: 'changed', delete: 'deleted' } as const

export function triggerWords(trigger: Trigger): { label: string; title: string } {
  switch (trigger.kind) {
    case 'record': {
      const { event, onlyIf } = conditionWords(trigger.condition, trigger.on)
      return {
        label: onlyIf ? `When, only if ${onlyIf}` : 'When',
        title: `${trigger.entity ?? 'Record'} ${event ? `changed: ${event}` : verbs[trigger.on ?? 'create']}`,
      }
    }
    case 'schedule':
      return { label: 'Schedule', title: trigger.cron ? cronWords(trigger.cron) : 'On a schedule' }
    case 'webhook':
      return { label: 'When', title: 'A webhook arrives' }
    case 'vendorEvent':
      return { label: 'When', title: 'Something happens at the vendor' }
    case 'manual':
      return { label: 'When', title: 'Somebody starts it' }
  }
}

/** The flow as jacks: what starts it, the function, and each tool it reaches. A tool that fails is on a broken cable. */
export function flowStrip(
  flow: Flow,
  nameOf: (connector: string) => string,
  health: (connector: string) => Cable,
): { jacks: Jack[]; cables: Cable[] } {
  const jacks: Jack[] = [
    { kind: 'trigger', ...triggerWords(flow.trigger), connector: null, icon: flow.trigger.kind },
    { kind: 'function', label: 'Function', title: flow.functionName, connector: null },
    ...flow.connectors.map((c): Jack => ({
      kind: 'operation',
      label: 'Through',
      title: nameOf(c),
      connector: c,
    })),
  ]
  return { jacks, cables: ['solid', ...flow.connectors.map(health)] }
}
