import { Readable } from 'node:stream'
import { done, failure } from './sandbox.mjs'
import { connect, google } from './google.mjs'

const { auth } = await connect(['drive'])
const drive = google.drive({ version: 'v3', auth })
const mark = `mark${Date.now()}`
const folder = (await drive.files.create({ requestBody: { name: mark, mimeType: 'application/vnd.google-apps.folder' }, fields: 'id' })).data
const made = []
for (let i = 1; i <= 5; i++) {
  const { data } = await drive.files.create({
    requestBody: { name: `${mark} ${i}.txt`, parents: [folder.id] },
    media: { mimeType: 'text/plain', body: Readable.from([`body ${i}`]) },
    fields: 'id,name,parents,size',
  })
  made.push(data)
}
const found = []
let pageToken
do {
  const { data } = await drive.files.list({ q: `'${folder.id}' in parents and trashed = false`, orderBy: 'name', pageSize: 2, pageToken, fields: 'nextPageToken,files(id,name)' })
  found.push(...data.files)
  pageToken = data.nextPageToken
} while (pageToken)
const body = (await drive.files.get({ fileId: made[2].id, alt: 'media' }, { responseType: 'text' })).data
await drive.files.update({ fileId: made[2].id, media: { mimeType: 'text/plain', body: 'changed' } })
await drive.permissions.create({ fileId: made[0].id, requestBody: { type: 'user', role: 'reader', emailAddress: 'ada@example.com' }, sendNotificationEmail: false })
await drive.files.delete({ fileId: made[4].id })
const own = google.drive({ version: 'v3', auth: (await connect(['drive.file'])).auth })
const readonly = google.drive({ version: 'v3', auth: (await connect(['drive.readonly'])).auth })

done({
  found: found.map((f) => f.id).join() === made.map((f) => f.id).join(),
  masked: Object.keys(found[0]).sort().join() === 'id,name',
  parents: made[0].parents.join() === folder.id,
  body,
  changed: (await drive.files.get({ fileId: made[2].id, alt: 'media' }, { responseType: 'text' })).data,
  shared: (await drive.permissions.list({ fileId: made[0].id, fields: 'permissions(emailAddress,role)' })).data.permissions.some((p) => p.emailAddress === 'ada@example.com' && p.role === 'reader'),
  about: (await drive.about.get({ fields: 'user' })).data.user.emailAddress,
  missing: (await failure(() => drive.files.get({ fileId: made[4].id }))).status,
  badQuery: (await failure(() => drive.files.list({ q: 'name ~~ 3' }))).status,
  unseen: (await failure(() => own.files.get({ fileId: 'nosuchfile' }))).status,
  refused: (await failure(() => readonly.files.create({ requestBody: { name: 'x' } }))).status,
})
