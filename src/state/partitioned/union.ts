import { createHash } from 'node:crypto'
import { StarlingError } from '../../error.ts'
import type { Bytes, Key, Store } from '../store/store.ts'

/** A row as its one owner holds it; rows that all hold are the same with each. */
type Row = readonly [Key, Bytes]

/**
 * The rows below a prefix of all partitions as one state, in the order of the keys' UTF-8. A row
 * that several hold must be the same with each, or it rejects with `data_loss`.
 */
export async function* union(stores: readonly Store[], prefix: Key): AsyncIterable<Row> {
  const readers = stores.map((store) => rowsOf(store, prefix))
  const heads = await Promise.all(readers.map((rows) => rows.next()))
  for (;;) {
    let least: Row | undefined
    for (const { value } of heads) {
      if (value !== undefined && (least === undefined || before(value, least))) least = value
    }
    if (least === undefined) return
    for (const [place, { value }] of heads.entries()) {
      if (value === undefined || value[0] !== least[0]) continue
      if (Buffer.compare(value[1], least[1]) !== 0) throw differ(least[0])
      heads[place] = await readers[place]!.next()
    }
    yield least
  }
}

/** What a state's rows below a prefix amount to: how many there are, and their SHA-256. */
export interface Digest {
  readonly rowCount: number
  readonly sizeBytes: number
  readonly sha256: string
}

/** Equal for two states exactly where all their rows below the prefix are, byte by byte. */
export async function digestOf(stores: readonly Store[], prefix: Key): Promise<Digest> {
  const hash = createHash('sha256')
  let [rowCount, sizeBytes] = [0, 0]
  for await (const [key, value] of union(stores, prefix)) {
    const name = Buffer.from(key)
    const lengths = Buffer.alloc(8)
    lengths.writeUInt32LE(name.byteLength, 0)
    lengths.writeUInt32LE(value.byteLength, 4)
    hash.update(lengths).update(name).update(value)
    rowCount++
    sizeBytes += value.byteLength
  }
  return { rowCount, sizeBytes, sha256: hash.digest('hex') }
}

async function* rowsOf(store: Store, prefix: Key): AsyncGenerator<Row, undefined> {
  for await (const batch of store.scan(prefix)) yield* batch
  return undefined
}

/** UTF-16 order differs from UTF-8 order above the surrogates; stores agree on UTF-8. */
function before([one]: Row, [other]: Row): boolean {
  return Buffer.compare(Buffer.from(one), Buffer.from(other)) < 0
}

function differ(key: Key): StarlingError {
  return new StarlingError('data_loss', `two partitions hold different rows of ${key}`)
}
