import { invalid } from '../../../error.ts'
import type { Clock, Timestamp } from '../../../events/clock.ts'
import type { UserId } from '../../../events/event.ts'
import type { EventLog } from '../../../events/log/event-log.ts'
import { careNeeds, caresOf } from '../../../state/features/interests/cares-of.ts'
import { tasteNeeds } from '../../../state/features/taste.ts'
import { interestsInForce, interestsParameter } from '../../../state/profile/interest-weights.ts'
import { profile } from '../../../state/profile/profile-fold.ts'
import type { AliasView } from '../../../state/projections/aliases.ts'
import { history } from '../../../state/projections/history.ts'
import {
  parameters,
  signalsInForce,
  signalsParameter,
} from '../../../state/projections/parameters.ts'
import type { Known } from '../../../state/projections/projection.ts'
import type { State } from '../../../state/state.ts'
import type { Residents } from '../../recipes/residents.ts'
import { factorsName, type ModelsInForce } from '../../training/models-in-force.ts'
import type { ProfileRequest, ProfileView } from '../../views/profile.ts'
import { idsOf } from '../people.ts'
import { profileAsOf } from './profile-as-of.ts'
import { profileView } from './profile-view.ts'

export interface ProfilesOptions {
  readonly log: EventLog
  readonly state: State
  readonly aliases: AliasView
  readonly clock: Clock
  readonly residents: Pick<Residents, 'user'>
  readonly models: Pick<ModelsInForce, 'versionOf'>
}

const sizeMax = 200
const sizeDefault = 30

/** What a user cares for, now or as of an earlier moment, and the deeds that tell. */
export function profiles(options: ProfilesOptions) {
  const { log, state, aliases, clock } = options
  /** The end of the line of those who have the log read: one at a time. */
  let turn: Promise<unknown> = Promise.resolve()

  const asOf = (user: UserId, at: Timestamp) => {
    const work = turn.then(async () => {
      const ids = await idsOf(state, aliases.resolve(user))
      return profileAsOf(log, { user, ids, at })
    })
    turn = work.catch(() => undefined)
    return work
  }

  return {
    async profile(request: ProfileRequest): Promise<ProfileView> {
      const { channel, size = sizeDefault } = request
      if (!Number.isInteger(size) || size < 1 || size > sizeMax)
        throw invalid('size', `${size} must be a whole number >= 1 and <= ${sizeMax}`)
      const now = clock.now()
      const { at = now } = request
      if (!(at <= now)) throw invalid('at', `${at} must be a moment that is past: <= ${now}`)
      const user = aliases.resolve(request.user)
      const known = await readFor(state, user, at)
      const bounds = { size, ...(channel !== undefined && { channel }) }
      if (at >= changedAt(known, user)) {
        const told = profileView(sittingOf(state, known, { user, at }), bounds)
        return { ...told, user: request.user, embeddings: vectorsOf(known, user, at) }
      }
      await using past = await opened(asOf(request.user, at))
      const then = await readFor(past.state, past.user, at)
      const told = profileView(sittingOf(past.state, then, { user: past.user, at }), bounds)
      const embeddings = vectorsOf(renumbered(then, past.state, state), past.user, at)
      return { ...told, user: request.user, embeddings }
    },
  }

  /** Where the user stands by the factors in force. */
  function vectorsOf(known: Known, user: UserId, at: Timestamp): ProfileView['embeddings'] {
    const found = options.residents.user(contextOf(user, at), known)
    if (found === undefined) return []
    const model = `${factorsName}/${options.models.versionOf(factorsName) ?? 0}`
    return [{ model, values: Array.from(found.vector) }]
  }
}

async function opened<Past extends { readonly state: State }>(coming: Promise<Past>) {
  const past = await coming
  return { ...past, [Symbol.asyncDispose]: () => past.state[Symbol.asyncDispose]() }
}

function contextOf(user: UserId, at: Timestamp) {
  return { user, at, scene: '', channel: '', fields: {} }
}

function readFor(state: State, user: UserId, at: Timestamp): Promise<Known> {
  const context = contextOf(user, at)
  return state.read([...careNeeds(context), ...tasteNeeds(context)])
}

/** The newest moment of all that a profile is told from. */
function changedAt(known: Known, user: UserId): Timestamp {
  const none = Number.NEGATIVE_INFINITY
  return Math.max(
    known.get(profile, user)?.updatedAt ?? none,
    known.get(parameters, interestsParameter)?.at ?? none,
    known.get(parameters, signalsParameter)?.at ?? none,
  )
}

function sittingOf(state: State, known: Known, { user, at }: { user: UserId; at: Timestamp }) {
  return {
    ...{ user, at, profile: known.get(profile, user) },
    cares: caresOf(contextOf(user, at), known),
    history: known.get(history, user) ?? [],
    signals: signalsInForce(known),
    halfLifeMinutes: interestsInForce(known).halfLifeMinutes,
    id: (item: number) => state.ordinals.id(item),
  }
}

/** A history by the numbers that items have in another state: models know items by those alone. */
function renumbered(known: Known, from: State, to: State): Known {
  return {
    get: (projection, key) => {
      const value = known.get(projection, key)
      if (projection.name !== history.name || value === undefined) return value
      const deeds = (known.get(history, key) ?? []).flatMap((deed) => {
        const item = to.ordinals.of(from.ordinals.id(deed.item))
        return item === undefined ? [] : [{ ...deed, item }]
      })
      return deeds as unknown as typeof value // The same projection, so the same shape.
    },
  }
}
