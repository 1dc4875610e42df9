// The strict referee: oidc-provider with the settings that punish a careless client. PKCE is required, refresh tokens
// rotate and a reused one ends its whole family, redirect addresses are compared to the letter, callbacks carry "iss".
//
//   node server.mjs '{"issuer":"https://login.strict.example","clients":[...]}'
//
// Listens on a free loopback port and prints it as its first line. Ends when its standard input does.
// The person at the browser is the header "x-account"; "x-scopes" names what that person ticks (default: all).
// GET /_counts → {"token": requests at the token endpoint so far}.
import http from 'node:http'
import Provider from 'oidc-provider'

const { issuer, clients } = JSON.parse(process.argv[2])
const counts = { token: 0 }

const provider = new Provider(issuer, {
  clients,
  scopes: ['openid', 'offline_access', 'things:read', 'things:write'],
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false }, revocation: { enabled: true }, userinfo: { enabled: true } },
  rotateRefreshToken: true,
  issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
  ttl: { AccessToken: 600, RefreshToken: 86_400, Interaction: 600, Session: 600, Grant: 86_400, IdToken: 600 },
  enabledJWA: { clientAuthSigningAlgValues: ['ES256', 'RS256'] },
  cookies: { keys: ['only for this process'] },
  claims: { openid: ['sub'] },
  // A test moves its own clock to make a token old; the signed assertion of its client then comes from the future.
  clockTolerance: 3600,
  findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
})
// Behind a test's TLS: what the client calls https://login.strict.example arrives here in plain.
provider.proxy = true

// One page for signing in and consenting: the person of the header, allowing what the header says.
async function interact(request, response) {
  const { params, session } = await provider.interactionDetails(request, response)
  const accountId = request.headers['x-account']
  if (!accountId || session?.accountId && session.accountId !== accountId) throw new Error('nobody is signed in')
  const ticked = request.headers['x-scopes']?.split(' ')
  if (ticked?.[0] === 'none')
    return provider.interactionFinished(request, response, { error: 'access_denied', error_description: 'the person said no' })
  const grant = new provider.Grant({ accountId, clientId: params.client_id })
  const asked = params.scope.split(' ')
  grant.addOIDCScope(asked.filter((scope) => !ticked || ticked.includes(scope) || scope === 'openid').join(' '))
  const rejected = asked.filter((scope) => ticked && !ticked.includes(scope) && scope !== 'openid')
  if (rejected.length > 0) grant.rejectOIDCScope(rejected.join(' '))
  await provider.interactionFinished(request, response, { login: { accountId }, consent: { grantId: await grant.save() } })
}

const answer = provider.callback()
const server = http.createServer((request, response) => {
  if (request.url === '/_counts') return response.end(JSON.stringify(counts))
  if (request.url === '/token') counts.token++
  if (request.url.startsWith('/interaction/'))
    return interact(request, response).catch((error) => response.writeHead(400).end(String(error)))
  answer(request, response)
})
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
process.stdin.resume().on('end', () => process.exit(0))
