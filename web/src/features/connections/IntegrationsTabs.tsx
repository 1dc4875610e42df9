import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { connectionsQuery } from './connections.queries'

export function IntegrationsTabs({ app }: { app: string }) {
  const mine = useQuery(connectionsQuery(app)).data?.items.filter((c) => c.state !== 'disconnected').length
  const tab =
    '-mb-px inline-flex h-9 items-center gap-1.5 border-b-2 border-transparent font-medium text-ink-2 hover:text-ink aria-[current=page]:border-ink aria-[current=page]:text-ink max-sm:h-11'
  return (
    <nav aria-label="Integrations" className="mb-5 flex gap-6 border-b border-line">
      <Link
        to="/apps/$app/integrations/browse"
        params={{ app }}
        search={{}}
        className={tab}
        activeOptions={{ exact: true, includeSearch: false }}
      >
        Browse
      </Link>
      <Link
        to="/apps/$app/integrations"
        params={{ app }}
        search={{}}
        className={tab}
        activeOptions={{ exact: true, includeSearch: false }}
      >
        My integrations {mine !== undefined && <span className="font-normal text-ink-3">{mine}</span>}
      </Link>
    </nav>
  )
}
