import { describe, expect, it } from 'vitest'
import { connectFailure } from './connectFailures'

describe('why an account was not connected', () => {
  it('has our own words for a code of the server', () => {
    expect(connectFailure('Denied', 'Slack').text).toBe(
      'Access was not allowed at Slack, so nothing was connected.',
    )
    expect(connectFailure('VendorError').text).toBe('The vendor reported an error on its own page.')
  })

  it('repeats nothing of an address that anybody may have written', () => {
    for (const code of ['Call +1 555 now', 'constructor', '__proto__', '', undefined]) {
      const { code: shown, text } = connectFailure(code)
      expect(shown).toBe('')
      expect(text).toBe('The account was not connected, and the address does not say why.')
    }
  })
})
