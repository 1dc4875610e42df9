import { infiniteQueryOptions } from '@tanstack/react-query'
import { get } from '@/api/client'
import type { AuditEntry, List } from '@/api/types'

const size = 50

export const auditQuery = infiniteQueryOptions({
  queryKey: ['audit'],
  queryFn: ({ signal, pageParam }) =>
    get<List<AuditEntry>>('/audit', { before: pageParam, limit: size }, signal),
  initialPageParam: '',
  getNextPageParam: (last: List<AuditEntry>) => last.nextCursor ?? undefined,
})
