import { Link, type LinkProps } from '@tanstack/react-router'
import { Fragment, type ReactNode } from 'react'

interface Crumb {
  label: string
  to?: LinkProps['to']
  params?: Record<string, string>
}

export function TopBar({ crumbs, children }: { crumbs: Crumb[]; children?: ReactNode }) {
  return (
    <div className="flex h-12 shrink-0 items-center gap-3 border-b border-line bg-surface px-6 max-sm:px-3">
      <nav aria-label="Breadcrumb" className="min-w-0 flex-1">
        <ol className="flex min-w-0 items-center gap-2">
          {crumbs.map((crumb, i) => (
            <Fragment key={i}>
              {i > 0 && (
                <li aria-hidden className="text-line-strong">
                  /
                </li>
              )}
              <li className="min-w-0 truncate">
                {crumb.to && i < crumbs.length - 1 ? (
                  <Link
                    to={crumb.to}
                    params={crumb.params as never}
                    className="rounded-xs text-ink-2 hover:text-ink"
                  >
                    {crumb.label}
                  </Link>
                ) : (
                  <span aria-current="page" className="font-medium">
                    {crumb.label}
                  </span>
                )}
              </li>
            </Fragment>
          ))}
        </ol>
      </nav>
      {children && <div className="flex items-center gap-2">{children}</div>}
    </div>
  )
}

/** The scrolling column below the top bar. */
export function Page({ children, wide }: { children: ReactNode; wide?: boolean }) {
  return (
    <div className="scroll-thin min-h-0 flex-1 overflow-y-auto">
      <div
        className={`mx-auto w-full px-10 pt-7 pb-16 max-md:px-6 max-sm:px-4 max-sm:pt-5 max-sm:pb-24 ${wide ? '' : 'max-w-300'}`}
      >
        {children}
      </div>
    </div>
  )
}
