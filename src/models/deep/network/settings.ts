import { invalid } from '../../../error.ts'
import type { CategoryField, Field, SequenceField } from '../../ranking/field.ts'
import type { Activation } from './blocks.ts'
import type { Head } from './family.ts'

/** What most families can be told. */
export interface DeepSettings {
  /** The label that is learned. */
  readonly head: string
  /** Numbers per vector, 1 to 1024. */
  readonly width: number
  /** Of the normal numbers that vectors begin with, > 0. */
  readonly deviation: number
  /** Widths of layers, each 1 to 8192, 16 layers at most. */
  readonly hidden: readonly number[]
  /** Share of each layer that is dropped in a step, in [0, 1). */
  readonly dropout: number
  readonly activation: Activation
}

export const deepSettings: DeepSettings = {
  head: 'click',
  width: 16,
  deviation: 0.01,
  hidden: [128, 64],
  dropout: 0,
  activation: 'relu',
}

export const oneHead = ({ head }: Pick<DeepSettings, 'head'>): readonly Head[] => [
  { name: head, learns: 'chance' },
]

/** Throws `invalid_argument` for what is out of range. */
export function checkDeep(settings: DeepSettings): void {
  const { head, width, deviation, hidden, dropout, activation } = settings
  if (typeof head !== 'string' || head === '') throw invalid('head', 'must be the name of a label')
  checkWhole('width', width, 1, 1024)
  if (!(deviation > 0 && deviation < 10))
    throw invalid('deviation', `${deviation} must be > 0 and < 10`)
  checkLayers('hidden', hidden)
  if (!(dropout >= 0 && dropout < 1)) throw invalid('dropout', `${dropout} must be >= 0 and < 1`)
  if (!['relu', 'prelu', 'dice'].includes(activation))
    throw invalid('activation', `"${activation}" must be relu, prelu or dice`)
}

export function checkLayers(name: string, layers: readonly number[]): void {
  if (!Array.isArray(layers) || layers.length > 16)
    throw invalid(name, 'must be a list of 16 widths at most')
  for (const [place, width] of layers.entries()) checkWhole(`${name}[${place}]`, width, 1, 8192)
}

export function checkWhole(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return
  throw invalid(name, `${value} must be a whole number >= ${least} and <= ${most}`)
}

/** The field of a name. Throws `invalid_argument` where there is none of the kind. */
export function categoryNamed(fields: readonly Field[], name: string): CategoryField {
  const field = fields.find((other) => other.name === name)
  if (field?.kind === 'category') return field
  throw invalid('fields', `must hold "${name}", a field of categories`)
}

export function sequenceNamed(fields: readonly Field[], name: string): SequenceField {
  const field = fields.find((other) => other.name === name)
  if (field?.kind === 'sequence') return field
  throw invalid('fields', `must hold "${name}", a field of sequences`)
}

/** Throws `invalid_argument` where there are no fields but numbers. */
export function checkAnyIds(fields: readonly Field[]): void {
  if (fields.some(({ kind }) => kind !== 'number')) return
  throw invalid('fields', 'must hold categories or sequences: there is nothing to embed')
}
