// Runs as bytes that are not ours, in the browser of a signed-in owner, against the dashboard D. Every try reports what it
// got; "refused" is what each of them should get.
async (D, app) => {
  const got = {}
  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
  const within = (promise) => Promise.race([promise, wait(4000).then(() => 'refused')])
  const attempt = async (name, act) => {
    try {
      got[name] = (await within(act())) ?? 'refused'
    } catch {
      got[name] = 'refused'
    }
  }
  const read = (path, init) => fetch(D + path, { credentials: 'include', ...init }).then((r) => r.text())
  const planted = JSON.stringify({ name: 'Planted' })
  const fires = (target, good, bad = 'error') =>
    new Promise((resolve) => {
      target.addEventListener(good, () => resolve(good))
      target.addEventListener(bad, () => resolve('refused'))
    })

  await attempt('read the API', () => read('/api/v1/me'))
  await attempt('read the API without CORS', () => read('/api/v1/me', { mode: 'no-cors' }).then((t) => t || 'refused'))
  await attempt('read the shell', () => read('/'))
  await attempt('post JSON', () => read('/api/v1/apps', { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Patchbay': '1' }, body: planted }))
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
    await attempt('post ' + type, () =>
      read('/api/v1/apps', { method: 'POST', mode: 'no-cors', headers: { 'Content-Type': type }, body: planted }).then((t) => t || 'refused'),
    )
  await attempt('post a beacon', async () => {
    navigator.sendBeacon(D + '/api/v1/apps', planted)
    navigator.sendBeacon(D + '/api/v1/apps', new Blob([planted], { type: 'application/json' }))
    await wait(300)
  })
  await attempt('sign the owner out', () => read('/api/v1/sign-out', { method: 'POST', mode: 'no-cors', body: '{}' }).then((t) => t || 'refused'))
  await attempt('delete the app', () => read('/api/v1/apps/' + app, { method: 'DELETE', headers: { 'X-Patchbay': '1' } }))
  await attempt('post a form into a frame', async () => {
    const frame = document.body.appendChild(Object.assign(document.createElement('iframe'), { name: 'sink' }))
    const form = document.body.appendChild(document.createElement('form'))
    Object.assign(form, { method: 'post', action: D + '/api/v1/apps', enctype: 'text/plain', target: 'sink' })
    form.append(Object.assign(document.createElement('input'), { name: '{"name":"Planted","x":"', value: '"}' }))
    form.submit()
    await wait(600)
    return frame.contentDocument?.body?.textContent
  })

  got['cookie read'] = /patchbay/.test(document.cookie) ? document.cookie : 'refused'
  const before = document.cookie
  const jar = ['patchbay_session', '__Host-patchbay', '__Secure-patchbay', 'patchbay_connect']
  for (const name of jar)
    for (const rest of ['Domain=localhost; Path=/', 'Domain=localhost; Path=/api/v1', 'Domain=.localhost; Path=/', 'Secure; Path=/; Domain=localhost'])
      document.cookie = name + '=planted; ' + rest
  if (window.cookieStore) for (const name of jar) await attempt('cookie store ' + name, () => cookieStore.set({ name, value: 'planted', domain: 'localhost', path: '/' }))
  got['cookie planted for a parent'] = document.cookie === before ? 'refused' : document.cookie

  await attempt('frame the dashboard', async () => {
    const frame = document.createElement('iframe')
    frame.src = D + '/'
    document.body.append(frame)
    await wait(900)
    return frame.contentDocument?.title || frame.contentWindow.location.href
  })
  await attempt('open the dashboard and look in', async () => {
    const other = window.open(D + '/')
    await wait(1200)
    return other.document.title || other.location.href
  })
  await attempt('open the dashboard and lead it away', async () => {
    const other = window.open(D + '/team', 'mine')
    await wait(1200)
    other.postMessage('hello', '*')
    return other.closed ? 'refused' : 'still a handle: frames ' + other.length
  })
  got['opener'] = window.opener ? 'present' : 'refused'
  await attempt('register a worker of the dashboard', () => navigator.serviceWorker.register(D + '/theme.js').then(() => 'registered'))
  await attempt('register a worker over everything', () => navigator.serviceWorker.register('/functions/worker', { scope: '/' }).then(() => 'registered'))

  await attempt('picture of the API', () => {
    const picture = new Image()
    const outcome = fires(picture, 'load')
    picture.src = D + '/api/v1/connectors/slack/icon.svg'
    return outcome
  })
  await attempt('picture of the dashboard', () => {
    const picture = new Image()
    const outcome = fires(picture, 'load')
    picture.src = D + '/favicon.svg'
    return outcome
  })
  for (const path of ['/api/v1/me', '/theme.js'])
    await attempt('script ' + path, () => {
      const script = document.createElement('script')
      const outcome = fires(script, 'load')
      script.src = D + path
      document.head.append(script)
      return outcome
    })
  await attempt('live stream', () => {
    const stream = new EventSource(D + '/api/v1/apps/' + app + '/live', { withCredentials: true })
    return fires(stream, 'open').finally(() => stream.close())
  })
  await attempt('socket', () => fires(new WebSocket(D.replace('http', 'ws') + '/api/v1/apps/' + app + '/live'), 'open'))
  return got
}
