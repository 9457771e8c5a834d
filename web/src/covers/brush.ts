import type { ComponentChildren } from 'preact'
import type { Chance } from './chance.ts'
import type { Palette } from './palette.ts'

/** What a motif draws with, on a sheet of 200 × 300. */
export interface Brush {
  readonly chance: Chance
  readonly palette: Palette
  /** The middle of the part that no title covers, and how far it reaches. */
  readonly focus: Focus
}

export interface Focus {
  readonly x: number
  readonly y: number
  readonly r: number
}

/** Draws the picture of a cover: SVG elements, over a ground that is filled already. */
export type Motif = (brush: Brush) => ComponentChildren

export const width = 200
export const height = 300
