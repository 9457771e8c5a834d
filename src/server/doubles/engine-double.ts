import type { Engine } from '../../engine/engine.ts'
import { servesNone } from '../../engine/serving/model-door.ts'
import { StarlingError } from '../../error.ts'
import type { Clock } from '../../events/clock.ts'
import { decodeItem } from '../../events/decode.ts'
import { browsingDouble } from './browsing-double.ts'
import { candidateSetsDouble } from './candidate-sets-double.ts'
import { feedsDouble } from './feeds-double.ts'
import { jobsDouble } from './jobs-double.ts'
import { lakeDouble } from './lake-double.ts'
import { each, itemView, type Memory, tagsIn } from './memory.ts'
import { metricsDouble } from './metrics-double.ts'
import { nearlineDouble } from './nearline-double.ts'
import { overviewsDouble } from './overviews-double.ts'
import { parametersDouble } from './parameters-double.ts'
import { peopleDouble } from './people-double.ts'
import { profileDouble } from './profile-double.ts'
import { reasonsDouble } from './reasons-double.ts'
import { streamsDouble } from './streams-double.ts'

/**
 * A small engine in memory for the tests of the server: it keeps the contract of a feed (best
 * first, no repeat, paging back shows what was shown) with the number of actions as its only score.
 */
export function engineDouble(clock: Clock): Engine {
  const memory: Memory = {
    clock,
    items: new Map(),
    users: new Map(),
    events: new Map(),
    pages: [],
  }
  const parts = {
    ...{ ...catalogue(memory), ...peopleDouble(memory) },
    ...{ ...feedsDouble(memory), ...reasonsDouble(memory) },
  }
  return {
    ...parts,
    ...overviewsDouble(memory.events, parts),
    ...browsingDouble(() => [...memory.items.keys()].map((id) => itemView(memory.items, id)!)),
    ...control(memory),
    ...jobsDouble(clock),
    ...lakeDouble(memory.clock, memory.events),
    ...profileDouble(memory.events, (id) => tagsIn(memory.items.get(id)?.record.attributes ?? {})),
    ...candidateSetsDouble(clock, memory.items, memory.events),
    ...parametersDouble(clock),
    ...nearlineDouble(memory.pages),
    ...metricsDouble(memory.events, clock),
    ...streamsDouble(memory.events, clock),
    ...servesNone,
    [Symbol.asyncDispose]: async () => {},
  }
}

type Catalogue = Pick<Engine, 'putItems' | 'item' | 'items' | 'withdrawItem'>

function catalogue({ clock, items }: Memory): Catalogue {
  return {
    putItems: async (rows) =>
      each(rows, (row) => {
        const { item, record } = decodeItem(row, clock.now())
        items.set(item, { record, withdrawn: false })
        return true
      }),
    item: async (id) => itemView(items, id),
    items: async (ids) => [...new Set(ids)].flatMap((id) => itemView(items, id) ?? []),
    async withdrawItem(id) {
      const known = items.get(id)
      if (known) items.set(id, { ...known, withdrawn: true })
      return known !== undefined
    },
  }
}

type Control = Pick<Engine, 'models' | 'train' | 'scenes' | 'status'>

function control({ items, events }: Memory): Control {
  return {
    models: async () => [],
    async train(model) {
      throw new StarlingError('not_found', `no model ${model} is known`)
    },
    scenes: () =>
      ['home', 'channel'].map((name) => ({
        ...{ name, delivery: 'now', recipe: 'popular', description: 'Most acted-on first.' },
      })),
    status: () => ({
      items: items.size,
      events: events.size,
      logBytes: 0,
      lag: 0,
      catalogue: 'put by a test',
    }),
  }
}
