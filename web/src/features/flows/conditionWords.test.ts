import { describe, expect, it } from 'vitest'
import { conditionWords } from './conditionWords'

describe('conditionWords', () => {
  const urgent = { field: 'priority', op: '==', value: 'urgent' }
  const closed = { field: 'status', op: '==', value: 'closed' }

  it('tells the event from what it is limited to', () => {
    expect(conditionWords(JSON.stringify([urgent, { ...closed, turns: true }]), 'update')).toEqual({
      event: 'Status becomes closed',
      onlyIf: 'Priority is urgent',
    })
  })

  it('reads a change without the mark as one event of all parts', () => {
    expect(conditionWords(JSON.stringify([urgent, closed]), 'update')).toEqual({
      event: 'Priority becomes urgent and Status becomes closed',
      onlyIf: null,
    })
  })

  it('knows no event but the creation itself', () => {
    expect(conditionWords(JSON.stringify([{ field: 'amount', op: '>', value: '1000' }]), 'create')).toEqual({
      event: null,
      onlyIf: 'Amount is above 1000',
    })
  })

  it('says that a field changes', () => {
    expect(conditionWords('[{"field":"due_date","op":"changed","value":""}]', 'update').event).toBe(
      'Due date changes',
    )
  })

  it('shows text that is no condition as it is', () => {
    expect(conditionWords('{', 'update')).toEqual({ event: null, onlyIf: '{' })
    expect(conditionWords(null, 'update')).toEqual({ event: null, onlyIf: null })
  })
})
