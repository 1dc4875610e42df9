import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { ApiError } from '@/api/client'
import type { Proposal, Requirement } from '@/api/types'
import { cablesOf, ProposalCard, type ProposalActions } from './ProposalCard'

const requirement = (more: Partial<Requirement> = {}): Requirement => ({
  connector: 'slack',
  connectorName: 'Slack',
  connectionId: null,
  accountLabel: null,
  realm: null,
  state: 'missing',
  permissions: [
    {
      scope: 'chat:write',
      plain: 'Send messages as Patchbay',
      class: 'write',
      isNew: true,
      usedBy: ['notify'],
    },
  ],
  cannot: 'It cannot read messages.',
  ...more,
})

const proposal = (more: Partial<Proposal> = {}): Proposal => ({
  id: 'p',
  status: 'proposed',
  sentence: 'When a ticket is created, post it to #support.',
  when: 'Within seconds.',
  steps: [
    { kind: 'trigger', label: 'When', title: 'Ticket created', connector: null, icon: 'record' },
    { kind: 'function', label: 'Run', title: 'notify', connector: null, icon: 'code' },
    { kind: 'operation', label: 'Post to', title: '#support', connector: 'slack', icon: 'slack' },
  ],
  requirements: [requirement()],
  files: [
    { path: 'notify/index.ts', kind: 'function', added: 2, removed: 1, content: 'a\nb\n', previous: 'c\n' },
  ],
  functionName: 'notify',
  flowId: null,
  entity: 'Ticket',
  flowName: 'Alerts',
  ready: true,
  acceptedAt: null,
  ...more,
})

function show(of: Proposal, more: Partial<ProposalActions> = {}, editable = true) {
  const actions: ProposalActions = {
    connect: vi.fn(),
    skip: vi.fn(),
    accept: vi.fn(),
    undo: vi.fn(),
    change: vi.fn(),
    busy: null,
    error: null,
    ...more,
  }
  render(<ProposalCard proposal={of} actions={actions} editable={editable} sandbox />)
  return actions
}

describe('the proposal card', () => {
  it('asks for the action, in plain words with the raw scope beside, and offers no Accept yet', async () => {
    const actions = show(proposal())
    expect(screen.getByText('Action required')).toBeVisible()
    expect(screen.getByText('Send messages as Patchbay')).toBeVisible()
    expect(screen.getByText('chat:write')).toBeVisible()
    expect(screen.getByText(/cannot read messages/)).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Accept' })).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Connect to Slack' }))
    expect(actions.connect).toHaveBeenCalledWith(expect.objectContaining({ connector: 'slack' }), undefined)
    await userEvent.click(screen.getByRole('button', { name: 'Skip' }))
    expect(actions.skip).toHaveBeenCalledOnce()
  })

  it('marks the permissions that are new when an account needs more', () => {
    show(proposal({ requirements: [requirement({ state: 'needsScopes', accountLabel: 'Northwind' })] }))
    expect(screen.getByText('New')).toBeVisible()
    expect(screen.getByRole('button', { name: 'Approve in Slack' })).toBeEnabled()
  })

  it('folds to the account once connected, and Accept becomes the primary action', async () => {
    const actions = show(
      proposal({ requirements: [requirement({ state: 'connected', accountLabel: 'Northwind Traders' })] }),
    )
    expect(screen.queryByText('Action required')).toBeNull()
    expect(screen.getByText('Northwind Traders')).toBeVisible()
    await userEvent.click(screen.getByRole('button', { name: 'Accept' }))
    expect(actions.accept).toHaveBeenCalledOnce()
  })

  it('cannot be accepted before it is ready, nor by a viewer', () => {
    show(proposal({ requirements: [], ready: false }))
    expect(screen.getByRole('button', { name: 'Accept' })).toBeDisabled()
    show(proposal({ requirements: [] }), {}, false)
    expect(screen.getByText(/viewer cannot accept/)).toBeVisible()
  })

  it('shrinks to a receipt with Undo when accepted, and says what it waits for', async () => {
    const actions = show(
      proposal({
        status: 'accepted',
        acceptedAt: '2026-06-20T09:32:00Z',
        requirements: [requirement({ state: 'skipped' })],
      }),
    )
    expect(screen.getByText(/It waits for Slack/)).toBeVisible()
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }))
    expect(actions.undo).toHaveBeenCalledOnce()
  })

  it('offers nothing on an undone or replaced one', () => {
    show(proposal({ status: 'undone' }))
    show(proposal({ status: 'superseded' }))
    expect(screen.queryAllByRole('button')).toEqual([])
  })

  it('shows why connecting failed, with its code', () => {
    show(proposal(), {
      error: new ApiError(409, 'PB2110', 'Slack has no sign-in keys on this server. An owner adds them.'),
    })
    expect(screen.getByRole('alert')).toHaveTextContent('An owner adds them.')
    expect(screen.getByRole('alert')).toHaveTextContent('PB2110')
  })

  it('draws a dashed cable until the tool is connected', () => {
    expect(cablesOf(proposal())).toEqual(['solid', 'pending'])
    expect(cablesOf(proposal({ requirements: [requirement({ state: 'connected' })] }))).toEqual([
      'solid',
      'solid',
    ])
  })
})
