/** The one place that talks to the server: our header on every change, JSON both ways, and one error type. */

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly detail: Record<string, unknown> | null = null,
  ) {
    super(message)
    this.name = 'ApiError'
  }

  /** Why single fields were refused (422), by field name. */
  get fields(): Record<string, string> {
    const fields = this.detail?.['fields']
    return fields && typeof fields === 'object' ? (fields as Record<string, string>) : {}
  }
}

type Query = Record<string, string | number | boolean | null | undefined>

export function apiPath(path: string, query: Query = {}): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== '') params.set(key, String(value))
  const text = params.toString()
  return `/api/v1${path}${text ? `?${text}` : ''}`
}

/** Joins path parts, escaping each: ids and names come from the address bar. */
export function path(...parts: string[]): string {
  return parts.map((part) => `/${encodeURIComponent(part)}`).join('')
}

async function toError(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => null)) as {
    error?: { code?: string; message?: string; detail?: Record<string, unknown> | null }
  } | null
  const error = body?.error
  const message =
    error?.message ?? `The server answered ${response.status} without saying why. Its log has the reason.`
  return new ApiError(response.status, error?.code ?? `HTTP ${response.status}`, message, error?.detail ?? null)
}

async function send(input: string, init: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(input, { credentials: 'same-origin', cache: 'no-store', ...init })
  } catch (cause) {
    if (init.signal?.aborted) throw cause
    throw new ApiError(
      0,
      'offline',
      'The server cannot be reached. Nothing was changed; it is tried again when you retry.',
    )
  }
  if (!response.ok) throw await toError(response)
  return response
}

export async function get<T>(route: string, query?: Query, signal?: AbortSignal): Promise<T> {
  const response = await send(apiPath(route, query), {
    headers: { Accept: 'application/json' },
    signal: signal ?? null,
  })
  return (await response.json()) as T
}

async function change<T>(method: string, route: string, body: unknown = {}): Promise<T> {
  const response = await send(apiPath(route), {
    method,
    headers: { Accept: 'application/json', 'Content-Type': 'application/json', 'X-Patchbay': '1' },
    body: JSON.stringify(body),
  })
  if (response.status === 204) return {} as T
  const text = await response.text()
  return (text ? JSON.parse(text) : {}) as T
}

export const post = <T>(route: string, body?: unknown) => change<T>('POST', route, body)
export const put = <T>(route: string, body?: unknown) => change<T>('PUT', route, body)
export const patch = <T>(route: string, body?: unknown) => change<T>('PATCH', route, body)
export const remove = <T>(route: string) => change<T>('DELETE', route)

export async function openStream(route: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  const response = await send(apiPath(route), { headers: { Accept: 'text/event-stream' }, signal })
  if (!response.body) throw new ApiError(0, 'offline', 'The live stream ended before it began.')
  return response.body
}
