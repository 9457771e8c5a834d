import type { ComponentChildren } from 'preact'

/** Small pictures in the colour of the text beside them, which says the same. */
function icon(content: ComponentChildren) {
  return () => (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {content}
    </svg>
  )
}

export const NowIcon = icon(<path d="M3 13h4l3-8 4 14 3-6h4" />)
export const MetricsIcon = icon(<path d="M4 20V10M10 20V4M16 20v-7M21 20H3" />)
export const SqlIcon = icon(
  <>
    <ellipse cx="12" cy="6" rx="8" ry="3" />
    <path d="M4 6v12c0 1.7 3.6 3 8 3s8-1.3 8-3V6M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3" />
  </>,
)
export const UsersIcon = icon(
  <>
    <circle cx="12" cy="8" r="4" />
    <path d="M4 21c.8-4.2 4-6 8-6s7.2 1.8 8 6" />
  </>,
)
export const ItemsIcon = icon(
  <>
    <rect x="4" y="4" width="16" height="16" rx="2" />
    <path d="M4 9h16M9 9v11" />
  </>,
)
export const StreamsIcon = icon(
  <path d="M3 7c3 0 3 2 6 2s3-2 6-2 3 2 6 2M3 15c3 0 3 2 6 2s3-2 6-2 3 2 6 2" />,
)
export const SetsIcon = icon(
  <>
    <path d="M12 3l9 5-9 5-9-5z" />
    <path d="M3 13l9 5 9-5" />
  </>,
)
export const ParametersIcon = icon(
  <>
    <path d="M4 7h9M19 7h1M4 17h1M11 17h9" />
    <circle cx="16" cy="7" r="2.5" />
    <circle cx="8" cy="17" r="2.5" />
  </>,
)
export const ModelsIcon = icon(
  <>
    <circle cx="5" cy="12" r="2.2" />
    <circle cx="19" cy="5" r="2.2" />
    <circle cx="19" cy="19" r="2.2" />
    <path d="M7 11l10-5M7 13l10 5" />
  </>,
)
export const HoldIcon = icon(<path d="M9 5v14M15 5v14" />)
export const PlayIcon = icon(<path d="M8 5l11 7-11 7z" />)
