import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiError, apiPath, get, path, post } from './client'

function answer(status: number, body: string) {
  const spy = vi.fn<(input: string, init: RequestInit) => Promise<Response>>(() =>
    Promise.resolve(new Response(body, { status })),
  )
  vi.stubGlobal('fetch', spy)
  return spy
}

afterEach(() => vi.unstubAllGlobals())

describe('the API client', () => {
  it('sends our header and a JSON body with every change, even an empty one', async () => {
    const spy = answer(200, '{}')
    await post('/sign-out')
    const init = spy.mock.calls[0]![1]
    expect(init.headers).toMatchObject({ 'X-Patchbay': '1', 'Content-Type': 'application/json' })
    expect(init.body).toBe('{}')
  })

  it('turns an error answer into its code, message and fields', async () => {
    answer(
      422,
      '{"error":{"code":"PB1422","message":"Some fields are not valid.","detail":{"fields":{"name":"Too long."}}}}',
    )
    const error = await get('/apps').catch((e: unknown) => e)
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({
      status: 422,
      code: 'PB1422',
      message: 'Some fields are not valid.',
      fields: { name: 'Too long.' },
    })
  })

  it('says something useful when the answer is not JSON', async () => {
    answer(502, '<html>')
    await expect(get('/apps')).rejects.toMatchObject({ status: 502, code: 'HTTP 502' })
  })

  it('says that the server cannot be reached', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('network')))
    await expect(get('/apps')).rejects.toMatchObject({ status: 0, code: 'offline' })
  })

  it('escapes what comes from the address bar', () => {
    expect(path('apps', '../me')).toBe('/apps/..%2Fme')
    expect(apiPath('/runs', { q: 'a&b', status: undefined, limit: 5 })).toBe('/api/v1/runs?q=a%26b&limit=5')
  })
})
