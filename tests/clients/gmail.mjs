import { done, failure } from './sandbox.mjs'
import { connect, google } from './google.mjs'

const raw = (to, subject, text) => Buffer.from(`To: ${to}\r\nSubject: ${subject}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}`).toString('base64url')
const { auth, tokens } = await connect(['openid', 'email', 'gmail.modify'])
const gmail = google.gmail({ version: 'v1', auth })
const mark = `mark${Date.now()}`
const sent = []
for (let i = 0; i < 5; i++) sent.push((await gmail.users.messages.send({ userId: 'me', requestBody: { raw: raw('ada@example.com', `${mark} ${i}`, 'Grüße') } })).data.id)
const uploaded = await gmail.users.messages.send({ userId: 'me', media: { mimeType: 'message/rfc822', body: `To: bo@example.com\r\nSubject: ${mark} upload\r\n\r\nby upload` } })
const found = []
let pageToken
do {
  const { data } = await gmail.users.messages.list({ userId: 'me', q: `subject:${mark}`, maxResults: 2, pageToken })
  found.push(...(data.messages ?? []).map((m) => m.id))
  pageToken = data.nextPageToken
} while (pageToken)
const read = (await gmail.users.messages.get({ userId: 'me', id: sent[0] })).data
const draft = (await gmail.users.drafts.create({ userId: 'me', requestBody: { message: { raw: raw('cy@example.com', 'later', 'x') } } })).data
await gmail.users.messages.modify({ userId: 'me', id: sent[0], requestBody: { addLabelIds: ['STARRED'] } })
const fresh = await auth.refreshAccessToken()
const narrow = google.gmail({ version: 'v1', auth: (await connect(['gmail.send'])).auth })
const refused = await failure(() => narrow.users.messages.list({ userId: 'me' }))

done({
  found: found.sort().join() === [...sent, uploaded.data.id].sort().join(),
  subject: read.payload.headers.find((h) => h.name === 'Subject').value === `${mark} 0`,
  text: Buffer.from(read.payload.body.data, 'base64url').toString(),
  starred: (await gmail.users.messages.get({ userId: 'me', id: sent[0], format: 'minimal' })).data.labelIds.includes('STARRED'),
  draft: (await gmail.users.drafts.get({ userId: 'me', id: draft.id })).data.message.id === draft.message.id,
  email: (await google.oauth2({ version: 'v2', auth }).userinfo.get()).data.email,
  scope: tokens.scope.split(' ').length,
  refreshed: fresh.credentials.access_token !== tokens.access_token,
  missing: (await failure(() => gmail.users.messages.get({ userId: 'me', id: 'ffffffffffffffff' }))).status,
  refused: { status: refused.status, reason: refused.data.error.details?.[0]?.reason ?? refused.data.error.errors?.[0]?.reason },
  denied: (await connect(['gmail.send'], { decision: 'deny' })).back.error,
  revoked: await (async () => {
    await auth.revokeCredentials()
    auth.setCredentials({ access_token: fresh.credentials.access_token })
    return (await failure(() => gmail.users.getProfile({ userId: 'me' }))).status
  })(),
})
