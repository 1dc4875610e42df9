/**
 * What a code of the server's `ConnectFailure` means. The words stand here and not in the address that the vendor's page
 * leads back to: anybody can write a link, and a text out of it would stand in our alert as ours.
 */
const texts: Record<string, (name: string) => string> = {
  Malformed: () => 'That address is not the answer to a connection that was started here.',
  UnknownState: () => 'This attempt was already used, or was never started here.',
  Expired: () => 'More than ten minutes passed since the connection was started.',
  WrongBrowser: () =>
    'This connection was started in another browser. Do not open such links when they come from others.',
  WrongTeammate: () => 'Another teammate started this connection. Sign in as that teammate, or start your own.',
  IssuerMismatch: (name) => `The answer does not come from ${name}. Nothing was exchanged.`,
  OtherVendor: () =>
    'The answer came to the address of another vendor than the one that was asked. Nothing was exchanged.',
  SignedOut: () => 'Nobody is signed in to this dashboard here. Sign in, and begin again from the app.',
  RoleTooLow: () => 'Viewers connect no accounts. Ask an editor of the workspace.',
  Denied: (name) => `Access was not allowed at ${name}, so nothing was connected.`,
  VendorError: (name) => `${name} reported an error on its own page.`,
  NotSetUp: (name) =>
    `The OAuth client for ${name} is not set up any more. An admin must add one on the tool’s page.`,
  ExchangeRefused: (name) =>
    `${name} did not accept the authorisation. If it happens again, an admin must check the OAuth client on the tool’s page.`,
  VendorUnavailable: (name) =>
    `${name} could not be reached or did not answer properly. Try again in a moment.`,
  OtherAccount: () =>
    'Another account was chosen than the one that is connected. Choose that one, or use “Switch account”.',
  AlreadyConnected: (name) => `Somebody connected ${name} meanwhile. Nothing else is to be done.`,
}

/** Never anything of the address: an unknown code has one text, and is not repeated. */
export function connectFailure(code: string | undefined, name = 'the vendor'): { code: string; text: string } {
  const known = code !== undefined && Object.hasOwn(texts, code) ? texts[code] : undefined
  const text = known?.(name) ?? 'The account was not connected, and the address does not say why.'
  return { code: known ? (code ?? '') : '', text: text.charAt(0).toUpperCase() + text.slice(1) }
}
