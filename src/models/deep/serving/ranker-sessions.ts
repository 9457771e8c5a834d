import { type FileParts, leavesOf, toOnnx } from '../../graph/onnx/model-file.ts'
import type { Bound } from '../../graph/onnx/session.ts'
import { type Field, widthOf } from '../../ranking/field.ts'
import type { Ranker } from '../../ranking/ranker.ts'
import { columnsOf, type Rows } from '../../ranking/rows.ts'
import { type Network, type OpenNetwork, openHere } from './network.ts'

export interface RankerSessionsOptions {
  /** Numbers that each head gives per row; 1 unless told. */
  readonly width?: number
  /** Where networks run; in the thread that asks unless told. */
  readonly open?: OpenNetwork
}

interface OpenNet {
  readonly network: Network
  /** Fields that the heads need: a file has no input for any other. */
  readonly inputs: ReadonlySet<string>
}

/**
 * Predicts by networks that are opened when they are first needed: one for rows that each have a
 * user of their own, and one for a user's row beside many, which computes the user's share once.
 */
export function rankerSessions(
  fields: readonly Field[],
  heads: readonly string[],
  fileOf: (userRows: 1 | -1) => FileParts,
  { width = 1, open = openHere }: RankerSessionsOptions = {},
): Ranker['predict'] {
  const networks = new Map<number, Promise<OpenNet>>()
  const openFor = async (userRows: 1 | -1): Promise<OpenNet> => {
    const parts = fileOf(userRows)
    const leaves = leavesOf([...parts.outputs.values()])
    const inputs = new Set(leaves.map((leaf) => leaf.name))
    return { network: await open(toOnnx(parts)), inputs }
  }
  const networkFor = (userRows: 1 | -1): Promise<OpenNet> => {
    const known = networks.get(userRows)
    if (known) return known
    const opened = openFor(userRows)
    networks.set(userRows, opened)
    // Whoever asks again after a failure has it tried again.
    opened.catch(() => networks.delete(userRows))
    return opened
  }
  const ofUser = fields.filter(({ side }) => side === 'user')
  return async (rows, signal) => {
    const columns = columnsOf(rows, fields)
    const { rowCount } = rows
    const found = heads.map(() => new Float32Array(rowCount * width))
    if (rowCount === 0) return found
    const isOnce =
      rowCount > 1 &&
      ofUser.length > 0 &&
      ofUser.length < fields.length &&
      fields.every((field, at) => field.side !== 'user' || columns[at]!.length === widthOf(field))
    const { network, inputs: wanted } = await networkFor(isOnce ? 1 : -1)
    for (let from = 0; from < rowCount; from += network.rowsAtOnce) {
      const to = Math.min(rowCount, from + network.rowsAtOnce)
      const inputs = new Map<string, Bound>()
      for (const [at, field] of fields.entries()) {
        if (!wanted.has(field.name)) continue
        const part =
          isOnce && field.side === 'user' ? { from: 0, to: 1, rowCount: 1 } : { from, to, rowCount }
        inputs.set(field.name, boundColumn(field, columns[at]!, part))
      }
      const outputs = heads.map((head, at) => {
        return [
          head,
          { data: found[at]!.subarray(from * width, to * width), shape: [to - from, width] },
        ] as const
      })
      await network.run({ inputs, outputs: new Map(outputs), rowCount: to - from, signal })
    }
    return found
  }
}

/** Some rows of a column as a tensor; one that holds for all is repeated. */
function boundColumn(
  field: Field,
  column: Float32Array | Uint32Array,
  { from, to, rowCount }: { from: number; to: number; rowCount: Rows['rowCount'] },
): Bound {
  const width = widthOf(field)
  const shape = [to - from, width]
  const isAll = column.length === width && rowCount !== 1
  const at = (index: number): number => column[isAll ? index % width : from * width + index]!
  if (field.kind === 'number') {
    const data = new Float32Array(to - from)
    for (let index = 0; index < data.length; index++) data[index] = at(index)
    return { data, shape }
  }
  const data = new BigInt64Array((to - from) * width)
  // Ids lie below 2^32: their lower half is all there is, and is written without a BigInt each.
  const halves = new Uint32Array(data.buffer)
  for (let index = 0; index < data.length; index++) halves[2 * index] = at(index)
  return { data, shape }
}
