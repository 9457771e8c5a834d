import { invalid, StarlingError } from '../../../error.ts'
import { blended } from '../../blend/blended.ts'
import { fitShares } from '../../blend/fit-shares.ts'
import { addScores } from '../../blend/share.ts'
import { ofWholeCatalogue } from '../../blend/whole-catalogue.ts'
import type { Asked, Recommender } from '../../evaluation/protocols/question.ts'
import type { Settings } from '../../search/space.ts'
import { type Contender, type Fitted, numberOf as of } from '../contender.ts'

/** A blend weighs few things: so many questions are enough, and cost what a trial does. */
const questionsMax = 2_000

/** Items of a list by whose order shares are found, where the search tells no length. */
const listLength = 10

/** What it is made of: names, and how much each counts. */
interface Blend extends Recommender {
  readonly shares: Settings
}

/** The best of each kind, weighed by the part that chose their settings: nothing is learned. */
export const blendOfKinds: Contender<never, Recommender> = {
  ...{ name: 'blend', isBlend: true, takes: () => true, settings: { parts: 3 } },
  told: (learned) => (learned as Blend).shares,
  async fit(_, settings, { signal }, others = []) {
    const parts = bestOfKinds(others).slice(0, of(settings, 'parts'))
    if (parts.length < 2) {
      throw invalid('models', 'must be of two kinds at least, with settings searched on a part')
    }
    const { part, k = listLength } = parts[0]!.rehearsal
    const shares = await fitShares(
      parts.map(({ rehearsal }) => alike(rehearsal.learned)),
      someOf(part as Asked),
      { k, add: addScores, ...(signal && { signal }) },
    )
    const heard = parts
      .map(({ name, learned }, place) => ({ name, learned, share: shares[place]! }))
      .filter(({ share }) => share > 0)
    if (heard.length < 2) {
      const message = `no blend did better than ${heard[0]!.name} alone`
      throw new StarlingError('failed_precondition', message)
    }
    const blend: Blend = {
      ...blended(
        heard.map(({ learned, share }) => ({ recommender: alike(learned), share })),
        addScores,
      ),
      shares: Object.fromEntries(heard.map(({ name, share }) => [name, share])),
    }
    return blend
  },
}

/** Scores in the measure of how far those of the whole catalogue spread, also of few candidates. */
const alike = (recommender: Recommender): Recommender =>
  ofWholeCatalogue(blended([{ recommender, share: 1 }]))

type Rehearsed = Fitted<Recommender> & Required<Pick<Fitted<Recommender>, 'rehearsal'>>

/** The best first. */
function bestOfKinds(others: readonly Fitted<Recommender>[]): readonly Rehearsed[] {
  const rehearsed = others
    .filter((other): other is Rehearsed => other.rehearsal !== undefined)
    .toSorted((one, other) => other.rehearsal.worth - one.rehearsal.worth)
  return rehearsed.filter(
    ({ kind }, place) =>
      kind !== undefined && rehearsed.findIndex((other) => other.kind === kind) === place,
  )
}

/** Users at even distances: they are in no order that matters. */
function someOf({ questions, targets, dropsPast }: Asked): Asked {
  const step = Math.max(1, questions.length / questionsMax)
  const chosen = Array.from({ length: Math.min(questions.length, questionsMax) }, (_, place) =>
    Math.floor(place * step),
  )
  return {
    dropsPast,
    questions: chosen.map((place) => questions[place]!),
    targets: chosen.map((place) => targets[place]!),
  }
}
