import { useQuery } from '@tanstack/react-query'
import { ChevronRight, CircleCheck, FlaskConical, KeyRound, TriangleAlert } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { Connector, ConnectorSetup as Setup } from '@/api/types'
import { CopyLine } from '@/components/CopyLine'
import { SectionHead } from '@/components/ui/bits'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { connectorSetupQuery } from '@/features/connections/connections.queries'
import { canAdmin, useMe } from '@/features/session/session.queries'
import { ClientList } from './ClientList'

/** What real accounts of a tool are connected with: the state for everybody, the work for admins. */
export function ConnectorSetup({ connector }: { connector: Connector }) {
  const me = useMe()
  const setup = useQuery(connectorSetupQuery(connector.id))
  const here = useRef<HTMLElement>(null)
  const ready = setup.isSuccess
  useEffect(() => {
    // The section is not there yet when the browser follows the address.
    if (ready && window.location.hash === '#setup') here.current?.scrollIntoView({ block: 'start' })
  }, [ready])
  return (
    <section ref={here} id="setup" aria-label="OAuth clients" className="scroll-mt-16">
      <SectionHead title="OAuth clients" note={`The keys that ${connector.name} knows this server by`} />
      {setup.error && <ErrorNote error={setup.error} retry={() => void setup.refetch()} />}
      {setup.data && (
        <div className="grid gap-4">
          <State setup={setup.data} name={connector.name} />
          {canAdmin(me) ? (
            <>
              <ClientList connector={connector} first={setup.data.liveClients[0]?.id} />
              <Steps setup={setup.data} name={connector.name} open={setup.data.liveClients.length === 0} />
            </>
          ) : (
            <p className="text-ink-2">Admins and owners add, change and remove them.</p>
          )}
        </div>
      )}
    </section>
  )
}

function State({ setup, name }: { setup: Setup; name: string }) {
  const live = setup.liveProblem === null
  return (
    <ul className="card grid gap-2 p-3.5">
      <li className="flex gap-2.5">
        {live ? (
          <CircleCheck className="mt-0.5 size-4 shrink-0 text-ok" aria-hidden />
        ) : (
          <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden />
        )}
        <span>
          {live
            ? `Real ${name} accounts connect with “${setup.liveClients[0]?.name}”${setup.liveClients.length > 1 ? ', unless another is chosen' : ''}.`
            : `Real ${name} accounts cannot be connected yet. ${setup.liveProblem}`}
        </span>
      </li>
      {setup.addressRefusal && setup.liveClients.length === 0 && (
        <li className="flex gap-2.5">
          <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden />
          <span>
            {setup.addressRefusal} Whoever runs this server starts it with{' '}
            <code className="font-mono text-12 whitespace-nowrap">--public-url</code> and such an address first:
            the callback address changes with it.
          </span>
        </li>
      )}
      {setup.sandbox && (
        <li className="flex gap-2.5 text-ink-2">
          <FlaskConical className="mt-0.5 size-4 shrink-0 text-ink-3" aria-hidden />
          The sandbox needs no client: {name}’s look-alike on this server is ready.
        </li>
      )}
    </ul>
  )
}

function Steps({ setup, name, open }: { setup: Setup; name: string; open: boolean }) {
  return (
    <details open={open} className="card group p-3.5">
      <summary className="flex cursor-pointer list-none items-center gap-2 font-semibold">
        <KeyRound className="size-4 text-ink-3" aria-hidden />
        How to get a client at {name}
        <ChevronRight
          className="ml-auto size-4 text-ink-3 transition-transform group-open:rotate-90"
          aria-hidden
        />
      </summary>
      <div className="mt-3 grid gap-3">
        <CopyLine label={`Callback address for ${name}`} text={setup.callbackUrl} />
        {setup.steps.length > 0 ? (
          <ol className="grid list-decimal gap-1.5 pl-5 text-ink-2 marker:text-ink-3">
            {setup.steps.map((step) => (
              <li key={step} className="[overflow-wrap:anywhere]">
                {step}
              </li>
            ))}
          </ol>
        ) : (
          <p className="text-ink-2">
            Register an OAuth client at {name} with this callback address, and enter its id and secret here.
          </p>
        )}
      </div>
    </details>
  )
}
