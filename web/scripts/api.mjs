// Writes openapi/v1.json as the built server serves it, and src/api/schema.d.ts from it. Needs `dotnet build` first.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import openapiTS, { astToString } from 'openapi-typescript'

const web = resolve(import.meta.dirname, '..')
const root = resolve(web, '..')
const flavour = process.env.CONFIGURATION ?? 'Debug'
const program = join(root, 'src/Patchbay.Server/bin', flavour, 'net10.0/Patchbay.Server.dll')
const data = mkdtempSync(join(tmpdir(), 'patchbay-openapi-'))

const server = spawn(
  'dotnet',
  [program, '--port', '0', '--sandbox', 'off', '--data', join(data, 'data'), '--key-file', join(data, 'key')],
  { stdio: ['ignore', 'pipe', 'inherit'] },
)

/** The system chooses the port; the server's first line names it. */
async function address() {
  for await (const line of createInterface({ input: server.stdout })) {
    const found = /listens on (http:\S+)/.exec(line)
    if (found) return found[1]
  }
  throw new Error('The server ended before it listened. Build it first: dotnet build src/Patchbay.Server')
}

/** Names in one order, so that a change of code order is no change of the document. */
const sorted = (object) => Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)))

try {
  const document = await (await fetch(`${await address()}/openapi/v1.json`)).json()
  delete document.servers
  document.paths = sorted(document.paths)
  document.components.schemas = sorted(document.components.schemas)
  mkdirSync(join(root, 'openapi'), { recursive: true })
  writeFileSync(join(root, 'openapi/v1.json'), JSON.stringify(document, null, 2) + '\n')
  const head = '// Generated from openapi/v1.json by `npm run api`. Do not edit.\n\n'
  writeFileSync(join(web, 'src/api/schema.d.ts'), head + astToString(await openapiTS(document)))
  console.log(`${Object.keys(document.paths).length} paths written`)
} finally {
  server.kill()
  rmSync(data, { recursive: true, force: true })
}
