// What every script here needs: the sandbox's address, its consent page, and a fetch that finds the vendors in it.
export const [base, clientId, clientSecret, redirect] = process.argv.slice(2)

// https://gmail.googleapis.com/x is {base}/gmail.googleapis.com/x in the sandbox: nothing else about a call changes.
export const fetchHere = (url, init) => {
  const { host, pathname, search } = new URL(String(url))
  return fetch(`${base}/${host}${pathname}${search}`, init)
}

export const here = (address) => {
  const { host, pathname, search } = new URL(address)
  return `${base}/${host}${pathname}${search}`
}

const attribute = (tag, name) =>
  (new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '').replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|(amp|quot|lt|gt));/gi,
    (_, hex, decimal, name) => (name ? { amp: '&', quot: '"', lt: '<', gt: '>' }[name] : String.fromCodePoint(parseInt(hex ?? decimal, hex ? 16 : 10))),
  )

/** Answers a consent page as a person would who has no script: the first account, every box but those named. */
export async function consent(address, { untick = [], decision = 'allow' } = {}) {
  const page = await (await fetch(here(address))).text()
  const action = attribute(/<form[^>]*data-consent[^>]*>/.exec(page)?.[0] ?? '', 'action')
  if (!action) throw new Error(`No consent form: ${page.slice(0, 400)}`)
  const form = new URLSearchParams({ decision })
  for (const [tag] of page.matchAll(/<input[^>]*>/g)) {
    const name = attribute(tag, 'name')
    const value = attribute(tag, 'value')
    if (name === 'account' && form.has('account')) continue
    if (name === 'scope' && untick.includes(value)) continue
    form.append(name, value)
  }
  const answer = await fetch(base + action, { method: 'POST', body: form, redirect: 'manual' })
  const back = new URL(answer.headers.get('location') ?? '', 'http://missing')
  return Object.fromEntries(back.searchParams)
}

/** What a call failed with, or an error if it did not. */
export async function failure(act) {
  try {
    await act()
  } catch (e) {
    return { name: e.name, message: e.message, code: e.code, status: e.status ?? e.response?.status, data: e.data ?? e.response?.data }
  }
  throw new Error('That should have failed.')
}

export async function every(pages, take) {
  const all = []
  for await (const page of pages) all.push(...take(page))
  return all
}

export const done = (result) => console.log(JSON.stringify(result))
