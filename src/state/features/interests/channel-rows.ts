import type { Catalogue, TagLists } from '../../catalogue/catalogue.ts'
import { channelsName } from '../../projections/schema.ts'
import type { Rows } from '../feature.ts'
import { rowTags } from '../tags/row-tags.ts'

/**
 * The rows of a channel, ascending; of '', those that are in none. Gathered once for all channels
 * of a request: looking through all rows for each of them would cost as much as the features that
 * ask.
 */
export function channelRows(
  catalogue: Pick<Catalogue, 'tags'>,
): (rows: Rows, channel: string) => Uint32Array {
  const channelsOf = rowTags(catalogue, channelsName)
  const gathered = new WeakMap<Rows, (code: number) => Uint32Array>()
  return (rows, channel) => {
    let byCode = gathered.get(rows)
    if (byCode === undefined) gathered.set(rows, (byCode = byChannel(channelsOf(rows))))
    const code = channel === '' ? alone : catalogue.tags(channelsName)?.code(channel)
    return code === undefined ? noRows : byCode(code)
  }
}

/** Stands for the channel of what is in none. */
const alone = -1

const noRows = new Uint32Array(0)

/** All lists in one array, by counting: the channels are few, and their rows hundreds. */
function byChannel({ starts, codes }: TagLists): (code: number) => Uint32Array {
  const rowCount = starts.length - 1
  // Codes one up, so that those in no channel have a place as well.
  let most = 0
  for (let place = 0; place < codes.length; place++) most = Math.max(most, codes[place]! + 1)
  const ends = new Uint32Array(most + 1)
  for (let row = 0; row < rowCount; row++) if (starts[row] === starts[row + 1]) ends[0]!++
  for (let place = 0; place < codes.length; place++) ends[codes[place]! + 1]!++
  for (let code = 1; code <= most; code++) ends[code]! += ends[code - 1]!
  const rows = new Uint32Array(ends[most]!)
  // From the last row to the first, each end becomes the start of its list.
  for (let row = rowCount - 1; row >= 0; row--) {
    const start = starts[row]!
    const end = starts[row + 1]!
    if (start === end) rows[--ends[0]!] = row
    for (let place = start; place < end; place++) rows[--ends[codes[place]! + 1]!] = row
  }
  return (code) => {
    const place = code + 1
    if (place > most) return noRows
    return rows.subarray(ends[place], place === most ? rows.length : ends[place + 1])
  }
}
