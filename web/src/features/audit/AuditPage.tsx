import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { ScrollText } from 'lucide-react'
import type { AuditEntry } from '@/api/types'
import { Empty, PageHead, SkeletonRows } from '@/components/ui/bits'
import { Button } from '@/components/ui/Button'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { appsQuery } from '@/features/apps/apps.queries'
import { catalogQuery } from '@/features/catalog/catalog.queries'
import { canAdmin, useMe } from '@/features/session/session.queries'
import { teamQuery } from '@/features/team/team.queries'
import { useTitle } from '@/lib/hooks'
import { exact, moment } from '@/lib/time'
import { Page, TopBar } from '@/shell/TopBar'
import { auditQuery } from './audit.queries'
import { detailWords, sentenceOf } from './auditWords'

export function AuditPage() {
  useTitle('Audit')
  const me = useMe()
  const may = canAdmin(me)
  const log = useInfiniteQuery({ ...auditQuery, enabled: may })
  const names = useNames()
  const entries = log.data?.pages.flatMap((p) => p.items) ?? []
  return (
    <>
      <TopBar crumbs={[{ label: me.workspace.name }, { label: 'Audit' }]} />
      <Page>
        <PageHead title="Audit">
          Who signed in, connected, accepted or changed rights in {me.workspace.name}. Nobody can edit it, and
          it never holds a secret.
        </PageHead>
        {!may && (
          <Empty icon={<ScrollText className="size-5" aria-hidden />} title="For admins and owners">
            Your role does not read the audit log. Ask an admin of {me.workspace.name}.
          </Empty>
        )}
        {log.error && <ErrorNote error={log.error} retry={() => void log.refetch()} />}
        {may && log.isPending && (
          <div className="card">
            <SkeletonRows rows={8} />
          </div>
        )}
        {log.data && entries.length === 0 && (
          <Empty icon={<ScrollText className="size-5" aria-hidden />} title="Nothing yet">
            Sign-ins, connections, accepted proposals and role changes are listed here.
          </Empty>
        )}
        {entries.length > 0 && (
          <div className="card framed overflow-hidden">
            <table className="table cards rows">
              <caption className="sr-only">Audit log, newest first</caption>
              <thead className="bg-well">
                <tr>
                  <th scope="col">What</th>
                  <th scope="col">App</th>
                  <th scope="col" className="num">
                    When
                  </th>
                </tr>
              </thead>
              <tbody>
                {entries.map((e) => (
                  <tr key={e.id}>
                    <td className="full">
                      <Sentence of={e} person={names.person(e.actor)} subject={names.subject(e)} />
                    </td>
                    <td className={`text-ink-2 sm:min-w-30 ${e.app ? '' : 'hide-phone'}`}>
                      {e.app ? names.app(e.app) : '–'}
                    </td>
                    <td className="num text-ink-2">
                      <time dateTime={e.at} title={exact(e.at)}>
                        {moment(e.at)}
                      </time>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {log.hasNextPage && (
          <div className="mt-4 flex justify-center">
            <Button busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
              Show older entries
            </Button>
          </div>
        )}
      </Page>
    </>
  )
}

const isId = (text: string) => /^[0-9a-f]{24}$/.test(text)

/** "Mara reset Vic’s password". An id says nothing to a person: it is left out where the name is not known any more. */
function Sentence({ of, person, subject }: { of: AuditEntry; person: string; subject: string }) {
  const { before, after, alone } = sentenceOf(of.action)
  const detail = detailWords(of.action, of.detail)
  return (
    <>
      <p>
        <strong className="font-semibold">{person}</strong> {before}{' '}
        {!alone && subject && <strong className="font-semibold">{subject}</strong>}
        {after}
      </p>
      {detail && <p className="text-12 text-ink-3">{detail}</p>}
    </>
  )
}

/** The log holds ids and codes; whoever reads it wants names. */
function useNames() {
  const team = useQuery(teamQuery).data?.items ?? []
  const apps = useQuery(appsQuery).data?.items ?? []
  const catalog = useQuery(catalogQuery).data?.items ?? []
  const person = (id: string) =>
    id === 'operator'
      ? 'Whoever runs this server'
      : (team.find((t) => t.id === id)?.name ?? (isId(id) ? 'A former teammate' : id))
  const app = (id: string) => apps.find((a) => a.id === id)?.name ?? 'A deleted app'
  return {
    person,
    app,
    subject: ({ action, subject }: AuditEntry) =>
      (action.startsWith('connection.') && catalog.find((c) => c.id === subject)?.name) ||
      (action.startsWith('teammate.') && team.find((t) => t.id === subject || t.email === subject)?.name) ||
      (isId(subject) ? (apps.find((a) => a.id === subject)?.name ?? '') : subject),
  }
}
