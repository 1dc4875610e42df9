import { useEffect, useRef } from 'react'

/** Single keys belong to the page only while nobody is typing and no dialog or menu holds the focus. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target.closest('input, textarea, select, [contenteditable="true"], .cm-editor') !== null
  )
}

export function inOverlay(): boolean {
  return document.querySelector('[role="dialog"], [role="menu"], [role="alertdialog"]') !== null
}

export type KeyMap = Record<string, (event: KeyboardEvent) => void>

/**
 * Understands `x`, `Control+x` (also the Mac's command key) and two-key sequences such as `g r` (1.5 s between them).
 * Keys with Control work while typing; the others do not.
 */
export function createKeyHandler(map: () => KeyMap, now: () => number = () => performance.now()) {
  let prefix = ''
  let prefixAt = 0
  return (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return
    const bindings = map()
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    if (event.ctrlKey || event.metaKey) {
      const run = bindings[`Control+${key}`]
      if (run) {
        event.preventDefault()
        run(event)
      }
      return
    }
    if (isTyping(event.target) || inOverlay()) return
    const sequence = prefix && now() - prefixAt < 1500 ? `${prefix} ${key}` : ''
    prefix = ''
    const run = bindings[sequence] ?? bindings[key]
    if (run) {
      event.preventDefault()
      run(event)
      return
    }
    if (Object.keys(bindings).some((binding) => binding.startsWith(`${key} `))) {
      prefix = key
      prefixAt = now()
    }
  }
}

export function useKeys(map: KeyMap) {
  const latest = useRef(map)
  useEffect(() => {
    latest.current = map
  })
  useEffect(() => {
    const handler = createKeyHandler(() => latest.current)
    window.addEventListener('keydown', handler)
    return () => window.removeEventListener('keydown', handler)
  }, [])
}

/** J and K move the focus through the rows on the page; Enter then works by itself, because a row is a link. */
export function moveInList(step: 1 | -1) {
  const rows = [...document.querySelectorAll<HTMLElement>('main [data-row]')].filter(
    (row) => row.offsetParent !== null,
  )
  if (rows.length === 0) return
  const at = rows.findIndex(
    (row) => row === document.activeElement || row.closest('tr, li')?.contains(document.activeElement),
  )
  const next = at < 0 ? (step === 1 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + step))
  rows[next]?.focus()
  rows[next]?.scrollIntoView({ block: 'nearest' })
}

export function focusSearch() {
  document.querySelector<HTMLInputElement>('main [data-search]')?.focus()
}
