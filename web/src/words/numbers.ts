/** Numbers and times as people read them. */
const spans = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })

/** "just now", "5 minutes ago", "26 years ago". Both are ms since the Unix epoch. */
export function ago(at: number, now: number): string {
  for (const [unit, lengthMs] of spans) {
    const count = Math.round((at - now) / lengthMs)
    if (count !== 0) return relative.format(count, unit)
  }
  return 'just now'
}

export const count = (value: number): string => grouped.format(value)

/** "1 title", "3 titles". */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`
}

/** "< 0.1 ms", "0.4 ms", "31 ms". */
export function duration(ms: number): string {
  if (ms < 0.05) return '< 0.1 ms'
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`
}

/** "+0.31", with a minus sign that is as wide as the plus. */
export function signed(value: number): string {
  const digits = Math.abs(value).toFixed(2)
  return Number(digits) === 0 ? '0.00' : `${value > 0 ? '+' : '\u2212'}${digits}`
}

/** "83 %"; what is little, but something, as "< 1 %". */
export function shareText(share: number): string {
  if (share > 0 && share < 0.005) return '< 1 %'
  return `${Math.round(share * 100)} %`
}

/** "1st", "2nd", "11th". */
export function ordinal(place: number): string {
  const ending = ordinals.select(place)
  return `${place}${endings[ending] ?? 'th'}`
}

const ordinals = new Intl.PluralRules('en', { type: 'ordinal' })
const endings: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd' }
