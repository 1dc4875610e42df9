import { done, failure } from './sandbox.mjs'
import { connect, google } from './google.mjs'

const { auth } = await connect(['calendar.events', 'calendar.calendarlist.readonly', 'calendar.freebusy', 'calendar.app.created'])
const calendar = google.calendar({ version: 'v3', auth })
const mark = `mark${Date.now()}`
const day = '2031-03-0'
const made = []
for (let i = 1; i <= 5; i++) {
  const { data } = await calendar.events.insert({
    calendarId: 'primary',
    requestBody: {
      summary: `${mark} ${i}`,
      start: { dateTime: `${day}${i}T10:00:00+01:00`, timeZone: 'Europe/Zurich' },
      end: { dateTime: `${day}${i}T11:00:00+01:00`, timeZone: 'Europe/Zurich' },
    },
  })
  made.push(data.id)
}
const found = []
let pageToken
do {
  const { data } = await calendar.events.list({
    calendarId: 'primary', q: mark, singleEvents: true, orderBy: 'startTime', maxResults: 2, pageToken,
    timeMin: '2031-01-01T00:00:00Z', timeMax: '2032-01-01T00:00:00Z',
  })
  found.push(...data.items.map((e) => e.id))
  pageToken = data.nextPageToken
} while (pageToken)
await calendar.events.patch({ calendarId: 'primary', eventId: made[0], requestBody: { location: 'Dock 4' } })
const busy = (await calendar.freebusy.query({ requestBody: { timeMin: '2031-03-01T00:00:00Z', timeMax: '2031-03-02T00:00:00Z', items: [{ id: 'primary' }] } })).data
const series = (await calendar.events.insert({
  calendarId: 'primary',
  requestBody: {
    summary: `${mark} daily`, recurrence: ['RRULE:FREQ=DAILY;COUNT=3'],
    start: { dateTime: '2031-05-01T09:00:00', timeZone: 'Europe/Zurich' }, end: { dateTime: '2031-05-01T09:15:00', timeZone: 'Europe/Zurich' },
  },
})).data
const instances = (await calendar.events.instances({ calendarId: 'primary', eventId: series.id })).data.items
await calendar.events.delete({ calendarId: 'primary', eventId: made[1] })
const narrow = google.calendar({ version: 'v3', auth: (await connect(['calendar.events.readonly'])).auth })
const refused = await failure(() => narrow.events.insert({ calendarId: 'primary', requestBody: { summary: 'x', start: { date: '2031-01-01' }, end: { date: '2031-01-02' } } }))

done({
  found: found.join() === made.join(),
  patched: (await calendar.events.get({ calendarId: 'primary', eventId: made[0] })).data.location === 'Dock 4',
  busy: busy.calendars.primary.busy.length === 1 && Date.parse(busy.calendars.primary.busy[0].start) === Date.parse('2031-03-01T09:00:00Z'),
  instances: instances.length === 3 && instances.every((e) => e.recurringEventId === series.id),
  deleted: (await calendar.events.get({ calendarId: 'primary', eventId: made[1] })).data.status === 'cancelled',
  calendars: (await calendar.calendarList.list()).data.items.some((c) => c.primary),
  missing: (await failure(() => calendar.events.get({ calendarId: 'primary', eventId: 'nosuchevent' }))).status,
  empty: (await failure(() => calendar.events.insert({ calendarId: 'primary', requestBody: { summary: 'no time' } }))).status,
  refused: refused.status,
})
