import type { ReactNode } from 'react'
import { Logo } from '@/components/Logo'

/** The frame of every page before sign-in: the form, and beside it the patch bay. */
export function Door({ children, foot }: { children: ReactNode; foot?: ReactNode }) {
  return (
    <div className="grid min-h-full bg-surface md:grid-cols-2">
      <main className="mx-auto flex w-full max-w-110 flex-col px-6 py-8">
        <div className="flex items-center gap-2.5 text-16 font-semibold">
          <Logo />
          Patchbay
        </div>
        <div className="my-auto grid gap-5 py-10">{children}</div>
        {foot && <div className="border-t border-line pt-4 text-12 text-ink-3">{foot}</div>}
      </main>
      <aside
        aria-label="About Patchbay"
        className="m-2 flex flex-col justify-between rounded-lg bg-[#131417] p-12 text-[#ededea] max-md:hidden"
      >
        <Bay />
        <div>
          <p className="text-20 font-semibold">Say what should happen. See what it may touch.</p>
          <p className="mt-1 text-14 text-[#adaeac]">
            It writes the function and asks only for what that function needs.
          </p>
        </div>
      </aside>
    </div>
  )
}

const columns = [40, 92, 144, 196, 280, 332, 384]
const rows = [40, 112, 184, 256, 328, 400]
const cables: [number, number, number, number, string, number][] = [
  [0, 0, 6, 0, '#5a79ff', 96],
  [2, 1, 5, 2, '#a9b8ff', 110],
  [1, 2, 4, 1, '#3f60e8', 96],
  [3, 3, 6, 4, '#ededea', 110],
  [0, 4, 5, 3, '#7f99ee', 120],
  [1, 5, 6, 5, '#5a79ff', 112],
]

function Bay() {
  return (
    <svg viewBox="0 0 440 520" className="mx-auto w-full max-w-140" fill="none" aria-hidden>
      {rows.map((y) => (
        <g key={y}>
          <path d={`M0 ${y}H440`} stroke="#24262b" />
          {columns.map((x) => (
            <circle key={x} cx={x} cy={y} r="9" fill="#17191c" stroke="#2b2e34" strokeWidth="1.5" />
          ))}
          {columns.map((x) => (
            <circle key={`${x}i`} cx={x} cy={y} r="3" fill="#0c0d0f" />
          ))}
        </g>
      ))}
      {cables.map(([c1, r1, c2, r2, colour, sag], i) => {
        const [x1, y1, x2, y2] = [columns[c1]!, rows[r1]!, columns[c2]!, rows[r2]!]
        const low = Math.max(y1, y2) + sag * 0.75
        return (
          <g key={i} stroke={colour}>
            <path
              d={`M${x1} ${y1}C${x1 + 20} ${low} ${x2 - 20} ${low} ${x2} ${y2}`}
              strokeWidth="4"
              strokeLinecap="round"
            />
            <circle cx={x1} cy={y1} r="8" fill="#131417" strokeWidth="2.5" />
            <circle cx={x2} cy={y2} r="8" fill="#131417" strokeWidth="2.5" />
            <circle cx={x1} cy={y1} r="2.5" fill={colour} stroke="none" />
            <circle cx={x2} cy={y2} r="2.5" fill={colour} stroke="none" />
          </g>
        )
      })}
    </svg>
  )
}
