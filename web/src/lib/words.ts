export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`
}

/** "a, b and c" */
export function listed(items: string[]): string {
  if (items.length < 2) return items.join('')
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`
}

/** Field names as people write them: "customer_email" and "customerEmail" become "Customer email". */
export function fieldLabel(name: string): string {
  const spaced = name
    .replace(/_/g, ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}

export function initials(name: string): string {
  const parts = name.trim().split(/\s+/)
  return (
    ((parts[0]?.[0] ?? '') + (parts.length > 1 ? (parts[parts.length - 1]?.[0] ?? '') : '')).toUpperCase() ||
    '?'
  )
}

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** The common five-field schedules in words; anything else is shown as it is written. */
export function cronWords(cron: string): string {
  const [minute, hour, dom, month, dow] = cron.trim().split(/\s+/)
  if (minute === undefined || hour === undefined || month !== '*') return cron
  const every = /^\*\/(\d+)$/.exec(minute)
  if (every && hour === '*' && dom === '*' && dow === '*')
    return every[1] === '1' ? 'Every minute' : `Every ${every[1]} minutes`
  if (!/^\d+$/.test(minute)) return cron
  if (hour === '*' && dom === '*' && dow === '*')
    return minute === '0' ? 'Every hour' : `Every hour at :${minute.padStart(2, '0')}`
  if (!/^\d+$/.test(hour)) return cron
  const at = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`
  if (dom === '*' && dow === '*') return `Every day at ${at}`
  if (dom === '*' && dow === '1-5') return `Weekdays at ${at}`
  if (dom === '*' && dow && /^[0-6]$/.test(dow)) return `${days[Number(dow)]}s at ${at}`
  if (dow === '*' && dom && /^\d+$/.test(dom)) return `Day ${dom} of each month at ${at}`
  return cron
}

/** A stored value of any kind as text for a field or a cell. */
export function plainText(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return value === null || value === undefined ? '' : JSON.stringify(value)
}
