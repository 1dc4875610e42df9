import { Outlet, useNavigate, useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { Toaster } from '@/components/ui/Toaster'
import { focusSearch, moveInList, useKeys } from '@/lib/keys'
import { KeysDialog } from './KeysDialog'
import { closeOverlay, openKeys, openPalette, useOverlay } from './overlays'

const Palette = lazy(() => import('./Palette').then((m) => ({ default: m.Palette })))

/** Everything below a sign-in: page-wide keys, the palette, toasts. */
export function Signed() {
  const navigate = useNavigate()
  const { app } = useParams({ strict: false })
  const overlay = useOverlay()
  const go =
    (
      to: '/apps/$app' | '/apps/$app/integrations' | '/apps/$app/flows' | '/apps/$app/runs' | '/apps/$app/data',
    ) =>
    () => {
      if (app) void navigate({ to, params: { app } })
    }
  useKeys({
    'Control+k': openPalette,
    '?': openKeys,
    '/': focusSearch,
    j: () => moveInList(1),
    k: () => moveInList(-1),
    'g i': go('/apps/$app/integrations'),
    'g f': go('/apps/$app/flows'),
    'g r': go('/apps/$app/runs'),
    'g b': go('/apps/$app'),
    'g d': go('/apps/$app/data'),
    'g a': () => void navigate({ to: '/' }),
  })
  return (
    <>
      <Outlet />
      {overlay === 'palette' && (
        <Suspense>
          <Palette app={app} />
        </Suspense>
      )}
      <KeysDialog open={overlay === 'keys'} onClose={closeOverlay} />
      <Toaster />
    </>
  )
}
