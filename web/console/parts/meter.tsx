import type { ComponentChildren } from 'preact'

interface MeterProps {
  /** 0 to 1. */
  readonly share: number
  readonly children: ComponentChildren
}

/** A number with a bar behind it, so that a column of them is a chart. */
export function Meter({ share, children }: MeterProps) {
  const percent = Number.isFinite(share) ? Math.min(100, Math.max(0, share * 100)) : 0
  return (
    <span class="meter" style={{ '--share': `${percent.toFixed(1)}%` }}>
      {children}
    </span>
  )
}
