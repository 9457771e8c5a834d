import type { OutputSpec } from '../../models/serving/servable.ts'
import { floatText } from '../../models/serving/wire/loose-json.ts'
import type { Format } from './read-request.ts'

export interface Scored {
  readonly outputs: readonly OutputSpec[]
  /** For each output a number per row. */
  readonly scores: readonly Float32Array[]
  readonly rowCount: number
}

/**
 * The answer of predict as text, because JSON.stringify has no word for NaN, and would say 1 of a
 * score of 1.0. A single output goes without its name, as several by theirs.
 */
export function predictAnswer(format: Format, scored: Scored): string {
  const { outputs, rowCount } = scored
  if (format === 'row') {
    const rows = Array.from({ length: rowCount }, (_, row) => rowText(scored, row))
    return `{\n    "predictions": [${rows.join(', ')}]\n}`
  }
  const columns = outputs.map((_, index) => columnText(scored, index))
  const named = outputs.map(({ name }, index) => `${JSON.stringify(name)}: ${columns[index]}`)
  return `{\n    "outputs": ${outputs.length === 1 ? columns[0] : `{${named.join(', ')}}`}\n}`
}

/** A value per row, of the first output. */
export function regressAnswer({ scores, rowCount }: Scored): string {
  const values = Array.from({ length: rowCount }, (_, row) => floatText(scores[0]![row]!))
  return `{\n    "results": [${values.join(', ')}]\n}`
}

/** For each row the outputs with their scores: their names are the labels. */
export function classifyAnswer({ outputs, scores, rowCount }: Scored): string {
  const rows = Array.from({ length: rowCount }, (_, row) => {
    const labels = outputs.map(
      ({ name }, index) => `[${JSON.stringify(name)}, ${floatText(scores[index]![row]!)}]`,
    )
    return `[${labels.join(', ')}]`
  })
  return `{\n    "results": [${rows.join(', ')}]\n}`
}

function rowText({ outputs, scores }: Scored, row: number): string {
  const texts = outputs.map((output, index) => valueText(output, scores[index]![row]!))
  if (outputs.length === 1) return texts[0]!
  const named = outputs.map(({ name }, index) => `${JSON.stringify(name)}: ${texts[index]}`)
  return `{${named.join(', ')}}`
}

function columnText({ outputs, scores, rowCount }: Scored, index: number): string {
  const values = Array.from({ length: rowCount }, (_, row) =>
    valueText(outputs[index]!, scores[index]![row]!),
  )
  return `[${values.join(', ')}]`
}

const valueText = ({ isScalar }: OutputSpec, value: number): string =>
  isScalar ? floatText(value) : `[${floatText(value)}]`
