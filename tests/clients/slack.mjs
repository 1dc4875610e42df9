import { WebClient } from '@slack/web-api'
import { base, clientId, clientSecret, consent, done, every, failure, redirect } from './sandbox.mjs'

const options = { slackApiUrl: `${base}/slack.com/api/`, retryConfig: { retries: 0 } }
const authorize = (scope) =>
  `https://slack.com/oauth/v2/authorize?${new URLSearchParams({ client_id: clientId, scope, redirect_uri: redirect, state: 's' })}`
const connect = async (scope) => {
  const { code } = await consent(authorize(scope))
  return new WebClient(undefined, options).oauth.v2.access({ client_id: clientId, client_secret: clientSecret, code, redirect_uri: redirect })
}

const narrow = await connect('chat:write')
const refused = await failure(() => new WebClient(narrow.access_token, options).conversations.list())
const granted = await connect('chat:write,chat:write.public,channels:manage,channels:read,channels:history,users:read')
const slack = new WebClient(granted.access_token, options)
const who = await slack.auth.test()
const { channel } = await slack.conversations.create({ name: `made-${Date.now()}` })
const texts = Array.from({ length: 7 }, (_, i) => `line ${i + 1}`)
for (const text of texts) await slack.chat.postMessage({ channel: channel.id, text })
const read = await every(slack.paginate('conversations.history', { channel: channel.id, limit: 3 }), (page) => page.messages.map((m) => m.text))
const channels = await every(slack.paginate('conversations.list', { limit: 2 }), (page) => page.channels.map((c) => c.id))

done({
  team: granted.team.id === who.team_id,
  bot: granted.bot_user_id === who.user_id,
  read: read.filter((text) => texts.includes(text)),
  listed: channels.includes(channel.id),
  distinct: new Set(channels).size === channels.length,
  refused: refused.data,
  denied: (await consent(authorize('chat:write'), { decision: 'deny' })).error,
  missing: (await failure(() => slack.chat.postMessage({ channel: 'C0UNKNOWN', text: 'x' }))).data.error,
  dead: (await failure(() => new WebClient('xoxb-sbx-nonsense', options).auth.test())).data.error,
})
