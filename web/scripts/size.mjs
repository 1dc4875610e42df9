// Fails when the JavaScript that the first view needs grows past the budget (issue 2: 250 KiB gzip).
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const budgetKiB = 250
const dist = join(import.meta.dirname, '..', 'dist')
const html = readFileSync(join(dist, 'index.html'), 'utf8')
const names = new Set([...html.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map((m) => m[1]))

// Static imports of an entry chunk are part of the first view even when they are not preloaded.
const queue = [...names]
for (const name of queue) {
  const text = readFileSync(join(dist, name), 'utf8')
  for (const [, rel] of text.matchAll(/(?:^|;|\n)import(?:[^'"()]*?from)?["']\.\/([^"']+\.js)["']/g)) {
    const next = `assets/${rel}`
    if (!names.has(next)) {
      names.add(next)
      queue.push(next)
    }
  }
}

let total = 0
for (const name of names) {
  const size = gzipSync(readFileSync(join(dist, name)), { level: 9 }).length
  total += size
  console.log(`${(size / 1024).toFixed(1).padStart(7)} KiB gzip  ${name}`)
}
const kib = total / 1024
console.log(`${kib.toFixed(1).padStart(7)} KiB gzip  initial JavaScript (budget ${budgetKiB})`)
if (names.size === 0 || kib > budgetKiB) {
  console.error(names.size === 0 ? 'No script found in dist/index.html: build first.' : 'Over budget.')
  process.exit(1)
}
