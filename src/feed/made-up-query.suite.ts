import { seededRandom } from '../kernel/random.ts'
import type { Context } from '../state/features/feature.ts'
import type { Need } from '../state/projections/projection.ts'
import { hourMs, type SmallWorld, worldStart } from '../state/sets/small-world.suite.ts'
import type { Query } from './pipeline/query.ts'

/** A stage, as far as it says what it will read. */
interface Needy {
  needs?(context: Context): readonly Need[]
}

/** When made-up queries are asked, unless told otherwise: the made-up past is over by then. */
export const askedAt = worldStart + 40 * hourMs

/** A request in a small world. Nothing is known but what the stage says it needs. */
export async function madeUpQuery(
  { state }: Pick<SmallWorld, 'state'>,
  stage: Needy,
  asked: Partial<Query> = {},
): Promise<Query> {
  const context = {
    user: 'u1',
    at: askedAt,
    scene: 'home',
    channel: '',
    fields: {},
    request: 'request',
    size: 10,
    excluded: new Set<number>(),
    random: seededRandom('query'),
    signal: new AbortController().signal,
    ...asked,
  }
  return { ...context, known: await state.read(stage.needs?.(context) ?? []) }
}
