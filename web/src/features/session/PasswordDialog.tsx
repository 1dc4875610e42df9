import { useState, type FormEvent } from 'react'
import { ApiError } from '@/api/client'
import { Button } from '@/components/ui/Button'
import { Dialog } from '@/components/ui/Dialog'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { TextField } from '@/components/ui/Field'
import { toast } from '@/components/ui/toast'
import { useMe, useSetPassword, useShortestPassword } from './session.queries'

export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const me = useMe()
  const save = useSetPassword()
  const shortest = useShortestPassword()
  const [form, setForm] = useState({ current: '', password: '' })
  const fields = save.error instanceof ApiError ? save.error.fields : {}
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(me.hasPassword ? form : { password: form.password }, {
      onSuccess: () => {
        toast('Password saved. Other browsers are signed out.')
        onClose()
      },
    })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={me.hasPassword ? 'Change your password' : 'Choose a password'}
      description={
        me.hasPassword
          ? 'Every other browser that is signed in as you is signed out.'
          : 'Until you have one, only one-time links sign you in.'
      }
    >
      <form onSubmit={submit} className="grid gap-4">
        <input type="hidden" name="username" autoComplete="username" value={me.teammate.email} readOnly />
        {me.hasPassword && (
          <TextField
            label="Current password"
            type="password"
            autoComplete="current-password"
            required
            autoFocus
            value={form.current}
            onChange={(e) => setForm({ ...form, current: e.target.value })}
          />
        )}
        <TextField
          label="New password"
          type="password"
          autoComplete="new-password"
          required
          minLength={shortest}
          autoFocus={!me.hasPassword}
          value={form.password}
          onChange={(e) => setForm({ ...form, password: e.target.value })}
          help={`At least ${shortest} characters.`}
          error={fields['password']}
        />
        {save.error && Object.keys(fields).length === 0 && <ErrorNote error={save.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" busy={save.isPending}>
            Save password
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
