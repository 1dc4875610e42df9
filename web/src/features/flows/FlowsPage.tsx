import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Route } from 'lucide-react'
import { ConnectorIcon } from '@/components/ConnectorIcon'
import { FlowState, RunState } from '@/components/states'
import { Ago, Empty, PageHead, Switch } from '@/components/ui/bits'
import { buttonClass } from '@/components/ui/Button'
import { ListTable } from '@/components/ui/ListTable'
import { toastError } from '@/components/ui/toast'
import { appQuery } from '@/features/apps/apps.queries'
import { canEdit, useMe } from '@/features/session/session.queries'
import { useTitle } from '@/lib/hooks'
import { Page, TopBar } from '@/shell/TopBar'
import { flowsQuery, useChangeFlow } from './flows.queries'
import { triggerWords } from './flowWords'

export function FlowsPage() {
  useTitle('Flows')
  const { app } = useParams({ from: '/authed/apps/$app' })
  const me = useMe()
  const self = useQuery(appQuery(app))
  const list = useQuery(flowsQuery(app))
  const change = useChangeFlow(app)
  return (
    <>
      <TopBar
        crumbs={[{ label: self.data?.name ?? 'App', to: '/apps/$app', params: { app } }, { label: 'Flows' }]}
      />
      <Page>
        <PageHead
          title="Flows"
          actions={
            <Link to="/apps/$app" params={{ app }} search={{}} className={buttonClass()}>
              Ask for a flow
            </Link>
          }
        >
          What starts by itself: a trigger, a function, and the accounts it works through.
        </PageHead>
        <ListTable
          list={list}
          caption="Flows"
          rowHeight="h-14"
          empty={
            <Empty
              icon={<Route className="size-5" aria-hidden />}
              title="No flow yet"
              action={
                <Link to="/apps/$app" params={{ app }} search={{}} className={buttonClass('primary')}>
                  Ask in chat
                </Link>
              }
            >
              For example: “Every weekday at 9, mail me the open tickets.” You see what it may touch before it
              is made.
            </Empty>
          }
          head={
            <>
              <th scope="col">Flow</th>
              <th scope="col">Starts</th>
              <th scope="col">Through</th>
              <th scope="col">Last run</th>
              <th scope="col" className="num">
                24 hours
              </th>
              <th scope="col">State</th>
              <th scope="col">
                <span className="sr-only">On or off</span>
              </th>
            </>
          }
          row={(flow) => (
            <tr key={flow.id}>
              <td className="full">
                <Link
                  to="/apps/$app/flows/$flow"
                  params={{ app, flow: flow.id }}
                  data-row
                  className="row-link font-semibold"
                >
                  {flow.name}
                </Link>
                <p className="max-w-90 truncate text-12 text-ink-3 max-sm:max-w-full">{flow.sentence}</p>
              </td>
              <td className="text-ink-2">{triggerWords(flow.trigger).title}</td>
              <td>
                <span className="flex gap-1">
                  {flow.connectors.map((c) => (
                    <ConnectorIcon key={c} id={c} size="sm" />
                  ))}
                </span>
              </td>
              <td className="hide-phone">
                {flow.lastRun ? (
                  <span className="flex flex-col">
                    <RunState status={flow.lastRun.status} />
                    <Ago at={flow.lastRun.at} className="text-12 text-ink-3" />
                  </span>
                ) : (
                  <span className="text-ink-3">Not yet</span>
                )}
              </td>
              <td className="num hide-phone">{flow.runs24h}</td>
              <td className="grow">
                <FlowState flow={flow} />
              </td>
              <td className="num relative z-10">
                <Switch
                  label={`${flow.name} is on`}
                  checked={flow.enabled}
                  disabled={!canEdit(me)}
                  onChange={(enabled) => change.mutate({ id: flow.id, enabled }, { onError: toastError })}
                />
              </td>
            </tr>
          )}
        />
      </Page>
    </>
  )
}
