/** A channel's own colour, in degrees: as different from its neighbours' as names allow. */
export function hueOf(channel: string): number {
  let sum = 7
  for (let place = 0; place < channel.length; place++) {
    sum = (sum * 33 + channel.charCodeAt(place)) % 3600
  }
  // The golden angle keeps hues of close sums apart.
  return (sum * 137.508) % 360
}
