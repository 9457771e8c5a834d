import type { DeclaredSet } from '../../../state/features/declared/declaration.ts'
import { readerFor } from '../../../state/features/declared/filler.ts'
import type { RawRows } from '../../../state/features/declared/rows.ts'
import type { ColumnGround } from '../../../state/features/declared/sources/source-reader.ts'
import { unrecalled } from '../../../state/features/feature.ts'
import type { CurrentFactors } from '../../../state/features/user-vector.ts'
import { openState } from '../../../state/folded-state.ts'
import { memoryStore } from '../../../state/store/memory-store.ts'
import type { Store } from '../../../state/store/store.ts'
import { knowledge } from '../../folds.ts'
import { orderedSources } from '../../recipes/recipes.ts'
import { type DeclaredAttributes, openResidents } from '../../recipes/residents.ts'
import { isDeed, type ReadLog, type RowsBefore } from './leaks.ts'

export interface ReplayedOptions {
  readonly set: DeclaredSet
  readonly attributes: DeclaredAttributes
  /** What was known where the log begins; nothing unless told. */
  readonly base?: () => Promise<Store>
  /** The factors that columns may read: those in force now, say, which have seen all of the log. */
  readonly factors?: CurrentFactors
  /** What the columns are read from, where that is not the replayed state. */
  readonly ground?: (own: ColumnGround, log: ReadLog) => Promise<ColumnGround>
}

/** What a declared set says before deeds, over the state as a replay has it. */
export function replayedRows({ set, attributes, ...options }: ReplayedOptions): RowsBefore {
  const { base = async () => memoryStore(), factors = () => undefined } = options
  return async (log, offsets) => {
    await using state = await openState({ store: await base(), ...knowledge })
    const residents = await openResidents({
      ...{ state, attributes, sources: orderedSources, factors, at: 0 },
    })
    const ground = await (options.ground?.(residents.ground, log) ?? residents.ground)
    const reader = readerFor(set, ground)
    const found = new Map<number, RawRows>()
    for await (const batch of log.read(state.offset)) {
      for (const { offset, event } of batch) {
        if (offsets.has(offset) && isDeed(event)) {
          const item = state.ordinals.of(event.item)
          const { user, at, scene = '', channel = '' } = event
          const context = { user, at, scene, channel, fields: {} }
          const rows = unrecalled([item ?? 0])
          if (item !== undefined)
            found.set(offset, reader.read(context, rows, await state.read(reader.needs(context))))
        }
        await state.fold(offset, [event])
      }
    }
    return found
  }
}
