import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { ArrowRight, Plug } from 'lucide-react'
import { Suspense, useState, type ReactNode } from 'react'
import { ApiError } from '@/api/client'
import type { ConnectStart, Realm } from '@/api/types'
import { ConnectorIcon } from '@/components/ConnectorIcon'
import { Logo } from '@/components/Logo'
import { PermissionList } from '@/components/Permissions'
import { RealmBadge } from '@/components/states'
import { Skeleton } from '@/components/ui/bits'
import { Button, buttonClass } from '@/components/ui/Button'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { SelectField } from '@/components/ui/Field'
import { Toaster } from '@/components/ui/Toaster'
import { SwitchOn } from '@/features/apps/SwitchOn'
import { appQuery } from '@/features/apps/apps.queries'
import { meQuery } from '@/features/session/session.queries'
import { useTitle } from '@/lib/hooks'
import { connectStartQuery, useGo } from './connections.queries'

/** The one page before a vendor's: what is about to be connected, for whom, and with which permissions. */
export function ConnectPage() {
  const { handle } = useParams({ from: '/connect/$handle' })
  const me = useQuery({ ...meQuery, retry: false })
  const start = useQuery({ ...connectStartQuery(handle), enabled: me.isSuccess })
  const error = me.error ?? start.error
  useTitle(start.data ? `Connect ${start.data.connectorName}` : 'Connect an account')
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-150 content-center gap-5 p-6 max-sm:content-start max-sm:p-4">
      <Logo />
      {error ? (
        <Ended error={error} handle={handle} />
      ) : start.data ? (
        <Suspense>
          <Confirm handle={handle} start={start.data} />
        </Suspense>
      ) : (
        <div role="status">
          <span className="sr-only">Loading</span>
          <Skeleton className="h-96 rounded-lg" />
        </div>
      )}
      <Toaster />
    </main>
  )
}

const endings: Record<string, string> = {
  PB1202: 'Sign in to go on',
  PB1203: 'You cannot connect accounts',
  PB1431: 'This link leads nowhere',
  PB1432: 'This link is not yours',
  PB1433: 'This link is out of date',
  PB1434: 'This link was used already',
}

/** Where a link ends that is not for this person, not any more, or for nobody yet signed in. */
function Ended({ error, handle }: { error: Error; handle: string }) {
  const code = error instanceof ApiError ? error.code : ''
  const title = Object.hasOwn(endings, code) ? endings[code]! : 'This page cannot be shown'
  const signedOut = code === 'PB1202'
  return (
    <>
      <h1 className="text-20 font-semibold">{title}</h1>
      {signedOut ? (
        <p className="text-ink-2">
          This is a link to connect an account. It opens only for the teammate who asked for it, signed in to
          this dashboard. If somebody sent it to you, close it: their link would do nothing for you.
        </p>
      ) : (
        <ErrorNote error={error} />
      )}
      <p className="text-ink-2">Nothing was connected and nothing was changed.</p>
      <div className="flex flex-wrap gap-2">
        {signedOut ? (
          <Link to="/sign-in" search={{ next: `/connect/${handle}` }} className={buttonClass('primary')}>
            Sign in
          </Link>
        ) : (
          <Link to="/" className={buttonClass('primary')}>
            All apps
          </Link>
        )}
      </div>
    </>
  )
}

function Confirm({ handle, start }: { handle: string; start: ConnectStart }) {
  const go = useGo(handle)
  const name = start.connectorName
  const { setup } = start
  const [realm, setRealm] = useState<Realm | null>(start.realm)
  const [client, setClient] = useState(start.client ?? setup.liveClients[0]?.id)
  // It may be switched on right here.
  const on = useQuery(appQuery(start.app)).data?.backendFunctions ?? start.backendFunctions
  const blocked = realm === null || (realm === 'live' && setup.liveProblem !== null)
  const more = start.permissions.some((p) => p.isNew)
  const title = start.switchAccount
    ? `Connect another ${name} account`
    : more
      ? `Allow more in ${name}`
      : start.accountLabel
        ? `Connect ${name} again`
        : `Connect ${name}`
  return (
    <>
      <header className="flex items-start gap-4">
        <ConnectorIcon id={start.connector} size="lg" />
        <div className="min-w-0">
          <h1 className="text-20 font-semibold">{title}</h1>
          <p className="mt-0.5 text-ink-2">
            For the app <strong className="font-semibold text-ink">{start.appName}</strong>, asked for by{' '}
            <strong className="font-semibold text-ink">{start.requestedBy}</strong>, which is you.
          </p>
        </div>
      </header>
      <SwitchOn app={start.app} />
      <dl className="card grid grid-cols-[auto_1fr] gap-x-6 gap-y-2.5 p-4">
        <Fact label="Account">
          {start.switchAccount
            ? `Another one than ${start.accountLabel ?? 'the connected one'}; it is in use until the new one works`
            : (start.accountLabel ?? `The one you choose at ${name}`)}
        </Fact>
        <Fact label="Who uses it">Everyone who edits {start.appName}. Its visitors never see it.</Fact>
        <Fact label="Where">
          <span className="flex flex-wrap items-center gap-2">
            {realm && <RealmBadge realm={realm} />}
            {realm === 'sandbox'
              ? `A look-alike of ${name} on this server; nothing real is touched`
              : realm === 'live'
                ? `${name} itself`
                : 'Not possible yet'}
          </span>
        </Fact>
      </dl>
      <section aria-label="Permissions">
        <h2 className="mb-2 font-semibold">{more ? 'It may, with what is new marked' : 'It may'}</h2>
        <PermissionList permissions={start.permissions} />
        {start.identityAsked && (
          <p className="mt-2 text-12 text-ink-2">{name} also says whose account it is, to show it here.</p>
        )}
      </section>
      <Missing start={start} realm={realm} onRealm={setRealm} />
      {realm === 'live' && setup.liveClients.length > 1 && (
        <SelectField
          label="OAuth client"
          help="The connection stays on the client it was made with."
          value={client}
          onChange={(e) => setClient(e.target.value)}
        >
          {setup.liveClients.map((c) => (
            <option key={c.id} value={c.id}>
              {c.name}
            </option>
          ))}
        </SelectField>
      )}
      {go.error && <ErrorNote error={go.error} />}
      <div className="flex flex-wrap items-center gap-2">
        <Button
          kind="primary"
          autoFocus
          busy={go.isPending}
          disabled={blocked || !on}
          icon={<ArrowRight className="size-4" aria-hidden />}
          onClick={() =>
            go.mutate({ realm: realm ?? undefined, client: realm === 'live' ? client : undefined })
          }
        >
          Continue to {name}
        </Button>
        <Link to="/apps/$app" params={{ app: start.app }} className={buttonClass()}>
          Not now
        </Link>
      </div>
      <p className="text-12 text-ink-3">
        You sign in at {name}, not here, and come back afterwards. This page counts once, within ten minutes.
      </p>
    </>
  )
}

/** What keeps a live account from being connected, and the other realm where there is one. */
function Missing({
  start: { setup, app, connector, connectorName: name },
  realm,
  onRealm,
}: {
  start: ConnectStart
  realm: Realm | null
  onRealm: (realm: Realm) => void
}) {
  const set = (
    <Link
      to="/apps/$app/integrations/browse/$connector"
      params={{ app, connector }}
      hash="setup"
      className={buttonClass('secondary', true)}
    >
      Set up {name}
    </Link>
  )
  if (setup.liveProblem !== null && realm === 'sandbox')
    return <Hint action={set}>Real accounts cannot be connected yet. {setup.liveProblem}</Hint>
  if (setup.liveProblem !== null)
    return (
      <Hint
        action={
          <>
            {setup.sandbox && (
              <Button small kind="primary" onClick={() => onRealm('sandbox')}>
                Use the sandbox
              </Button>
            )}
            {set}
          </>
        }
      >
        {setup.liveProblem} {setup.sandbox && 'The sandbox needs nothing of it.'}
      </Hint>
    )
  if (setup.sandbox)
    return (
      <p className="text-12 text-ink-2">
        {realm === 'live' ? 'Only trying it out? ' : 'Ready for a real account? '}
        <button type="button" className="link" onClick={() => onRealm(realm === 'live' ? 'sandbox' : 'live')}>
          {realm === 'live' ? 'Use the sandbox instead' : `Use ${name} itself`}
        </button>
      </p>
    )
  return null
}

function Hint({ children, action }: { children: ReactNode; action: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line bg-well p-3">
      <Plug className="size-4 shrink-0 text-ink-3" aria-hidden />
      <p className="min-w-0 flex-1 basis-60 text-ink-2">{children}</p>
      {action}
    </div>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-2">{label}</dt>
      <dd>{children}</dd>
    </>
  )
}
