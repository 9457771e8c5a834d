import { chanceOf } from '../../covers/chance.ts'

/** A disc in colours of its own for every id. */
export function Avatar({ id }: { readonly id: string }) {
  const chance = chanceOf(id)
  const hue = Math.round(chance.between(0, 360))
  const turn = Math.round(chance.between(0, 180))
  return (
    <svg class="avatar" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <circle cx="16" cy="16" r="16" fill={`oklch(0.45 0.11 ${hue})`} />
      <g transform={`rotate(${turn} 16 16)`}>
        <path d="M0 16a16 16 0 0 1 32 0z" fill={`oklch(0.72 0.12 ${(hue + 70) % 360})`} />
        <circle cx={chance.between(10, 22)} cy={16} r="5.5" fill="oklch(0.96 0.02 90)" />
      </g>
    </svg>
  )
}
