import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { connectorSetupQuery } from './connections.queries'

/** Said beside a connect button where a real account cannot be connected: why, and what the button does instead. */
export function ConnectHint({ app, connector }: { app: string; connector: string }) {
  const { data } = useQuery(connectorSetupQuery(connector))
  if (!data?.liveProblem) return null
  return (
    <p className="text-12 text-ink-2">
      {data.sandbox ? 'This connects the look-alike in the sandbox. ' : 'This cannot be connected yet. '}
      {data.liveProblem}{' '}
      <Link
        to="/apps/$app/integrations/browse/$connector"
        params={{ app, connector }}
        hash="setup"
        className="link"
      >
        What is missing
      </Link>
    </p>
  )
}
