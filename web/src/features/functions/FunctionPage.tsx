import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import clsx from 'clsx'
import { FileCode2, SquareFunction, TriangleAlert } from 'lucide-react'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { ApiError } from '@/api/client'
import type { FunctionDetail } from '@/api/types'
import { Ago, Badge, Skeleton } from '@/components/ui/bits'
import { Button } from '@/components/ui/Button'
import { Code, Diff } from '@/components/ui/Code'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { toast } from '@/components/ui/toast'
import { appQuery } from '@/features/apps/apps.queries'
import { canEdit, useMe } from '@/features/session/session.queries'
import { diffLines } from '@/lib/diff'
import { useTitle } from '@/lib/hooks'
import { Page, TopBar } from '@/shell/TopBar'
import { FunctionCalls } from './FunctionCalls'
import { functionQuery, functionsQuery, functionVersionQuery, useSaveFunction } from './functions.queries'
import { LiveLogs } from './LiveLogs'

const Editor = lazy(() => import('./Editor').then((m) => ({ default: m.Editor })))

export interface BuildProblem {
  message: string
  file: string | null
  line: number | null
}

/** The server answers 422 with the file and line that do not build. */
export function buildProblem(error: unknown): BuildProblem | null {
  if (!(error instanceof ApiError) || error.status !== 422) return null
  const { line, file } = error.detail ?? {}
  return {
    message: error.message,
    file: typeof file === 'string' ? file : null,
    line: typeof line === 'number' ? line : null,
  }
}

export function FunctionPage() {
  const { app, name } = useParams({ from: '/authed/apps/$app/functions/$name' })
  useTitle(name)
  const self = useQuery(appQuery(app))
  const detail = useQuery(functionQuery(app, name))
  const crumbs = [
    { label: self.data?.name ?? 'App', to: '/apps/$app' as const, params: { app } },
    { label: 'Functions', to: '/apps/$app/functions' as const, params: { app } },
    { label: name },
  ]
  if (!detail.data) {
    return (
      <>
        <TopBar crumbs={crumbs} />
        <Page>
          <h1 className="sr-only">{name}</h1>
          {detail.error ? (
            <ErrorNote error={detail.error} retry={() => void detail.refetch()} />
          ) : (
            <Skeleton className="h-120 rounded-lg" />
          )}
        </Page>
      </>
    )
  }
  // A new version starts the editor anew; while the text is unsaved a version saved elsewhere must not replace it.
  return <Workbench key={name} app={app} detail={detail.data} crumbs={crumbs} />
}

function Workbench({
  app,
  detail,
  crumbs,
}: {
  app: string
  detail: FunctionDetail
  crumbs: Parameters<typeof TopBar>[0]['crumbs']
}) {
  const me = useMe()
  const navigate = useNavigate()
  const { version } = useSearch({ from: '/authed/apps/$app/functions/$name' })
  const list = useQuery(functionsQuery(app))
  const save = useSaveFunction(app, detail.name)
  const [path, setPath] = useState(detail.entry)
  const [edits, setEdits] = useState<Record<string, string>>({})
  const past = version !== undefined && version !== detail.version ? version : null
  const old = useQuery(functionVersionQuery(app, detail.name, past))
  const saved = detail.files.find((f) => f.path === path)?.content ?? ''
  const text = edits[path] ?? saved
  const dirty = detail.files.some((f) => edits[f.path] !== undefined && edits[f.path] !== f.content)
  const problem = buildProblem(save.error)
  const show = (v: number | undefined) =>
    void navigate({
      to: '/apps/$app/functions/$name',
      params: { app, name: detail.name },
      search: v === undefined ? {} : { version: v },
    })

  useEffect(() => {
    if (!dirty) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [dirty])

  const store = () =>
    save.mutate(
      {
        entry: detail.entry,
        files: detail.files.map((f) => ({ path: f.path, content: edits[f.path] ?? f.content })),
        message: 'Edited in the dashboard',
      },
      {
        onSuccess: (next) => {
          setEdits({})
          toast(`Version ${next.version} is saved and runs from now on.`)
        },
      },
    )

  return (
    <>
      <TopBar crumbs={crumbs}>
        <span className="text-12 text-ink-3 max-sm:hidden" role="status">
          {past ? `Version ${past}, read only` : dirty ? 'Not saved' : `Version ${detail.version}`}
        </span>
        {past ? (
          <Button onClick={() => show(undefined)}>Back to version {detail.version}</Button>
        ) : (
          <Button kind="primary" disabled={!dirty || !canEdit(me)} busy={save.isPending} onClick={store}>
            Save version
          </Button>
        )}
      </TopBar>
      <h1 className="sr-only">Function {detail.name}</h1>
      <div className="flex min-h-0 flex-1 max-lg:flex-col max-lg:overflow-y-auto">
        <nav
          aria-label="Functions"
          className="scroll-thin w-52 shrink-0 overflow-y-auto border-r border-line bg-well p-3 max-xl:hidden"
        >
          <h2 className="px-2 pb-2 font-semibold">Functions</h2>
          {list.data?.items.map((f) => (
            <Link
              key={f.name}
              to="/apps/$app/functions/$name"
              params={{ app, name: f.name }}
              search={{}}
              aria-current={f.name === detail.name ? 'page' : undefined}
              className={clsx(
                'flex h-8 items-center gap-2 rounded-sm px-2',
                f.name === detail.name ? 'bg-hover font-medium' : 'text-ink-2 hover:bg-hover',
              )}
            >
              <SquareFunction className="size-4 shrink-0 text-ink-3" aria-hidden />
              <span className="truncate">{f.name}</span>
            </Link>
          ))}
        </nav>
        <section aria-label="Code" className="flex min-w-0 flex-1 flex-col max-lg:flex-none">
          <div
            role="group"
            aria-label="Files"
            className="flex h-10 shrink-0 overflow-x-auto border-b border-line bg-well"
          >
            {detail.files.map((f) => (
              <button
                key={f.path}
                type="button"
                aria-pressed={f.path === path}
                onClick={() => setPath(f.path)}
                className={clsx(
                  'flex items-center gap-2 border-r border-line px-3.5 font-medium whitespace-nowrap',
                  f.path === path ? 'bg-surface' : 'text-ink-2 hover:text-ink',
                )}
              >
                <FileCode2 className="size-4 text-ink-3" aria-hidden />
                {f.path}
                {edits[f.path] !== undefined && edits[f.path] !== f.content && (
                  <span className="size-2 rounded-full bg-accent" aria-label="changed" />
                )}
              </button>
            ))}
            <span className="ml-auto self-center px-3 text-12 whitespace-nowrap text-ink-3 max-sm:hidden">
              TypeScript, Deno
            </span>
          </div>
          {save.error && !past && (
            <div className="border-b border-line p-3">
              {problem ? (
                <div
                  role="alert"
                  className="flex items-start gap-2.5 rounded-lg border border-bad-line bg-bad-soft px-3 py-2"
                >
                  <TriangleAlert className="mt-0.5 size-4 shrink-0 text-bad" aria-hidden />
                  <p>
                    <strong className="font-semibold">
                      This does not build
                      {problem.line !== null && `: ${problem.file ?? path}, line ${problem.line}`}.
                    </strong>{' '}
                    {problem.message} Version {detail.version} keeps running.
                  </p>
                </div>
              ) : (
                <ErrorNote error={save.error} />
              )}
            </div>
          )}
          <div className="min-h-0 flex-1 max-lg:min-h-105">
            {past ? (
              <OldVersion
                text={old.data?.files.find((f) => f.path === path)?.content}
                current={saved}
                error={old.error}
              />
            ) : (
              <Suspense
                fallback={
                  <Code
                    text={text}
                    label={`Code of ${path}`}
                    numbers
                    className="h-full rounded-none! border-0!"
                  />
                }
              >
                <Editor
                  key={`${path}@${detail.version}`}
                  value={text}
                  label={`Code of ${path}`}
                  readOnly={!canEdit(me)}
                  onChange={(next) => setEdits((all) => ({ ...all, [path]: next }))}
                  onSave={() => dirty && store()}
                  problem={problem && (problem.file === null || problem.file.endsWith(path)) ? problem : null}
                />
              </Suspense>
            )}
          </div>
          <LiveLogs app={app} />
        </section>
        <aside
          aria-label="About this function"
          className="scroll-thin w-86 shrink-0 divide-y divide-line overflow-y-auto border-l border-line max-lg:w-full max-lg:overflow-visible max-lg:border-t max-lg:border-l-0"
        >
          <FunctionCalls detail={detail} />
          <section className="p-4">
            <h2 className="mb-2 font-semibold">Versions</h2>
            <ul>
              {detail.versions.map((v) => (
                <li key={v.version}>
                  <button
                    type="button"
                    aria-current={v.version === (past ?? detail.version) ? 'true' : undefined}
                    onClick={() => show(v.version === detail.version ? undefined : v.version)}
                    className="flex min-h-9 w-full items-center gap-3 rounded-sm px-2 py-1 text-left hover:bg-hover aria-[current=true]:bg-hover"
                  >
                    <span className="w-5 text-ink-3">{v.version}</span>
                    <span className="min-w-0 flex-1 truncate">
                      {v.message ?? `Saved by ${v.author ?? 'somebody'}`}
                    </span>
                    {v.version === detail.version && <Badge tone="ok">Live</Badge>}
                    <Ago at={v.createdAt} className="text-12 whitespace-nowrap text-ink-3" />
                  </button>
                </li>
              ))}
            </ul>
          </section>
        </aside>
      </div>
    </>
  )
}

function OldVersion({ text, current, error }: { text: string | undefined; current: string; error: unknown }) {
  const lines = useMemo(() => (text === undefined ? [] : diffLines(current, text)), [text, current])
  if (error)
    return (
      <div className="p-4">
        <ErrorNote error={error} />
      </div>
    )
  if (text === undefined) return <Skeleton className="m-4 h-80" />
  return (
    <div className="scroll-thin h-full overflow-auto">
      <p className="border-b border-line px-4 py-2 text-12 text-ink-3">
        This version, compared with the live one: + is only here, − is only in the live one.
      </p>
      <Diff lines={lines} label="Comparison with the live version" />
    </div>
  )
}
