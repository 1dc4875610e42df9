import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { get, path, put } from '@/api/client'
import type { FunctionDetail, FunctionSummary, List, SourceFile } from '@/api/types'

const base = (app: string) => `${path('apps', app)}/functions`

export const functionsQuery = (app: string) =>
  queryOptions({
    queryKey: ['app', app, 'functions'],
    queryFn: ({ signal }) => get<List<FunctionSummary>>(base(app), {}, signal),
  })

export const functionQuery = (app: string, name: string) =>
  queryOptions({
    queryKey: ['app', app, 'function', name],
    queryFn: ({ signal }) => get<FunctionDetail>(base(app) + path(name), {}, signal),
    enabled: name !== '',
  })

export const functionVersionQuery = (app: string, name: string, version: number | null) =>
  queryOptions({
    queryKey: ['app', app, 'function', name, 'version', version],
    queryFn: ({ signal }) => get<FunctionDetail>(`${base(app)}${path(name)}/versions/${version}`, {}, signal),
    enabled: version !== null,
    staleTime: Infinity,
  })

export function useSaveFunction(app: string, name: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: { files: SourceFile[]; entry: string; message?: string }) =>
      put<FunctionDetail>(base(app) + path(name), body),
    onSuccess: (saved) => {
      client.setQueryData(functionQuery(app, name).queryKey, saved)
      void client.invalidateQueries({ queryKey: functionsQuery(app).queryKey })
      void client.invalidateQueries({ queryKey: ['app', app, 'connections'] })
    },
  })
}
