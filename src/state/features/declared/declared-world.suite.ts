import type { Event } from '../../../events/event.ts'
import { itemRevisions } from '../../catalogue/item-revisions.ts'
import type { Known } from '../../projections/projection.ts'
import { type SmallWorld, smallWorld } from '../../sets/small-world.suite.ts'
import { itemCounters } from '../../tables/item-counters.ts'
import { itemDeeds } from '../../tables/item-deeds.ts'
import { type Context, type Feature, type Rows, unrecalled } from '../feature.ts'
import type { DeclaredSet } from './declaration.ts'
import { readerFor } from './filler.ts'
import type { RawColumn, RawRows } from './rows.ts'
import type { ColumnGround } from './sources/source-reader.ts'

/** A small world, and what declared columns are read from in it. */
export interface DeclaredWorld extends SmallWorld {
  readonly ground: ColumnGround
  /** What a set says of some items, for somebody, at a time. */
  read(set: DeclaredSet, asked: Partial<Context>, items: readonly string[]): Promise<RawRows>
}

export async function declaredWorld(
  past: readonly Event[],
  features: readonly Feature[] = [],
): Promise<DeclaredWorld> {
  const world = await smallWorld([])
  const { state, catalogue } = world
  const ground: ColumnGround = {
    ...{ catalogue, features, ordinals: state.ordinals, revisions: itemRevisions(state) },
    ...{ counters: state.rows(itemCounters), deeds: state.rows(itemDeeds) },
  }
  await state.fold(state.offset, past)
  return {
    ...world,
    ground,
    async read(set, asked, items) {
      const reader = readerFor(set, ground)
      const context = contextOf(asked)
      const known: Known = await state.read(reader.needs(context))
      return reader.read(context, rowsOf(items.map((item) => state.ordinals.of(item)!)), known)
    },
  }
}

export function contextOf(asked: Partial<Context>): Context {
  return { user: 'u', at: 1_700_000_000_000, scene: 'home', channel: '', fields: {}, ...asked }
}

export function rowsOf(items: readonly number[]): Rows {
  return unrecalled(items)
}

/** A column as plain values. */
export function told(rows: RawRows, column: string): readonly (number | string)[] {
  return [...(rows.columns.get(column) as RawColumn)]
}
