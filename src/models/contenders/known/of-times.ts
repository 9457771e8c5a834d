import type { TimedData } from '../../evaluation/formats/timed-data.ts'
import { byMoment, type Recommender } from '../../evaluation/protocols/question.ts'
import type { TrainingRun } from '../../model.ts'
import { logInteger, type Settings, uniform } from '../../search/space.ts'
import { fitChoice } from '../../sequential/choice/choice.ts'
import { demands, usualSignals } from '../../sequential/choice/usual-signals.ts'
import { type Contender, numberOf as of } from '../contender.ts'

type TimedContender = Contender<TimedData, Recommender>

const fitting = { passes: 8, rate: 0.1, l2: 1e-4, negatives: 99, choicesMax: 15_000 }

const signals = {
  ...{ memory: 30, decay: 0.7, window: 10, backward: 0.5, neighbors: 500, shrinkage: 10 },
}

/** Models of what somebody chooses at a moment, by all that is known of it. */
export const timedContenders: readonly TimedContender[] = [
  choiceContender('choice', demands.lasting),
  choiceContender('choice with demand by time', demands.changing),
]

/** A conditional logit over signals, weighed by the last item of each user. */
function choiceContender(
  name: string,
  demand: (typeof demands)[keyof typeof demands],
): TimedContender {
  return {
    ...{ name, takes: () => true },
    settings: signals,
    space: {
      ...{ memory: logInteger(5, 50), decay: uniform(0.3, 1), window: logInteger(2, 30) },
      ...{ backward: uniform(0, 1) },
    },
    fit: (data, settings, run) => fitByMoment(data, demand, settings, run),
  }
}

async function fitByMoment(
  data: TimedData,
  demand: (typeof demands)[keyof typeof demands],
  settings: Settings,
  run: TrainingRun,
): Promise<Recommender> {
  const make = usualSignals(data, demand, {
    ...{ memory: of(settings, 'memory'), decay: of(settings, 'decay') },
    ...{ window: of(settings, 'window'), backward: of(settings, 'backward') },
    ...{ neighbors: of(settings, 'neighbors'), shrinkage: of(settings, 'shrinkage') },
  })
  return byMoment(await fitChoice(data, make, { ...fitting, ...run }))
}
