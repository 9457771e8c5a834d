import type { ItemId, Json } from '../../../events/event.ts'
import type { Weighed } from '../../../state/profile/effect.ts'
import type { Profile } from '../../../state/profile/profile.ts'
import type { TopicRows } from '../../../state/profile/topics/topic-rows.ts'
import type { Ordinal } from '../../../state/projections/projection.ts'

/** All that a profile holds, as it is stored: for those whose it is. */
export function profileInWords(profile: Profile, id: (item: Ordinal) => ItemId): Json {
  const proofIn = ({ deed: { item, action, value, at }, weight }: Weighed): Json => {
    return { item: id(item), action, value: value ?? null, at, weight }
  }
  const inWords = (
    { size, table, topics, proofs }: TopicRows,
    numbers: (place: number) => { [name: string]: Json },
  ): Json =>
    Array.from({ length: size }, (_, place) => ({
      ...table.topic(topics[place]!),
      ...numbers(place),
      because: proofs[place]!.map(proofIn),
    }))
  const { version, updatedAt, lasting, session, follows, statistics } = profile
  return {
    version,
    updatedAt,
    lasting: inWords(lasting, (place) => ({ ...lasting.interest(place) })),
    session: session === undefined ? null : [session.startedAt, session.lastAt, session.deedCount],
    sessionInterests:
      session === undefined
        ? []
        : inWords(session.interests, (place) => {
            const { weights, times } = session.interests
            return { weight: weights[place]!, at: times[place]! }
          }),
    follows: Object.fromEntries(follows),
    statistics:
      statistics === undefined ? null : { ...statistics, ratings: { ...statistics.ratings } },
  }
}
