import { invalid } from '../../../error.ts'
import { type Action, actions, type Json } from '../../../events/event.ts'
import { defaultInterests, interestsParameter } from '../../../state/profile/interest-weights.ts'
import { type DeclaredParameter, isRecord } from './declared-parameter.ts'

const weightMax = 100
const minutesMax = 1_440
const stepCountMax = 20

/** What was merely shown raises no interest, and where it stands is not the user's doing. */
const silent: ReadonlySet<string> = new Set<Action>(['impression', 'rerank'])

const telling = actions.filter((action) => !silent.has(action))

/** The declaration of the parameter by which profiles weigh what users do. */
export const interests: DeclaredParameter = {
  name: interestsParameter,
  description:
    'What each action says of an interest in what an item is about: ' +
    '{weights: {action: weight, or steps [[value from which, weight]]}, halfLifeMinutes}. ' +
    'Events are weighed by what was in force when they happened; ' +
    'half of what a session says is left after the half-life.',
  // The declared type has no index signature, and is JSON all the same.
  initial: defaultInterests as unknown as Json,
  makesFeeds: true,
  check(value: Json): void {
    if (!isRecord(value)) throw invalid('value', 'must be {"weights"?: {…}, "halfLifeMinutes"?: n}')
    const { weights, halfLifeMinutes, ...rest } = value
    const extra = Object.keys(rest)[0]
    if (extra !== undefined)
      throw invalid(`value.${extra}`, 'is not known; weights and halfLifeMinutes are')
    if (weights !== undefined) checkWeights(weights)
    if (halfLifeMinutes !== undefined && !isWithin(halfLifeMinutes, 1, minutesMax))
      throw invalid('value.halfLifeMinutes', `must be a number >= 1 and <= ${minutesMax}`)
  },
}

function checkWeights(weights: Json): void {
  if (!isRecord(weights)) throw invalid('value.weights', 'must be {"action": weight or steps}')
  const known: readonly string[] = telling
  for (const [action, weight] of Object.entries(weights)) {
    const field = `value.weights.${action}`
    if (!known.includes(action))
      throw invalid(field, `says nothing of an interest; there are ${known.join(', ')}`)
    if (!isWeight(weight) && !isSteps(weight))
      throw invalid(
        field,
        `must be a number >= -${weightMax} and <= ${weightMax}, or 1 to ${stepCountMax} steps ` +
          '[value from which, weight], with values that rise',
      )
  }
}

function isSteps(value: Json): boolean {
  if (!Array.isArray(value) || value.length === 0 || value.length > stepCountMax) return false
  const steps = value as readonly Json[]
  return steps.every((step, place) => {
    if (!Array.isArray(step) || step.length !== 2) return false
    const [from, weight] = step as readonly Json[]
    const before = steps[place - 1] as readonly Json[] | undefined // Looked at one turn ago.
    return (
      typeof from === 'number' &&
      isWeight(weight) &&
      (before === undefined || from > Number(before[0]))
    )
  })
}

function isWeight(value: Json | undefined): boolean {
  return isWithin(value, -weightMax, weightMax)
}

function isWithin(value: Json | undefined, least: number, most: number): boolean {
  return typeof value === 'number' && value >= least && value <= most
}
