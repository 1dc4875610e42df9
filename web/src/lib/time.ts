const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Short and exact: "now", "12 min ago", "2 h ago", "3 days ago", then a date. Future times read "in 5 min". */
export function relative(iso: string, now: number): string {
  const then = Date.parse(iso)
  if (Number.isNaN(then)) return iso
  const gap = now - then
  const size = Math.abs(gap)
  const say = (text: string) => (gap >= 0 ? `${text} ago` : `in ${text}`)
  if (size < 10_000) return 'now'
  if (size < minute) return say(`${Math.floor(size / 1000)} s`)
  if (size < hour) return say(`${Math.floor(size / minute)} min`)
  if (size < day) return say(`${Math.floor(size / hour)} h`)
  if (size < 7 * day) {
    const days = Math.floor(size / day)
    return say(days === 1 ? '1 day' : `${days} days`)
  }
  return dateOf(iso)
}

export function dateOf(iso: string): string {
  return new Date(iso).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
}

export function clock(iso: string): string {
  return new Date(iso).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
}

export function clockMs(iso: string): string {
  const at = new Date(iso)
  return `${at.toLocaleTimeString('en-GB')}.${String(at.getMilliseconds()).padStart(3, '0')}`
}

/** Date and time for a list, to the second. */
export function moment(iso: string): string {
  return `${dateOf(iso)}, ${new Date(iso).toLocaleTimeString('en-GB')}`
}

export function exact(iso: string): string {
  return new Date(iso).toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'long' })
}

export function duration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return '–'
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < minute) return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  const minutes = Math.round(seconds / 60)
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

export function bytes(n: number): string {
  if (n < 1000) return `${n} B`
  if (n < 1_000_000) return `${(n / 1000).toFixed(1)} kB`
  return `${(n / 1_000_000).toFixed(1)} MB`
}
