export interface DiffLine {
  kind: 'same' | 'add' | 'del'
  text: string
  oldNo: number | null
  newNo: number | null
}

function lines(text: string): string[] {
  if (text === '') return []
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
}

// Above this many cells the table would cost more than it explains; the middle is then shown as replaced.
const maxCells = 4_000_000

/** Line diff by longest common subsequence, after the equal head and tail are cut off. */
export function diffLines(before: string | null, after: string): DiffLine[] {
  const a = lines(before ?? '')
  const b = lines(after)
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail])
    tail++

  const out: DiffLine[] = []
  let oldNo = 1
  let newNo = 1
  const same = (text: string) => out.push({ kind: 'same', text, oldNo: oldNo++, newNo: newNo++ })
  const del = (text: string) => out.push({ kind: 'del', text, oldNo: oldNo++, newNo: null })
  const add = (text: string) => out.push({ kind: 'add', text, oldNo: null, newNo: newNo++ })

  for (let i = 0; i < head; i++) same(a[i]!)
  const x = a.slice(head, a.length - tail)
  const y = b.slice(head, b.length - tail)
  const n = x.length
  const m = y.length
  if (n * m > maxCells) {
    x.forEach(del)
    y.forEach(add)
  } else {
    const width = m + 1
    const table = new Uint32Array((n + 1) * width)
    for (let i = n - 1; i >= 0; i--) {
      for (let j = m - 1; j >= 0; j--) {
        table[i * width + j] =
          x[i] === y[j]
            ? table[(i + 1) * width + j + 1]! + 1
            : Math.max(table[(i + 1) * width + j]!, table[i * width + j + 1]!)
      }
    }
    let i = 0
    let j = 0
    while (i < n && j < m) {
      if (x[i] === y[j]) {
        same(x[i]!)
        i++
        j++
      } else if (table[(i + 1) * width + j]! >= table[i * width + j + 1]!) del(x[i++]!)
      else add(y[j++]!)
    }
    while (i < n) del(x[i++]!)
    while (j < m) add(y[j++]!)
  }
  for (let i = a.length - tail; i < a.length; i++) same(a[i]!)
  return out
}

export function countChanges(diff: DiffLine[]): { added: number; removed: number } {
  let added = 0
  let removed = 0
  for (const line of diff) {
    if (line.kind === 'add') added++
    else if (line.kind === 'del') removed++
  }
  return { added, removed }
}
