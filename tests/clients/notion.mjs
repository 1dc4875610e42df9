import { Client, collectPaginatedAPI } from '@notionhq/client'
import { base, clientId, clientSecret, consent, done, failure, redirect } from './sandbox.mjs'

const options = { baseUrl: `${base}/api.notion.com`, retry: false }
const authorize = `https://api.notion.com/v1/oauth/authorize?${new URLSearchParams({ client_id: clientId, response_type: 'code', owner: 'user', redirect_uri: redirect, state: 's' })}`
const { code } = await consent(authorize)
const tokens = await new Client(options).oauth.token({ client_id: clientId, client_secret: clientSecret, grant_type: 'authorization_code', code, redirect_uri: redirect })
const notion = new Client({ ...options, auth: tokens.access_token })
const me = await notion.users.me({})
const seen = (await notion.search({ filter: { property: 'object', value: 'page' }, page_size: 1 })).results[0]
const made = await notion.databases.create({
  parent: { type: 'page_id', page_id: seen.id },
  title: [{ type: 'text', text: { content: 'Stock' } }],
  initial_data_source: { properties: { Name: { title: {} }, Left: { number: {} }, State: { select: { options: [{ name: 'open' }, { name: 'done' }] } } } },
})
const source = made.data_sources[0].id
for (let i = 1; i <= 5; i++) {
  await notion.pages.create({
    parent: { type: 'data_source_id', data_source_id: source },
    properties: { Name: { title: [{ text: { content: `Item ${i}` } }] }, Left: { number: i }, State: { select: { name: i % 2 ? 'open' : 'done' } } },
  })
}
const all = await collectPaginatedAPI(notion.dataSources.query, { data_source_id: source, page_size: 2, sorts: [{ property: 'Left', direction: 'descending' }] })
const open = await notion.dataSources.query({ data_source_id: source, filter: { and: [{ property: 'State', select: { equals: 'open' } }, { property: 'Left', number: { greater_than: 1 } }] } })
await notion.pages.update({ page_id: all[0].id, properties: { Left: { number: 50 } } })
await notion.blocks.children.append({ block_id: all[0].id, children: [{ paragraph: { rich_text: [{ text: { content: 'hello' } }] } }] })
const blocks = await notion.blocks.children.list({ block_id: all[0].id })
const missing = await failure(() => notion.pages.retrieve({ page_id: '00000000-0000-4000-8000-000000000000' }))
const wrong = await failure(() => notion.dataSources.query({ data_source_id: source, filter: { property: 'Nope', number: { equals: 1 } } }))

done({
  bot: me.type,
  left: all.map((p) => p.properties.Left.number),
  open: open.results.map((p) => p.properties.Name.title[0].plain_text).sort(),
  updated: (await notion.pages.retrieve({ page_id: all[0].id })).properties.Left.number,
  blocks: blocks.results.map((b) => b.paragraph.rich_text[0].plain_text),
  missing: missing.code,
  wrong: wrong.code,
  dead: (await failure(() => new Client({ ...options, auth: 'ntn_sbxnonsense' }).users.me({}))).code,
  denied: (await consent(authorize, { decision: 'deny' })).error,
  revoked: await (async () => {
    await new Client(options).oauth.revoke({ client_id: clientId, client_secret: clientSecret, token: tokens.access_token })
    return (await failure(() => notion.users.me({}))).code
  })(),
})
