import type { Opinion } from '../../state/person/deeds.ts'

/** What the user said of an item beside stars, on its cover. */
export function Badge({ opinion: { liked, disliked } }: { readonly opinion: Opinion }) {
  if (!liked && !disliked) return null
  return (
    <span class="badge" aria-hidden="true">
      {liked ? 'liked' : 'not for me'}
    </span>
  )
}

/** The same in words, with the stars. */
export function opinionWords({ stars, liked, disliked }: Opinion): string {
  const words = [
    stars === undefined ? '' : `rated ${stars} of 5`,
    liked ? 'liked' : '',
    disliked ? 'disliked' : '',
  ]
  return words.filter((word) => word !== '').join(', ')
}
