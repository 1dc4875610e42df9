import { CircleAlert, X } from 'lucide-react'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { currentToasts, dismissToast, subscribeToasts, type Toast } from './toast'

const lifetime = 6000

function ToastView({ toast }: { toast: Toast }) {
  const [held, setHeld] = useState(false)
  const left = useRef(lifetime)

  useEffect(() => {
    if (held) return
    const since = performance.now()
    const timer = setTimeout(() => dismissToast(toast.id), left.current)
    return () => {
      clearTimeout(timer)
      left.current = Math.max(1500, left.current - (performance.now() - since))
    }
  }, [held, toast.id])

  return (
    <li
      className="pop pointer-events-auto flex min-h-10 max-w-140 items-center gap-3 rounded-lg bg-ink py-2 pr-2 pl-3 text-13 text-surface shadow-lift"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {toast.tone === 'bad' && <CircleAlert className="size-4 shrink-0" aria-label="Problem" />}
      <span className="min-w-0 flex-1">{toast.text}</span>
      {toast.action && (
        <button
          type="button"
          className="rounded-sm bg-surface/15 px-2.5 py-1 font-medium hover:bg-surface/25"
          onClick={() => {
            toast.action?.run()
            dismissToast(toast.id)
          }}
        >
          {toast.action.label}
        </button>
      )}
      <button
        type="button"
        aria-label="Dismiss"
        className="grid size-7 place-items-center rounded-sm hover:bg-surface/15"
        onClick={() => dismissToast(toast.id)}
      >
        <X className="size-3.5" aria-hidden />
      </button>
    </li>
  )
}

export function Toaster() {
  const toasts = useSyncExternalStore(subscribeToasts, currentToasts)
  return (
    <div role="status">
      <ol className="toasts pointer-events-none fixed inset-x-4 bottom-4 z-60 grid list-none justify-items-center gap-2 max-sm:bottom-18">
        {toasts.map((toast) => (
          <ToastView key={toast.id} toast={toast} />
        ))}
      </ol>
    </div>
  )
}
