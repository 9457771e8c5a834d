import type { ComponentChildren } from 'preact'

/** Small pictures in the colour of the text beside them, which says the same. */
function icon(content: ComponentChildren) {
  return () => (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {content}
    </svg>
  )
}

export const RefreshIcon = icon(<path d="M20 11a8 8 0 1 0-2.3 6.3M20 4v7h-7" />)
export const OlderIcon = icon(<path d="M12 5v14M5 12l7 7 7-7" />)
export const CloseIcon = icon(<path d="M6 6l12 12M18 6L6 18" />)
export const BackIcon = icon(<path d="M19 12H5M11 6l-6 6 6 6" />)
export const SunIcon = icon(
  <>
    <circle cx="12" cy="12" r="4" />
    <path d="M12 2v2M12 20v2M2 12h2M20 12h2" />
    <path d="M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4" />
  </>,
)
export const MoonIcon = icon(<path d="M20 14.5A8 8 0 1 1 9.5 4 6.5 6.5 0 0 0 20 14.5z" />)
export const LikeIcon = icon(
  <>
    <path d="M7 11v9H4v-9z" />
    <path d="M7 11l4-8a2.5 2.5 0 0 1 2.5 2.5V9H19a2 2 0 0 1 2 2.3l-1.2 7A2 2 0 0 1 17.8 20H7" />
  </>,
)
export const DislikeIcon = icon(
  <>
    <path d="M7 13V4H4v9z" />
    <path d="M7 13l4 8a2.5 2.5 0 0 0 2.5-2.5V15H19a2 2 0 0 0 2-2.3l-1.2-7A2 2 0 0 0 17.8 4H7" />
  </>,
)
export const WhyIcon = icon(
  <>
    <circle cx="12" cy="12" r="9" />
    <path d="M9.3 9.3a2.8 2.8 0 1 1 3.9 2.7c-.8.4-1.2.9-1.2 1.8M12 17h.01" />
  </>,
)
export const PreviousIcon = icon(<path d="M15 5l-7 7 7 7" />)
export const NextIcon = icon(<path d="M9 5l7 7-7 7" />)
export const SearchIcon = icon(
  <>
    <circle cx="11" cy="11" r="7" />
    <path d="M16.5 16.5L21 21" />
  </>,
)
export const OutIcon = icon(<path d="M8 5h11v11M19 5L6 18" />)
export const DownIcon = icon(<path d="M6 9l6 6 6-6" />)
export const FilterIcon = icon(<path d="M4 6h16M7 12h10M10 18h4" />)

export const KeepIcon = icon(<path d="M6 4h12v17l-6-4.5L6 21z" />)
export const ShareIcon = icon(<path d="M12 15V3M8 7l4-4 4 4M5 12v8h14v-8" />)
export const CommentIcon = icon(<path d="M4 5h16v11H10l-5 4v-4H4z" />)
export const HeartIcon = icon(
  <path d="M12 20s-8-4.9-8-10.6A4.4 4.4 0 0 1 12 7a4.4 4.4 0 0 1 8 2.4C20 15.1 12 20 12 20z" />,
)
export const FollowIcon = icon(<path d="M12 5v14M5 12h14" />)
export const PlayIcon = icon(<path d="M7 4l13 8-13 8z" />)
export const PauseIcon = icon(<path d="M8 5v14M16 5v14" />)
export const UpIcon = icon(<path d="M6 15l6-6 6 6" />)

export function StarIcon({ filled }: { readonly filled: number }) {
  const shape = 'M12 2.8l2.8 5.9 6.4.8-4.7 4.5 1.2 6.4L12 17.3l-5.7 3.1 1.2-6.4L2.8 9.5l6.4-.8z'
  return (
    <svg class="star" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path class="star-line" d={shape} />
      <path
        class="star-fill"
        d={shape}
        style={{ clipPath: `inset(0 ${100 - filled * 100}% 0 0)` }}
      />
    </svg>
  )
}

const body = [
  'M1.5 11.5 9 8.2C10.6 4.6 14 2.6 17.6 3.2c4.6.8 6.9 4.4 10.4 9.4 2.9 4.1 6 8.3 10.5 11.6',
  '-5.6.2-9.4-.9-12.3-2.2-1.6 3.1-5.2 5.4-9.4 5.4-6 0-9.6-4.4-9.4-10 .1-1.7.1-3-.4-4.3z',
]

/** The bird, speckled as starlings are. */
export function Bird() {
  const speckles = [
    [15, 15],
    [19.5, 18.5],
    [13.5, 20],
    [18, 23],
    [22.5, 22],
  ]
  return (
    <svg class="bird" viewBox="0 0 40 32" aria-hidden="true" focusable="false">
      <path class="bird-body" d={body.join('')} />
      <circle class="bird-eye" cx="13" cy="9.2" r="1.3" />
      {speckles.map(([cx, cy]) => (
        <circle key={`${cx}`} class="bird-speckle" cx={cx} cy={cy} r="1.1" />
      ))}
    </svg>
  )
}
