import { useQuery } from '@tanstack/react-query'
import { CircleCheck } from 'lucide-react'
import type { FunctionDetail } from '@/api/types'
import { ConnectorIcon } from '@/components/ConnectorIcon'
import { catalogQuery } from '@/features/catalog/catalog.queries'

export function FunctionCalls({ detail }: { detail: FunctionDetail }) {
  const catalog = useQuery(catalogQuery)
  const rows = detail.operations.map((id) => {
    const connector =
      catalog.data?.items.find((c) => c.operations.some((o) => o.id === id)) ??
      catalog.data?.items.find((c) => id.startsWith(`${c.id}.`))
    const operation = connector?.operations.find((o) => o.id === id)
    return {
      id,
      connector: connector?.id ?? id.split('.')[0] ?? '',
      name: operation?.name ?? id,
      scopes: operation?.scopes ?? [],
    }
  })
  return (
    <section className="p-4">
      <div className="mb-2 flex items-baseline justify-between">
        <h2 className="font-semibold">What this code calls</h2>
        <span className="text-12 text-ink-3">read from the code</span>
      </div>
      {rows.length === 0 && <p className="text-ink-2">No vendor. It can ask for none until the code does.</p>}
      <ul className="grid gap-2.5">
        {rows.map((row) => (
          <li key={row.id} className="flex items-center gap-3">
            <ConnectorIcon id={row.connector} size="sm" />
            <span className="min-w-0 flex-1 font-medium">{row.name}</span>
            <code className="text-right font-mono text-12 break-all text-ink-2">{row.scopes.join(' ')}</code>
          </li>
        ))}
      </ul>
      {rows.length > 0 && (
        <p className="mt-3 flex gap-2 text-12 text-ink-3">
          <CircleCheck className="size-4 shrink-0 text-ok" aria-hidden /> The code never holds the account’s
          token.
        </p>
      )}
    </section>
  )
}
