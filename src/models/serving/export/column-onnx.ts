import { type PlainBuilder, plainBuilder, rankerNotes } from '../../graph/onnx/plain-builder.ts'
import type { LogisticParts } from '../../logistic/logistic-model.ts'
import type { Field } from '../../ranking/field.ts'
import type { TreeModel } from '../../trees/tree-model.ts'
import { treeAttributes } from '../../trees/tree-onnx.ts'

/** What models over columns of numbers foretell. */
const head = 'action'

/**
 * A logistic regression over columns of numbers as a file of ONNX: an input per feature, float
 * [rows, 1], and one output, `action`. The standard's operators, in double precision within.
 */
export function logisticOnnx(parts: LogisticParts): Uint8Array {
  const { features, bias, absent, mean, deviation, slope, ifAbsent } = parts
  const builder = builderOf(features)
  const double = (value: number): string =>
    // Two of single precision, since a file's values have no more.
    builder.node('Add', [
      builder.node('Cast', [builder.float(Math.fround(value))], { to: doubles }),
      builder.node('Cast', [builder.float(value - Math.fround(value))], { to: doubles }),
    ])
  const odds = features.map((name, place) => {
    const wide = builder.node('Cast', [name], { to: doubles })
    const away = builder.node('Sub', [wide, double(mean[place]!)])
    const worth = builder.node('Mul', [away, double(slope[place]! / deviation[place]!)])
    const missing = missingOf(builder, name, absent[place]!)
    return builder.node('Where', [missing, double(ifAbsent[place]!), worth])
  })
  const sum = [double(bias), ...odds].reduce((one, next) => builder.node('Add', [one, next]))
  const chance = builder.node('Cast', [builder.node('Sigmoid', [sum])], { to: floats })
  return finished(builder, chance, 'logistic')
}

/** Trees over columns of numbers, with the inputs and the output of `logisticOnnx`. */
export function denseTreesOnnx({ features, absent, ensemble }: TreeModel): Uint8Array {
  const builder = builderOf(features)
  const columns = features.map((name, place) => {
    const none = builder.float(Number.NaN)
    return builder.node('Where', [missingOf(builder, name, absent[place]!), none, name])
  })
  const table = builder.node('Concat', columns, { axis: 1n })
  const attributes = treeAttributes(ensemble)
  const score = builder.node('TreeEnsembleRegressor', [table], attributes, 'ai.onnx.ml')
  return finished(builder, builder.node('Sigmoid', [score]), 'dense-trees')
}

/** As ONNX numbers the types of values. */
const [floats, doubles] = [1n, 11n]

function builderOf(features: readonly string[]): PlainBuilder {
  return plainBuilder(features.map((name): Field => ({ kind: 'number', name, side: 'context' })))
}

/** Where nobody could tell: NaN, infinite, or the value that stands for it. */
function missingOf(builder: PlainBuilder, name: string, absent: number): string {
  const unsaid = builder.missing(name)
  if (!Number.isFinite(absent)) return unsaid
  return builder.node('Or', [unsaid, builder.node('Equal', [name, builder.float(absent)])])
}

function finished(builder: PlainBuilder, output: string, kind: string): Uint8Array {
  return builder.finish(new Map([[head, output]]), rankerNotes(kind, builder.fields, [head]))
}
