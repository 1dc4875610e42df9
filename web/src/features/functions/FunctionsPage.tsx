import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { SquareFunction } from 'lucide-react'
import { ConnectorIcon } from '@/components/ConnectorIcon'
import { Ago, Empty, PageHead } from '@/components/ui/bits'
import { buttonClass } from '@/components/ui/Button'
import { ListTable } from '@/components/ui/ListTable'
import { appQuery } from '@/features/apps/apps.queries'
import { useTitle } from '@/lib/hooks'
import { Page, TopBar } from '@/shell/TopBar'
import { functionsQuery } from './functions.queries'

export function FunctionsPage() {
  useTitle('Functions')
  const { app } = useParams({ from: '/authed/apps/$app' })
  const self = useQuery(appQuery(app))
  const list = useQuery(functionsQuery(app))
  return (
    <>
      <TopBar
        crumbs={[
          { label: self.data?.name ?? 'App', to: '/apps/$app', params: { app } },
          { label: 'Functions' },
        ]}
      />
      <Page>
        <PageHead title="Functions">
          The code this app runs. The chat writes it; you can read and change every line.
        </PageHead>
        {self.data && !self.data.backendFunctions && (
          <p className="mb-4 rounded-lg border border-warn-line bg-warn-soft px-3 py-2">
            Backend functions are switched off for this app. Nothing runs until they are on in{' '}
            <Link to="/apps/$app/settings" params={{ app }} className="link">
              Settings
            </Link>
            .
          </p>
        )}
        <ListTable
          list={list}
          caption="Functions"
          empty={
            <Empty
              icon={<SquareFunction className="size-5" aria-hidden />}
              title="No function yet"
              action={
                <Link to="/apps/$app" params={{ app }} search={{}} className={buttonClass('primary')}>
                  Ask in chat
                </Link>
              }
            >
              A function is written when you accept a proposal, for example one that posts new tickets to Slack.
            </Empty>
          }
          head={
            <>
              <th scope="col">Name</th>
              <th scope="col">Calls</th>
              <th scope="col" className="num">
                Version
              </th>
              <th scope="col" className="num">
                Changed
              </th>
            </>
          }
          row={(f) => (
            <tr key={f.name}>
              <td className="full">
                <Link
                  to="/apps/$app/functions/$name"
                  params={{ app, name: f.name }}
                  search={{}}
                  data-row
                  className="row-link font-mono font-medium"
                >
                  {f.name}
                </Link>
              </td>
              <td className="grow">
                <span className="flex flex-wrap items-center gap-1.5 text-ink-2">
                  {f.connectors.map((c) => (
                    <ConnectorIcon key={c} id={c} size="sm" />
                  ))}
                  <span className="font-mono text-12 break-all">{f.operations.join(', ') || 'no vendor'}</span>
                </span>
              </td>
              <td className="num">{f.version}</td>
              <td className="num">
                <Ago at={f.updatedAt} /> {f.updatedBy && <span className="text-ink-3">by {f.updatedBy}</span>}
              </td>
            </tr>
          )}
        />
      </Page>
    </>
  )
}
