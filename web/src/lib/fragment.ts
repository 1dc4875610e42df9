/**
 * Takes the one-time token out of the address (`/welcome#token`) and removes it there at once, so that it stays neither
 * on the screen, in the history, nor in a copied link. A fragment is never sent to a server.
 */
export function takeFragmentToken(): string {
  const token = decodeURIComponent(window.location.hash.replace(/^#/, ''))
  if (token)
    window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search)
  return token
}
