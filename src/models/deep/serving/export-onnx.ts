import { toOnnx } from '../../graph/onnx/model-file.ts'
import { type DeepRanker, servingFile } from '../deep-ranker.ts'

/**
 * A ranker as a file of ONNX (opset 17, no operators but the standard's): what another runtime
 * needs to score rows as we do.
 *
 * It takes an input per field, by its name: int64 ids [rows, 1] of a category, [rows, length] of a
 * sequence, and float [rows, 1] of a number, NaN where there is none. It gives an output per head,
 * float [rows, 1]. Weights and tables lie in the file; the number of rows is open. The fields and
 * heads stand in the file's metadata as JSON, under `fields` and `heads`.
 *
 * Throws `invalid_argument` where the tables take more than the 2 GB that such a file can hold.
 */
export function exportOnnx<S>({ parts, heads, fields }: DeepRanker<S>): Uint8Array {
  const notes = {
    fields: JSON.stringify(fields),
    heads: JSON.stringify(heads),
    kind: parts.family.kind,
  }
  return toOnnx({ ...servingFile(parts, -1), notes })
}
