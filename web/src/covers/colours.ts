import type { Face } from '../items/face.ts'
import { chanceOf } from './chance.ts'
import { tellingFirst } from './motif-of.ts'
import { type Palette, paletteOf } from './palette.ts'

/** The chance that a cover is drawn by: the same for the same item, every time. */
export const coverChance = ({ id, title }: Face) => chanceOf(`${id}\n${title}`)

/** The colours of an item's cover, for what stands around it. */
export const coverColours = (face: Face): Palette =>
  paletteOf(tellingFirst(face.genres), coverChance(face))
