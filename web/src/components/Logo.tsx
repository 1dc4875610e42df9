export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg viewBox="0 0 28 28" width={size} height={size} aria-hidden className="shrink-0">
      <rect width="28" height="28" rx="7" className="fill-ink" />
      <path
        d="M9 9c1 9 9 1 10 10"
        className="stroke-chart-3"
        fill="none"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
      <circle cx="9" cy="9" r="3.1" className="fill-ink stroke-surface" strokeWidth="2" />
      <circle cx="19" cy="19" r="3.1" className="fill-ink stroke-surface" strokeWidth="2" />
    </svg>
  )
}
