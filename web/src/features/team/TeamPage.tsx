import { useQuery } from '@tanstack/react-query'
import { Copy, UserPlus } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { ApiError } from '@/api/client'
import type { Role, Teammate } from '@/api/types'
import { Badge, PageHead, SkeletonRows } from '@/components/ui/bits'
import { Button } from '@/components/ui/Button'
import { Dialog } from '@/components/ui/Dialog'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { SelectField, TextField } from '@/components/ui/Field'
import { toast, toastError } from '@/components/ui/toast'
import { canAdmin, useMe } from '@/features/session/session.queries'
import { useTitle } from '@/lib/hooks'
import { initials } from '@/lib/words'
import { Page, TopBar } from '@/shell/TopBar'
import { teamQuery, useChangeRole, useInvite, useNewLink, useRemoveTeammate } from './team.queries'

const roles: { value: Role; help: string }[] = [
  { value: 'owner', help: 'Everything, and who else is an owner' },
  { value: 'admin', help: 'Teammates, keys and all apps' },
  { value: 'editor', help: 'Builds apps and connects accounts' },
  { value: 'viewer', help: 'Reads, changes nothing' },
]

export function TeamPage() {
  useTitle('Team')
  const me = useMe()
  const list = useQuery(teamQuery)
  const role = useChangeRole()
  const [inviting, setInviting] = useState(false)
  const [leaving, setLeaving] = useState<Teammate | null>(null)
  const [linking, setLinking] = useState<Teammate | null>(null)
  const may = canAdmin(me)
  const assignable = roles.filter((r) => r.value !== 'owner' || me.teammate.role === 'owner')
  return (
    <>
      <TopBar crumbs={[{ label: me.workspace.name }, { label: 'Team' }]} />
      <Page>
        <PageHead
          title="Team"
          actions={
            may && (
              <Button
                kind="primary"
                icon={<UserPlus className="size-4" aria-hidden />}
                onClick={() => setInviting(true)}
              >
                Add a teammate…
              </Button>
            )
          }
        >
          Who works in {me.workspace.name}, and what each may do in all its apps.
        </PageHead>
        {list.error && <ErrorNote error={list.error} retry={() => void list.refetch()} />}
        <div className="card framed overflow-hidden">
          {list.isPending && <SkeletonRows rows={3} height="h-14" />}
          {list.data && (
            <table className="table cards">
              <caption className="sr-only">Teammates</caption>
              <thead className="bg-well">
                <tr>
                  <th scope="col">Name</th>
                  <th scope="col">Role</th>
                  <th scope="col">
                    <span className="sr-only">Actions</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {list.data.items.map((t) => (
                  <tr key={t.id}>
                    <td className="grow">
                      <span className="flex items-center gap-3 py-1">
                        <span
                          aria-hidden
                          className="grid size-8 shrink-0 place-items-center rounded-full border border-line bg-well text-12 font-semibold text-ink-2"
                        >
                          {initials(t.name)}
                        </span>
                        <span className="min-w-0">
                          <span className="block font-semibold">
                            {t.name} {t.id === me.teammate.id && <Badge>You</Badge>}
                          </span>
                          <span className="block truncate text-12 text-ink-3">{t.email}</span>
                        </span>
                      </span>
                    </td>
                    <td className="w-44">
                      {may &&
                      t.id !== me.teammate.id &&
                      (t.role !== 'owner' || me.teammate.role === 'owner') ? (
                        <SelectField
                          hideLabel
                          label={`Role of ${t.name}`}
                          value={t.role}
                          onChange={(e) =>
                            role.mutate(
                              { id: t.id, role: e.target.value as Role },
                              {
                                onError: toastError,
                                onSuccess: () => toast(`${t.name} is now ${e.target.value}.`),
                              },
                            )
                          }
                        >
                          {assignable.map((r) => (
                            <option key={r.value} value={r.value}>
                              {r.value[0]!.toUpperCase() + r.value.slice(1)}
                            </option>
                          ))}
                        </SelectField>
                      ) : (
                        <span className="capitalize">{t.role}</span>
                      )}
                    </td>
                    <td className="num full w-52 whitespace-nowrap max-sm:text-left">
                      {may && t.id !== me.teammate.id && (
                        <Button
                          small
                          kind="ghost"
                          aria-label={`New sign-in link for ${t.name}`}
                          onClick={() => setLinking(t)}
                        >
                          New link…
                        </Button>
                      )}
                      {may && t.id !== me.teammate.id && (
                        <Button
                          small
                          kind="ghost"
                          aria-label={`Remove ${t.name}`}
                          onClick={() => setLeaving(t)}
                        >
                          Remove…
                        </Button>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </div>
        <section aria-label="Roles" className="mt-8">
          <h2 className="mb-2 font-semibold">What each role may do</h2>
          <dl className="grid gap-2 sm:grid-cols-2 lg:grid-cols-4">
            {roles.map((r) => (
              <div key={r.value} className="card p-3.5">
                <dt className="font-semibold capitalize">{r.value}</dt>
                <dd className="text-ink-2">{r.help}.</dd>
              </div>
            ))}
          </dl>
        </section>
      </Page>
      {inviting && <Invite roles={assignable} onClose={() => setInviting(false)} />}
      {linking && <NewLink teammate={linking} onClose={() => setLinking(null)} />}
      {leaving && <Remove teammate={leaving} onClose={() => setLeaving(null)} />}
    </>
  )
}

function Invite({ roles, onClose }: { roles: { value: Role; help: string }[]; onClose: () => void }) {
  const invite = useInvite()
  const [form, setForm] = useState({ name: '', email: '', role: 'editor' as Role })
  const fields = invite.error instanceof ApiError ? invite.error.fields : {}
  const submit = (event: FormEvent) => {
    event.preventDefault()
    invite.mutate(form)
  }
  if (invite.data) {
    const { link, teammate } = invite.data
    return <OneTimeLink title={`${teammate.name} is added`} link={link} onClose={onClose} />
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="Add a teammate"
      description="They get a one-time sign-in link from you; this server sends no mail."
    >
      <form onSubmit={submit} className="grid gap-4">
        <TextField
          label="Name"
          required
          autoFocus
          value={form.name}
          onChange={(e) => setForm({ ...form, name: e.target.value })}
          error={fields['name']}
        />
        <TextField
          label="E-mail"
          type="email"
          required
          value={form.email}
          onChange={(e) => setForm({ ...form, email: e.target.value })}
          error={fields['email']}
        />
        <SelectField
          label="Role"
          value={form.role}
          onChange={(e) => setForm({ ...form, role: e.target.value as Role })}
          help={`${roles.find((r) => r.value === form.role)?.help}.`}
        >
          {roles.map((r) => (
            <option key={r.value} value={r.value}>
              {r.value[0]!.toUpperCase() + r.value.slice(1)}
            </option>
          ))}
        </SelectField>
        {invite.error && Object.keys(fields).length === 0 && <ErrorNote error={invite.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" busy={invite.isPending}>
            Add teammate
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function OneTimeLink({ title, link, onClose }: { title: string; link: string; onClose: () => void }) {
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      description="Give them this link. It signs them in once and is shown only here."
    >
      <div className="flex flex-wrap items-center gap-2">
        <code className="min-w-0 flex-1 rounded-sm border border-line bg-well px-2 py-1.5 font-mono text-12 break-all">
          {link}
        </code>
        <Button
          icon={<Copy className="size-4" aria-hidden />}
          onClick={() => void navigator.clipboard.writeText(link).then(() => toast('Copied.'), toastError)}
        >
          Copy
        </Button>
      </div>
    </Dialog>
  )
}

function NewLink({ teammate, onClose }: { teammate: Teammate; onClose: () => void }) {
  const make = useNewLink()
  if (make.data) {
    return <OneTimeLink title={`A new link for ${teammate.name}`} link={make.data.link} onClose={onClose} />
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`New sign-in link for ${teammate.name}`}
      description="For somebody who cannot sign in. Their password is forgotten and every browser of theirs is signed out."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" busy={make.isPending} onClick={() => make.mutate(teammate.id)}>
            Make the link
          </Button>
        </>
      }
    >
      {make.error && <ErrorNote error={make.error} />}
    </Dialog>
  )
}

function Remove({ teammate, onClose }: { teammate: Teammate; onClose: () => void }) {
  const drop = useRemoveTeammate()
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Remove ${teammate.name}`}
      footer={
        <>
          <Button onClick={onClose}>Keep</Button>
          <Button
            kind="danger"
            busy={drop.isPending}
            onClick={() => drop.mutate(teammate.id, { onSuccess: onClose })}
          >
            Remove
          </Button>
        </>
      }
    >
      <p>
        They are signed out at once and cannot come back without a new link. What they built and connected
        stays.
      </p>
      {drop.error && (
        <div className="mt-3">
          <ErrorNote error={drop.error} />
        </div>
      )}
    </Dialog>
  )
}
