import { done, failure } from './sandbox.mjs'
import { connect, google } from './google.mjs'

const { auth } = await connect(['spreadsheets'])
const sheets = google.sheets({ version: 'v4', auth })
const { data: made } = await sheets.spreadsheets.create({ requestBody: { properties: { title: 'Stock' }, sheets: [{ properties: { title: 'Items' } }] } })
const spreadsheetId = made.spreadsheetId
await sheets.spreadsheets.values.update({ spreadsheetId, range: 'Items!A1', valueInputOption: 'USER_ENTERED', requestBody: { values: [['Item', 'Left', 'Each'], ['Hinge', '4', '2.5'], ['Glass', '2', '10']] } })
const appended = (await sheets.spreadsheets.values.append({ spreadsheetId, range: 'Items!A:C', valueInputOption: 'USER_ENTERED', requestBody: { values: [['Sum', '=SUM(B2:B3)', '=B2*C2+B3*C3']] } })).data
const read = (await sheets.spreadsheets.values.get({ spreadsheetId, range: 'Items!A1:C4', valueRenderOption: 'UNFORMATTED_VALUE' })).data
const batch = (await sheets.spreadsheets.values.batchGet({ spreadsheetId, ranges: ['Items!A2', 'Items!B2:C2'] })).data
await sheets.spreadsheets.batchUpdate({ spreadsheetId, requestBody: { requests: [{ addSheet: { properties: { title: 'More' } } }] } })
const readonly = google.sheets({ version: 'v4', auth: (await connect(['spreadsheets.readonly'])).auth })

done({
  appended: appended.updates.updatedRange,
  read: read.values,
  batch: batch.valueRanges.map((r) => r.values),
  titles: (await sheets.spreadsheets.get({ spreadsheetId, fields: 'sheets.properties.title' })).data.sheets.map((s) => s.properties.title),
  missing: (await failure(() => sheets.spreadsheets.get({ spreadsheetId: 'nosuchsheet' }))).status,
  badRange: (await failure(() => sheets.spreadsheets.values.get({ spreadsheetId, range: 'Nowhere!A1' }))).status,
  reads: (await readonly.spreadsheets.values.get({ spreadsheetId, range: 'Items!A1' })).data.values[0][0],
  refused: (await failure(() => readonly.spreadsheets.values.clear({ spreadsheetId, range: 'Items!A1' }))).status,
})
