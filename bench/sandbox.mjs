// Connects to every vendor of a running sandbox and times one ordinary read of each, beside an empty application.
// Usage: node sandbox.mjs BASE CLIENT SECRET REDIRECT CONTROL PEER  (the first four as tests/clients/sandbox.mjs takes them)
import { createHash, randomBytes } from 'node:crypto'
import { base, clientId, clientSecret, consent, redirect } from '../tests/clients/sandbox.mjs'

const [, , , , , , control, peer] = process.argv
const turns = Number(process.env.TURNS ?? 200)
const google = (s) => `https://www.googleapis.com/auth/${s}`
const form = (fields) => ({ method: 'POST', body: new URLSearchParams(fields) })
const json = (body, method = 'POST') => ({ method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`

const vendors = {
  google: { authorize: 'https://accounts.google.com/o/oauth2/v2/auth', token: 'oauth2.googleapis.com/token' },
  slack: { authorize: 'https://slack.com/oauth/v2/authorize', token: 'slack.com/api/oauth.v2.access' },
  notion: { authorize: 'https://api.notion.com/v1/oauth/authorize', token: 'api.notion.com/v1/oauth/token', more: { owner: 'user' }, json: true },
  salesforce: { authorize: 'https://login.salesforce.com/services/oauth2/authorize', token: 'login.salesforce.com/services/oauth2/token' },
  hubspot: { authorize: 'https://app.hubspot.com/oauth/authorize', token: 'api.hubapi.com/oauth/v1/token' },
  linkedin: { authorize: 'https://www.linkedin.com/oauth/v2/authorization', token: 'www.linkedin.com/oauth/v2/accessToken' },
  tiktok: { authorize: 'https://www.tiktok.com/v2/auth/authorize/', token: 'open.tiktokapis.com/v2/oauth/token/', id: 'client_key', comma: true, pkce: true },
}

async function connect(name, scopes) {
  const v = vendors[name]
  const id = v.id ?? 'client_id'
  const verifier = randomBytes(32).toString('hex')
  const query = new URLSearchParams({ response_type: 'code', [id]: clientId, redirect_uri: redirect, state: 's', scope: scopes.join(v.comma ? ',' : ' '), ...v.more })
  if (v.pkce) for (const [k, x] of [['code_challenge', createHash('sha256').update(verifier).digest('hex')], ['code_challenge_method', 'S256']]) query.set(k, x)
  const { code } = await consent(`${v.authorize}?${query}`)
  const fields = { grant_type: 'authorization_code', code, redirect_uri: redirect }
  const request = v.json ? json(fields) : form({ ...fields, [id]: clientId, client_secret: clientSecret, ...(v.pkce && { code_verifier: verifier }) })
  if (v.json) request.headers.authorization = basic
  const reply = await (await fetch(`${base}/${v.token}`, request)).json()
  const token = reply.access_token
  if (!token) throw new Error(`${name}: ${JSON.stringify(reply).slice(0, 300)}`)
  return token
}

for (const vendor of Object.keys(vendors)) {
  const made = await fetch(`${base}/_sandbox/clients`, { ...json({ vendor, clientId, clientSecret, name: 'Bench', redirectUris: [redirect] }), headers: { 'content-type': 'application/json', 'x-sandbox-control': control } })
  if (!made.ok) throw new Error(`${vendor}: ${await made.text()}`)
}
const g = await connect('google', ['gmail.readonly', 'calendar.events.readonly', 'drive', 'spreadsheets', 'documents', 'presentations', 'bigquery.readonly'].map(google))
const post = async (path, body) => (await fetch(`${base}/${path}`, { ...json(body), headers: { 'content-type': 'application/json', authorization: `Bearer ${g}` } })).json()
const sheet = await post('sheets.googleapis.com/v4/spreadsheets', { properties: { title: 'Bench' } })
const doc = await post('docs.googleapis.com/v1/documents', { title: 'Bench' })
const slides = await post('slides.googleapis.com/v1/presentations', { title: 'Bench' })
const sql = 'SELECT channel, COUNT(*) AS n FROM `northwind-analytics.sales.orders` GROUP BY channel'
const calls = [
  ['gmail', g, 'gmail.googleapis.com/gmail/v1/users/me/messages?maxResults=20'],
  ['calendar', g, 'www.googleapis.com/calendar/v3/calendars/primary/events?maxResults=20'],
  ['drive', g, 'www.googleapis.com/drive/v3/files?pageSize=20'],
  ['docs', g, `docs.googleapis.com/v1/documents/${doc.documentId}`],
  ['sheets', g, `sheets.googleapis.com/v4/spreadsheets/${sheet.spreadsheetId}/values/A1:C20`],
  ['slides', g, `slides.googleapis.com/v1/presentations/${slides.presentationId}`],
  ['bigquery', g, 'bigquery.googleapis.com/bigquery/v2/projects/northwind-analytics/queries', json({ query: sql, useLegacySql: false, useQueryCache: false })],
  ['slack', await connect('slack', ['channels:read']), 'slack.com/api/conversations.list', { method: 'POST' }],
  ['notion', await connect('notion', []), 'api.notion.com/v1/search', json({ page_size: 20 }), { 'notion-version': '2025-09-03' }],
  ['salesforce', await connect('salesforce', ['api']), 'northwind.my.salesforce.com/services/data/v62.0/query?q=SELECT+Id,Name+FROM+Account+LIMIT+20'],
  ['hubspot', await connect('hubspot', ['crm.objects.contacts.read']), 'api.hubapi.com/crm/v3/objects/contacts?limit=20'],
  ['linkedin', await connect('linkedin', ['openid', 'profile', 'email']), 'api.linkedin.com/v2/userinfo'],
  ['tiktok', await connect('tiktok', ['user.info.basic']), 'open.tiktokapis.com/v2/user/info/?fields=open_id,display_name'],
]

async function timed(address, request) {
  const from = performance.now()
  const reply = await fetch(address, request)
  const text = await reply.text()
  if (!reply.ok) throw new Error(`${address}: ${reply.status} ${text.slice(0, 200)}`)
  return performance.now() - from
}
const half = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)]
const tail = (list) => list.sort((a, b) => a - b)[Math.floor(list.length * 0.95)]

console.log('call        p50 ms   p95 ms   empty p50 ms   ratio of p50')
for (const [name, token, path, request = {}, headers = {}] of calls) {
  const [ours, theirs] = [[], []]
  for (let turn = -20; turn < turns; turn++) {
    const a = await timed(`${base}/${path}`, { ...request, headers: { ...request.headers, ...headers, authorization: `Bearer ${token}` } })
    const b = await timed(peer)
    if (turn >= 0) ours.push(a), theirs.push(b)
  }
  console.log(`${name.padEnd(11)} ${half(ours).toFixed(2).padStart(6)}   ${tail(ours).toFixed(2).padStart(6)}   ${half(theirs).toFixed(2).padStart(12)}   ${(half(ours) / half(theirs)).toFixed(1).padStart(8)} x`)
}
