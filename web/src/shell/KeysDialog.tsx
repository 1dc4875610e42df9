import { Dialog } from '@/components/ui/Dialog'
import { Kbd } from '@/components/ui/bits'

const keys: [string, string[][]][] = [
  [
    'Everywhere',
    [
      ['Ctrl', 'K', 'Search or jump'],
      ['/', 'Search on this page'],
      ['?', 'All keys'],
      ['Esc', 'Close'],
    ],
  ],
  [
    'Go to',
    [
      ['G', 'B', 'Build'],
      ['G', 'I', 'Integrations'],
      ['G', 'F', 'Flows'],
      ['G', 'R', 'Runs'],
      ['G', 'D', 'Data'],
      ['G', 'A', 'All apps'],
    ],
  ],
  [
    'In lists',
    [
      ['J', 'Next row'],
      ['K', 'Previous row'],
      ['Enter', 'Open'],
      ['V', 'View access of a connection'],
    ],
  ],
  ['In the chat', [['Ctrl', 'Enter', 'Send']]],
]

export function KeysDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="All keys"
      description="Single keys work while nobody is typing."
    >
      <div className="grid gap-4">
        {keys.map(([title, rows]) => (
          <section key={title} aria-label={title}>
            <h3 className="mb-1 text-12 font-medium text-ink-3">{title}</h3>
            <dl className="divide-y divide-line">
              {rows.map((row) => (
                <div key={row.join()} className="flex h-9 items-center justify-between">
                  <dt>{row[row.length - 1]}</dt>
                  <dd className="flex gap-1">
                    {row.slice(0, -1).map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
