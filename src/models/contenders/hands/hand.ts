import type { AnyContender, Fitted } from '../contender.ts'
import type { EvaluatedModel } from '../evaluation.ts'

/** Whoever learns and judges contenders of one evaluation, one at a time: here, or in a thread. */
export interface Hand {
  /** Nothing more can be asked of it: what it learned last may be lost. */
  readonly hasEnded: boolean
  /** False for contenders that it does not know. */
  takes(contender: AnyContender): boolean
  /** Rejects where the contender cannot be learned. A search takes no more than what is left. */
  learn(contender: AnyContender, secondsLeft?: number): Promise<Entrant>
}

/** A contender that was judged. */
export interface Entrant {
  readonly model: EvaluatedModel
  /** What blends may be made of; absent for baselines and blends. */
  readonly fitted?: Fitted<unknown>
}

/**
 * Has all contenders learned, each hand the next in order as soon as it is free; what no other
 * takes, or is left where they have ended, is done here.
 */
export async function sharedOut(
  contenders: readonly AnyContender[],
  hands: readonly Hand[],
  here: Hand,
  enter: (contender: AnyContender, hand: Hand) => Promise<void>,
): Promise<void> {
  const waiting = [...contenders]
  const work = async (hand: Hand): Promise<void> => {
    while (!hand.hasEnded) {
      const place = waiting.findIndex((contender) => hand.takes(contender))
      if (place < 0) return
      const [contender] = waiting.splice(place, 1)
      await enter(contender!, hand)
    }
  }
  await Promise.all(hands.map(work))
  await work(here)
}
