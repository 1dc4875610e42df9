export interface Toast {
  id: number
  text: string
  tone: 'plain' | 'bad'
  action?: { label: string; run: () => void } | undefined
}

type Listener = (toasts: Toast[]) => void
let toasts: Toast[] = []
let nextId = 1
const listeners = new Set<Listener>()

function publish(next: Toast[]) {
  toasts = next
  listeners.forEach((listener) => listener(toasts))
}

export function toast(text: string, options: Partial<Pick<Toast, 'tone' | 'action'>> = {}) {
  // Three at most: a fourth pushes the oldest out.
  publish([...toasts, { id: nextId++, text, tone: options.tone ?? 'plain', action: options.action }].slice(-3))
}

export function toastError(error: unknown) {
  toast(error instanceof Error ? error.message : 'That failed without a reason.', { tone: 'bad' })
}

export function dismissToast(id: number) {
  publish(toasts.filter((t) => t.id !== id))
}

export function subscribeToasts(listener: Listener) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export const currentToasts = () => toasts
