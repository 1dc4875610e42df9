// A DEVELOPMENT FIXTURE, never shipped: serves dist/ under the product's CSP and answers the dashboard API from memory,
// so that screens can be looked at without the server. Everything it says is invented.
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import * as world from './world.mjs'

const dist = join(import.meta.dirname, '..', 'dist')
const port = Number(process.env.PORT ?? 4499)
const types = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.html': 'text/html; charset=utf-8',
}
const streams = new Set()
const emit = (event, data) =>
  streams.forEach((s) => s.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`))

const json = (res, status, body, headers = {}) => {
  res.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...headers })
  res.end(JSON.stringify(body))
}
const fail = (res, status, code, message, detail = null) =>
  json(res, status, { error: { code, message, detail } })
const list = (items, more = {}) => ({ items, nextCursor: null, ...more })

async function api(req, res, url) {
  const parts = url.pathname.slice('/api/v1/'.length).split('/').map(decodeURIComponent)
  const method = req.method
  let body = {}
  if (method !== 'GET') {
    if (req.headers['x-patchbay'] !== '1' || !req.headers['content-type']?.startsWith('application/json'))
      return fail(res, 403, 'PB1001', 'The request lacks our header.')
    const chunks = []
    for await (const chunk of req) chunks.push(chunk)
    body = JSON.parse(Buffer.concat(chunks).toString() || '{}')
  }
  const signed = req.headers.cookie?.includes('patchbay_session=fixture')
  const cookie = { 'Set-Cookie': 'patchbay_session=fixture; Path=/; HttpOnly; SameSite=Lax' }
  const route = `${method} /${parts.join('/')}`
  if (route === 'GET /sign-in') return json(res, 200, { hasOwner: true, shortestPassword: 10 })
  if (route === 'POST /sign-in')
    return body.password === 'wrong'
      ? fail(res, 401, 'PB1102', 'E-mail and password do not match.')
      : json(res, 200, world.me, cookie)
  if (route === 'POST /sign-in/link')
    return body.token === 'spent'
      ? fail(res, 401, 'PB1104', 'This link was used already. Ask for a new one.')
      : json(res, 200, world.me, cookie)
  if (route === 'POST /first-owner') return json(res, 200, world.me, cookie)
  if (!signed) return fail(res, 401, 'PB1101', 'Sign in first.')
  if (route === 'POST /sign-out')
    return json(res, 200, {}, { 'Set-Cookie': 'patchbay_session=; Path=/; Max-Age=0' })
  if (route === 'GET /me') return json(res, 200, world.me)
  if (route === 'GET /apps') return json(res, 200, list(world.apps))
  if (route === 'POST /apps') return json(res, 201, world.addApp(body))
  if (route === 'GET /audit') return json(res, 200, list([]))
  if (parts[0] === 'teammates')
    return method === 'GET'
      ? json(res, 200, list(world.team))
      : json(res, 200, {
          teammate: { id: 'n', ...body },
          link: `http://127.0.0.1:${port}/sign-in/link#invented`,
        })
  if (parts[0] === 'connectors') {
    if (parts.length === 1) return json(res, 200, list(world.connectors))
    const found = world.connectors.find((c) => c.id === parts[1])
    if (!found) return fail(res, 404, 'PB1404', 'There is no such connector.')
    if (parts[2] === 'icon.svg') {
      res.writeHead(200, { 'Content-Type': 'image/svg+xml' })
      return res.end(world.icons[found.id])
    }
    if (parts[2] === 'setup') return json(res, 200, setupOf(found))
    return json(res, 200, found)
  }
  if (parts[0] === 'oauth-clients') return json(res, 200, method === 'GET' ? list([]) : {})
  if (parts[0] === 'connect') {
    const wish = wishes.get(parts[1])
    if (!wish) return fail(res, 404, 'PB1431', 'This link was cut short, or nobody made it here.')
    if (method === 'POST') {
      wishes.delete(parts[1])
      return json(res, 200, {
        authorizeUrl: `http://127.0.0.1:${port}/_fixture/consent?${new URLSearchParams({ app: wish.app, connector: wish.connector, proposal: wish.proposalId ?? '' })}`,
      })
    }
    return json(res, 200, wish)
  }
  const app = world.apps.find((a) => a.id === parts[1])
  if (parts[0] !== 'apps' || !app)
    return fail(res, 404, 'PB1404', 'There is no such app. It may have been deleted.')
  const [, , kind, id, sub, subId] = parts
  if (!kind) return json(res, 200, method === 'PATCH' ? Object.assign(app, body) : app)
  if (kind === 'live') {
    res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
    res.write(': ping\n\n')
    streams.add(res)
    return void req.on('close', () => streams.delete(res))
  }
  const empty = app !== world.apps[0]
  if (kind === 'entities') {
    if (!id) return json(res, 200, list(empty ? [] : world.entities))
    const entity = world.entities.find((e) => e.name === id)
    if (!sub && method === 'PUT') {
      const made = { name: id, schema: body.schema, recordCount: 0 }
      world.entities.push(made)
      world.records[id] = []
      return json(res, 200, made)
    }
    if (!entity) return fail(res, 404, 'PB1404', 'There is no such entity.')
    if (!sub && method === 'DELETE') {
      world.entities.splice(world.entities.indexOf(entity), 1)
      return json(res, 200, {})
    }
    const rows = world.records[id]
    if (method === 'GET') return json(res, 200, list(rows))
    const now = new Date().toISOString()
    if (method === 'POST') {
      if (id === 'Ticket' && !body.subject)
        return fail(res, 422, 'PB1422', 'Some fields are not valid.', {
          fields: { subject: 'Say what it is about.' },
        })
      const row = {
        id: world.newId(),
        created_date: now,
        updated_date: now,
        created_by: 'mara@northwind.example',
        ...body,
      }
      rows.unshift(row)
      entity.recordCount++
      emit('record', { entity: id, id: row.id, type: 'create' })
      return json(res, 201, row)
    }
    const row = rows.find((r) => r.id === subId)
    if (method === 'PATCH') return json(res, 200, Object.assign(row, body, { updated_date: now }))
    rows.splice(rows.indexOf(row), 1)
    entity.recordCount--
    return json(res, 200, {})
  }
  if (kind === 'connections') {
    if (!id) return json(res, 200, list(empty ? [] : world.connections))
    if (sub === 'connect')
      return json(res, 200, { connectUrl: `http://127.0.0.1:${port}/connect/${wishOf(app, id, body)}` })
    const found = world.connections.find((c) => c.id === id)
    found.state = 'disconnected'
    return json(res, 200, found)
  }
  if (kind === 'calls') return json(res, 200, list(world.runs[2].calls))
  if (kind === 'conversations') {
    if (!id)
      return method === 'GET'
        ? json(res, 200, list(empty ? [] : [{ id: 'c1', title: 'Ticket alerts', updatedAt: world.ago(1) }]))
        : json(res, 200, { id: 'c1', title: '', messages: [] })
    if (method === 'GET') return json(res, 200, { id, title: 'Ticket alerts', messages: world.messages })
    const mine = {
      id: world.newId(),
      role: 'user',
      text: body.text,
      createdAt: new Date().toISOString(),
      proposal: null,
      question: null,
      decline: null,
    }
    const reply = world.answer(body.text)
    world.messages.push(mine, reply)
    return setTimeout(() => json(res, 200, { messages: [mine, reply] }), 300)
  }
  if (kind === 'proposals') {
    const proposal = world.messages.map((m) => m.proposal).find((p) => p?.id === id)
    if (sub === 'skip') proposal.requirements.forEach((r) => (r.state = 'skipped'))
    if (sub === 'accept') Object.assign(proposal, { status: 'accepted', acceptedAt: new Date().toISOString() })
    if (sub === 'undo') proposal.status = 'undone'
    return json(res, 200, proposal)
  }
  if (kind === 'functions') {
    if (!id) return json(res, 200, list(empty ? [] : world.functions))
    if (method === 'PUT') {
      const bad = body.files.find((f) => f.content.includes('syntax error'))
      if (bad)
        return fail(res, 422, 'PB3104', 'Expected ";" but found "error".', {
          line: bad.content.split('\n').findIndex((l) => l.includes('syntax error')) + 1,
          file: bad.path,
        })
      world.detail.version++
      world.detail.files = body.files
      world.detail.versions.unshift({
        version: world.detail.version,
        author: 'Mara Köhler',
        message: body.message,
        createdAt: new Date().toISOString(),
      })
      return json(res, 200, world.detail)
    }
    if (sub === 'versions')
      return json(res, 200, {
        ...world.detail,
        version: Number(subId),
        files: world.detail.files.map((f) => ({ ...f, content: f.content.replace('urgent', 'very urgent') })),
      })
    return json(res, 200, { ...world.detail, name: id })
  }
  if (kind === 'flows') {
    if (!id) return json(res, 200, list(empty ? [] : world.flows))
    const flow = world.flows.find((f) => f.id === id)
    if (!flow) return fail(res, 404, 'PB1404', 'There is no such flow.')
    if (sub === 'samples')
      return json(
        res,
        200,
        list((world.records[flow.trigger.entity] ?? []).map((record) => ({ record, fits: true }))),
      )
    if (sub === 'run') return json(res, 200, world.runs[0])
    if (method === 'PATCH') Object.assign(flow, body, { state: body.enabled ? 'on' : 'off' })
    return json(res, 200, flow)
  }
  if (kind === 'runs') {
    if (!id) {
      const q = url.searchParams
      const rows = empty
        ? []
        : world.runs.filter(
            (r) =>
              (!q.get('status') || r.status === q.get('status')) &&
              (!q.get('flow') || r.flowId === q.get('flow')) &&
              (!q.get('q') || JSON.stringify(r).toLowerCase().includes(q.get('q').toLowerCase())),
          )
      return json(
        res,
        200,
        list(rows, {
          summary: empty
            ? { total: 0, succeeded: 0, failed: 0, running: 0, p50Ms: null, p95Ms: null, buckets: [] }
            : world.summary(),
        }),
      )
    }
    const run = world.runs.find((r) => r.id === id)
    return run
      ? json(res, 200, run)
      : fail(res, 404, 'PB1404', 'There is no such run. Runs are kept for 30 days.')
  }
  if (kind === 'api-keys')
    return method === 'GET'
      ? json(res, 200, list(world.keys))
      : method === 'POST'
        ? json(res, 200, world.addKey(body.name))
        : json(res, 200, {})
  return fail(res, 404, 'PB1404', 'Nothing is here.')
}

/** What somebody asked to connect, by the handle of its page. */
const wishes = new Map()

const setupOf = (connector) => ({
  callbackUrl: `http://127.0.0.1:${port}/oauth/callback/${connector.vendor}`,
  steps: [
    'Open https://console.example.com, and create an app.',
    'Add the callback address above.',
    'Copy the client id and the client secret here.',
  ],
  addressRefusal: null,
  liveProblem: `No OAuth client is set up for ${connector.name}. An admin adds one on the connector's page.`,
  liveClients: [],
  sandbox: true,
})

function wishOf(app, id, body) {
  const connector = world.connectors.find((c) => c.id === id)
  const handle = randomBytes(32).toString('base64url')
  wishes.set(handle, {
    app: app.id,
    appName: app.name,
    connector: id,
    connectorName: connector.name,
    requestedBy: world.me.teammate.name,
    accountLabel: null,
    switchAccount: body.switchAccount ?? false,
    permissions: connector.scopes
      .filter((s) => body.scopes?.includes(s.id))
      .map((s) => ({ scope: s.id, plain: s.plain, class: s.class, isNew: false })),
    identityAsked: false,
    realm: 'sandbox',
    client: null,
    setup: setupOf(connector),
    proposalId: body.proposalId ?? null,
    backendFunctions: app.backendFunctions,
    expiresAt: new Date(Date.now() + 600_000).toISOString(),
  })
  return handle
}

createServer((req, res) => {
  const url = new URL(req.url, `http://127.0.0.1:${port}`)
  if (url.pathname.startsWith('/api/'))
    return void api(req, res, url).catch((e) => fail(res, 500, 'PB1500', String(e)))
  if (url.pathname === '/_fixture/set') {
    Object.assign(world.me.server, JSON.parse(url.searchParams.get('server') ?? '{}'))
    return json(res, 200, world.me)
  }
  if (url.pathname === '/_fixture/consent') {
    const q = url.searchParams
    const to = `/oauth/callback/fixture?${q}`
    res.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
    return res.end(
      `<!doctype html><html lang="en"><title>Fixture consent</title><main><h1>Fixture consent for ${/^\w+$/.exec(q.get('connector') ?? '')?.[0]}</h1><p><a id="allow" href="${to.replace(/&/g, '&amp;')}">Allow</a> <a id="deny" href="${to.replace(/&/g, '&amp;')}&amp;deny=1">Deny</a></p></main></html>`,
    )
  }
  if (url.pathname === '/oauth/callback/fixture') {
    const q = url.searchParams
    const back = q.get('deny')
      ? { error: 'PB2104', message: 'You did not allow it at Slack, so nothing was connected.' }
      : { ...world.connect(q.get('connector')), connector: q.get('connector'), proposal: q.get('proposal') }
    res.writeHead(302, { Location: `/apps/${q.get('app')}/connected?${new URLSearchParams(back)}` })
    return res.end()
  }
  const file = join(dist, url.pathname)
  if (url.pathname !== '/' && extname(url.pathname)) {
    if (!file.startsWith(dist) || !existsSync(file)) return void res.writeHead(404).end()
    const encoding = existsSync(`${file}.br`) && req.headers['accept-encoding']?.includes('br') ? 'br' : ''
    res.writeHead(200, {
      'Content-Type': types[extname(file)] ?? 'application/octet-stream',
      ...(encoding ? { 'Content-Encoding': 'br' } : {}),
    })
    return res.end(readFileSync(encoding ? `${file}.br` : file))
  }
  const nonce = randomBytes(16).toString('base64')
  res.writeHead(200, {
    'Content-Type': types['.html'],
    'Cache-Control': 'no-store',
    'Content-Security-Policy': `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
  })
  res.end(readFileSync(join(dist, 'index.html'), 'utf8').replaceAll('__CSP_NONCE__', nonce))
}).listen(port, '127.0.0.1', () => console.log(`fixture on http://127.0.0.1:${port}`))
