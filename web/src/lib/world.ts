/** The sandbox's page where a person sees what arrived at the look-alike of a tool; without a tool, the list of all. */
export function worldUrl(sandbox: string, connector?: string): string {
  return new URL(`/world/${connector ? encodeURIComponent(connector) : ''}`, sandbox).href
}

/** A foreign origin: it gets no handle on this window. */
export function openWorld(url: string) {
  window.open(url, '_blank', 'noopener,noreferrer')
}
