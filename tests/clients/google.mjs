import { google } from 'googleapis'
import { base, clientId, clientSecret, consent, fetchHere, redirect } from './sandbox.mjs'

/** An OAuth client of Google's own library, whose calls go to the sandbox. */
export function newAuth() {
  const at = (address) => `${base}/${address}`
  return new google.auth.OAuth2({
    clientId,
    clientSecret,
    redirectUri: redirect,
    endpoints: {
      oauth2AuthBaseUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
      oauth2TokenUrl: at('oauth2.googleapis.com/token'),
      oauth2RevokeUrl: at('oauth2.googleapis.com/revoke'),
      tokenInfoUrl: at('oauth2.googleapis.com/tokeninfo'),
    },
  })
}

/** Through the whole code flow with PKCE. */
export async function connect(scopes, answers) {
  const auth = newAuth()
  const { codeVerifier, codeChallenge } = await auth.generateCodeVerifierAsync()
  const address = auth.generateAuthUrl({
    access_type: 'offline',
    prompt: 'consent',
    scope: scopes.map((s) => (['openid', 'email', 'profile'].includes(s) ? s : `https://www.googleapis.com/auth/${s}`)),
    state: 's',
    code_challenge: codeChallenge,
    code_challenge_method: 'S256',
  })
  const back = await consent(address, answers)
  if (back.error) return { back }
  const { tokens } = await auth.getToken({ code: back.code, codeVerifier })
  auth.setCredentials(tokens)
  return { auth, tokens, back }
}

google.options({ fetchImplementation: fetchHere, retry: false })
export { google }
