import type { Catalogue } from '../../catalogue/catalogue.ts'
import type { Care, Cares } from '../../profile/cares.ts'
import { tagFollowed } from '../../profile/follows.ts'
import { channelsName } from '../../projections/schema.ts'
import { type PerRequest, perRequest } from '../per-request.ts'
import { caresOf } from './cares-of.ts'

/** A care, and a tag of the catalogue that it is for. */
export interface TopicCare {
  readonly care: Care
  readonly attribute: string
  readonly code: number
  /** Items that have the tag. */
  readonly count: number
}

/** In the order of the cares, and for each in that of the attributes. */
export type TopicCares = Readonly<Record<keyof Cares, readonly TopicCare[]>>

/** By catalogue, and then by the names of the attributes. */
const made = new WeakMap<Pick<Catalogue, 'tags'>, Map<string, PerRequest<TopicCares>>>()

/**
 * What whoever asks cares for, as tags that the catalogue knows; a care for none of them is left
 * out. Names are looked up once a request: a feature, a source and what explains them read it.
 * `channels` are no topics. Reads what `careNeeds` names.
 */
export function topicCares(
  catalogue: Pick<Catalogue, 'tags'>,
  attributes: readonly string[],
): PerRequest<TopicCares> {
  let byNames = made.get(catalogue)
  if (byNames === undefined) made.set(catalogue, (byNames = new Map()))
  const names = JSON.stringify(attributes)
  let known = byNames.get(names)
  if (known === undefined) byNames.set(names, (known = lookedUp(catalogue, attributes)))
  return known
}

function lookedUp(
  catalogue: Pick<Catalogue, 'tags'>,
  attributes: readonly string[],
): PerRequest<TopicCares> {
  const telling = attributes.filter((attribute) => attribute !== channelsName)
  const look = (cares: readonly Care[]): readonly TopicCare[] => {
    const found: TopicCare[] = []
    const columns = telling.map((attribute) => catalogue.tags(attribute))
    const put = (care: Care, place: number, tag: string): void => {
      const column = columns[place]
      const code = column?.code(tag)
      if (column === undefined || code === undefined) return
      found.push({ care, attribute: telling[place]!, code, count: column.count(code) })
    }
    for (const care of cares) {
      for (let place = 0; place < telling.length; place++) {
        if (care.followedAt !== undefined) {
          for (const tag of tagFollowed(care.tag, telling[place]!)) put(care, place, tag)
        } else if (care.attribute === telling[place]) put(care, place, care.tag)
      }
    }
    return found
  }
  return perRequest((context, known) => {
    const { lasting, session } = caresOf(context, known)
    return { lasting: look(lasting), session: look(session) }
  })
}
