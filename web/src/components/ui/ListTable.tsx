import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { SkeletonRows } from './bits'
import { ErrorNote } from './ErrorNote'

interface Props<T> {
  /** A list as the API gives it. */
  list: UseQueryResult<{ items: T[] }>
  /** What the table holds, for who cannot see it. */
  caption: string
  /** The cells of its head. */
  head: ReactNode
  /** Shown instead of an empty table; says what would stand here and how to get it. */
  empty: ReactNode
  /** Height of a row while loading, so that nothing jumps. */
  rowHeight?: string
  row: (item: T) => ReactNode
}

/** A list of things that each have a page: loading, failed, empty, or rows. */
export function ListTable<T>({ list, caption, head, empty, rowHeight, row }: Props<T>) {
  return (
    <>
      {list.error && <ErrorNote error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && (
        <div className="card">
          <SkeletonRows height={rowHeight} />
        </div>
      )}
      {list.data?.items.length === 0 && empty}
      {list.data && list.data.items.length > 0 && (
        <div className="card framed overflow-hidden">
          <table className="table cards rows">
            <caption className="sr-only">{caption}</caption>
            <thead className="bg-well">
              <tr>{head}</tr>
            </thead>
            <tbody>{list.data.items.map(row)}</tbody>
          </table>
        </div>
      )}
    </>
  )
}
