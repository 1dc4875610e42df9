import { Copy } from 'lucide-react'
import { Button } from './ui/Button'
import { toast } from './ui/toast'

export async function copy(text: string) {
  try {
    await navigator.clipboard.writeText(text)
    toast('Copied.')
  } catch {
    toast('The browser refused to copy. Select the text and copy it.', { tone: 'bad' })
  }
}

/** A text to be used elsewhere, letter by letter. */
export function CopyLine({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <p className="mb-1 text-12 font-medium text-ink-2">{label}</p>
      <div className="flex items-start gap-2">
        <code className="min-w-0 flex-1 rounded-sm bg-well px-2 py-1.5 font-mono text-12 break-all whitespace-pre-wrap">
          {text}
        </code>
        <Button
          small
          aria-label={`Copy: ${label}`}
          icon={<Copy className="size-3.5" aria-hidden />}
          onClick={() => void copy(text)}
        >
          Copy
        </Button>
      </div>
    </div>
  )
}
