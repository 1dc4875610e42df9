/** What stands before and after the subject; the person stands first. Without a subject where the person did it to itself. */
interface Sentence {
  before: string
  after?: string
  alone?: true
}

const sentences: Record<string, Sentence> = {
  'app.created': { before: 'created the app' },
  'app.backend-functions': { before: 'switched backend functions' },
  'api-key.created': { before: 'made the API key' },
  'api-key.deleted': { before: 'deleted the API key' },
  'connection.connected': { before: 'connected' },
  'connection.disconnected': { before: 'disconnected' },
  'oauth-client.added': { before: 'added the OAuth client' },
  'oauth-client.changed': { before: 'changed the OAuth client' },
  'oauth-client.removed': { before: 'removed the OAuth client' },
  'proposal.accepted': { before: 'accepted the proposal' },
  'proposal.undone': { before: 'undid the proposal' },
  'session.started': { before: 'signed in', alone: true },
  'teammate.invited': { before: 'invited' },
  'teammate.password': { before: 'chose a new password', alone: true },
  'teammate.removed': { before: 'removed' },
  'teammate.reset': { before: 'reset', after: '’s password and made a sign-in link' },
  'teammate.role': { before: 'changed the role of' },
  'workspace.created': { before: 'created the workspace' },
  'workspace.plan': { before: 'changed the plan of' },
}

/** An action as a sentence without its person and its subject; one that this page does not know yet is quoted as it is. */
export function sentenceOf(action: string): Sentence {
  return Object.hasOwn(sentences, action) ? sentences[action]! : { before: `did “${action}”:` }
}

const details: Record<string, string> = {
  Revoked: 'The vendor was told to end the sign-in.',
  ForgottenSharedGrant:
    'The sign-in was destroyed here; the vendor was not told, because another app uses the account.',
  ForgottenVendorFailed: 'The sign-in was destroyed here; the vendor could not be told.',
  ForgottenNoRevocation: 'The sign-in was destroyed here; this vendor cannot be told.',
}

/** What the log adds, in words where it is a code of ours. */
export function detailWords(action: string, detail: string | null): string | null {
  if (detail === null) return null
  if (action === 'connection.disconnected') return Object.hasOwn(details, detail) ? details[detail]! : detail
  if (action === 'teammate.role' || action === 'teammate.invited') return `Role: ${detail.toLowerCase()}`
  if (action === 'workspace.plan') return `Plan: ${detail}`
  return detail
}
