import { fieldLabel, listed } from '@/lib/words'

interface Part {
  field: string
  op: string
  value?: string | number | boolean | null
  turns?: boolean
}

/** A record trigger's condition in words. On a change, `event` is what has to come true by it; null for every change. */
export interface ConditionWords {
  event: string | null
  onlyIf: string | null
}

const states: Record<string, string> = {
  '==': 'is',
  '!=': 'is not',
  '>': 'is above',
  '>=': 'is at least',
  '<': 'is below',
  '<=': 'is at most',
}

const turns: Record<string, string> = {
  '==': 'becomes',
  '!=': 'stops being',
  '>': 'rises above',
  '>=': 'reaches at least',
  '<': 'falls below',
  '<=': 'falls to at most',
}

/** Text that is no condition is shown as it is written. */
export function conditionWords(
  condition: string | null,
  on: 'create' | 'update' | 'delete' | null,
): ConditionWords {
  const parts = condition === null ? [] : read(condition)
  if (parts === null) return { event: null, onlyIf: condition }
  if (on !== 'update') return { event: null, onlyIf: say(parts, states) }
  const marked = parts.filter((p) => p.turns)
  // Without a mark all of them together are the event, as the server reads it.
  if (marked.length === 0) return { event: say(parts, turns), onlyIf: null }
  return {
    event: say(marked, turns),
    onlyIf: say(
      parts.filter((p) => !p.turns),
      states,
    ),
  }
}

function say(parts: Part[], verbs: Record<string, string>): string | null {
  if (parts.length === 0) return null
  return listed(
    parts.map((p) =>
      p.op === 'changed'
        ? `${fieldLabel(p.field)} changes`
        : `${fieldLabel(p.field)} ${verbs[p.op] ?? p.op} ${(p.value ?? null) === null ? 'empty' : String(p.value)}`,
    ),
  )
}

function read(text: string): Part[] | null {
  try {
    const parsed: unknown = JSON.parse(text)
    if (!Array.isArray(parsed)) return null
    const parts = parsed.map((p: Record<string, unknown>) => ({ ...p, op: p.op ?? p.operator }) as Part)
    return parts.every((p) => typeof p.field === 'string' && typeof p.op === 'string') ? parts : null
  } catch {
    return null
  }
}
