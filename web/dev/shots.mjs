// Walks every screen of the fixture in light, dark and phone, keeps pictures, and fails on any serious axe finding,
// any CSP message, any page error, and any request that leaves the origin.
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const base = process.env.BASE ?? 'http://127.0.0.1:4499'
const out = process.env.OUT ?? join(import.meta.dirname, '..', 'test-results', 'shots')
const only = process.argv[2]
mkdirSync(out, { recursive: true })
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const runs = await (
  await fetch(`${base}/api/v1/apps/helpdesk/runs`, { headers: { cookie: 'patchbay_session=fixture' } })
).json()
const run = runs.items[2].id
const A = '/apps/helpdesk'
const screens = [
  ['welcome', '/welcome#abc'],
  ['sign-in', '/sign-in'],
  ['link', '/sign-in/link'],
  ['apps', '/'],
  ['team', '/team'],
  ['build', A],
  ['build-empty', '/apps/blank'],
  ['integrations', `${A}/integrations`],
  ['access', `${A}/integrations?access=k2`],
  ['browse', `${A}/integrations/browse`],
  ['connector', `${A}/integrations/browse/slack`],
  ['functions', `${A}/functions`],
  ['function', `${A}/functions/notifySupport`],
  ['flows', `${A}/flows`],
  ['flow', `${A}/flows/f3`],
  ['runs', `${A}/runs`],
  ['run', `${A}/runs/${run}`],
  ['data', `${A}/data`],
  ['entity', `${A}/data/Ticket`],
  ['record', `${A}/data/Ticket?create=true`],
  ['settings', `${A}/settings`],
  ['refused', `${A}/connected?error=Denied&connector=slack`],
  ['missing', '/nowhere'],
  ['palette', `${A}/runs`, (p) => p.keyboard.press('Control+k')],
  ['keys', `${A}/runs`, (p) => p.keyboard.press('?')],
  ['menu', `${A}/integrations`, (p) => p.getByRole('button', { name: 'Gmail: more' }).click()],
  ['change', A, (p) => p.getByRole('button', { name: 'Change…' }).first().click()],
  ['newapp', '/', (p) => p.getByRole('button', { name: 'New app…' }).click()],
]

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
const problems = []
let looked = 0
for (const mode of ['light', 'dark', 'phone']) {
  const context = await browser.newContext({
    colorScheme: mode === 'dark' ? 'dark' : 'light',
    viewport: mode === 'phone' ? { width: 390, height: 844 } : { width: 1440, height: 900 },
    bypassCSP: false,
  })
  await context.addCookies([{ name: 'patchbay_session', value: 'fixture', url: base }])
  for (const [name, path, act] of screens) {
    if (only && !only.split(',').includes(name)) continue
    const page = await context.newPage()
    const say = (what) => problems.push(`${mode} ${name}: ${what}`)
    page.on(
      'console',
      (m) =>
        (/Content Security Policy|violates/i.test(m.text()) || m.type() === 'error') &&
        !/status of 40/.test(m.text()) &&
        say(m.text()),
    )
    page.on('pageerror', (e) => say(`page error ${e.message}`))
    page.on(
      'request',
      (r) => !r.url().startsWith(base) && !r.url().startsWith('data:') && say(`request to ${r.url()}`),
    )
    await page.goto(base + path)
    await page
      .locator('h1, h2')
      .first()
      .waitFor({ timeout: 8000 })
      .catch(() => say('no heading'))
    await page.waitForTimeout(700)
    if (act) {
      await act(page).catch((e) => say(e.message.split('\n')[0]))
      await page.waitForTimeout(500)
    }
    await page.screenshot({ path: join(out, `${name}-${mode}.png`) })
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    if (wide > 0) say(`scrolls sideways by ${wide} px`)
    const cdp = await context.newCDPSession(page)
    const { result } = await cdp.send('Runtime.evaluate', {
      expression: `${axe};axe.run().then(r => JSON.stringify(r.violations.map(v => [v.id, v.impact, v.nodes.length, v.nodes[0].html.slice(0, 160), v.nodes[0].any[0]?.message ?? ''])))`,
      awaitPromise: true,
      returnByValue: true,
    })
    for (const [id, impact, n, html, why] of JSON.parse(result.value))
      say(`axe ${impact} ${id} x${n} ${html} ${why}`)
    looked++
    await page.close()
  }
  await context.close()
}
await browser.close()
for (const p of problems) console.log(p)
const serious = problems.filter((p) => !/axe (minor|moderate)/.test(p)).length
console.log(`${looked} screens looked at, ${problems.length} findings, ${serious} serious`)
process.exit(serious ? 1 : 0)
