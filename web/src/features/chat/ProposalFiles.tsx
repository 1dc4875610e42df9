import { ChevronRight } from 'lucide-react'
import { useMemo } from 'react'
import type { ProposalFile } from '@/api/types'
import { Diff } from '@/components/ui/Code'
import { diffLines } from '@/lib/diff'
import { count } from '@/lib/words'

/** What a proposal writes, folded, with counts. */
export function Files({ files }: { files: ProposalFile[] }) {
  if (files.length === 0) return null
  const added = files.reduce((sum, file) => sum + file.added, 0)
  const removed = files.reduce((sum, file) => sum + file.removed, 0)
  return (
    <details className="group border-t border-line">
      <summary className="flex min-h-10 cursor-pointer list-none items-center gap-2.5 px-4 hover:bg-well max-sm:min-h-11">
        <ChevronRight
          className="size-4 shrink-0 text-ink-3 transition-transform group-open:rotate-90"
          aria-hidden
        />
        <span className="font-medium">{count(files.length, 'file')}</span>
        <span className="min-w-0 flex-1 truncate font-mono text-12 text-ink-2 max-sm:invisible">
          {files.map((f) => f.path).join(', ')}
        </span>
        <Counts added={added} removed={removed} />
      </summary>
      <div className="grid divide-y divide-line border-t border-line">
        {files.map((file) => (
          <FileDiff key={file.path} file={file} />
        ))}
      </div>
    </details>
  )
}

function FileDiff({ file }: { file: ProposalFile }) {
  const lines = useMemo(() => diffLines(file.previous, file.content), [file])
  return (
    <section aria-label={file.path}>
      <h4 className="flex items-center gap-2 px-4 py-2 font-mono text-12">
        <span className="min-w-0 flex-1 truncate">{file.path}</span>
        <Counts added={file.added} removed={file.removed} />
      </h4>
      <Diff lines={lines} label={`Changes in ${file.path}`} />
    </section>
  )
}

function Counts({ added, removed }: { added: number; removed: number }) {
  return (
    <span className="font-mono text-12 whitespace-nowrap">
      <span className="text-ok-ink">
        <span className="sr-only">{added} lines added</span>
        <span aria-hidden>+{added}</span>
      </span>{' '}
      <span className={removed ? 'text-bad-ink' : 'text-ink-3'}>
        <span className="sr-only">{removed} lines removed</span>
        <span aria-hidden>−{removed}</span>
      </span>
    </span>
  )
}
