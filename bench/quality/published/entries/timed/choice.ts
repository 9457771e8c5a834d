import { byMoment, byOrder } from '../../../../../src/models/evaluation/protocols/question.ts'
import { fitMarkov } from '../../../../../src/models/markov/markov.ts'
import { fitChoice } from '../../../../../src/models/sequential/choice/choice.ts'
import { demands, usualSignals } from '../../../../../src/models/sequential/choice/usual-signals.ts'
import { entryOf } from '../../entry.ts'
import { grocery } from '../../sets/grocery.ts'

const settings = {
  ...{ passes: 8, rate: 0.1, l2: 1e-4, negatives: 99, choicesMax: 15_000 },
  ...{ memory: 30, decay: 0.7, window: 10, backward: 0.5, neighbors: 500, shrinkage: 10 },
}

const code = [
  ...['src/models/sequential/choice', 'src/models/markov', 'src/models/item-knn'],
  'src/models/sequences.ts',
]

const rows = [
  ['choice of followers and popularity', demands.lasting, false],
  ['choice with item relations', demands.lasting, true],
  ['choice with item relations and demand by time', demands.changing, true],
] as const

/** A conditional logit over signals, weighed by each user's last item of the train part. */
export const entries = [
  entryOf(grocery, {
    ...{ model: 'Markov', code: ['src/models/markov'], quick: true },
    settings: { ...settings, restraint: 0 },
    async fit({ train }, { window, backward, memory, decay, restraint }, run) {
      const evidence = { form: 'sum', restraint, further: 0 } as const
      const followers = { followers: 1_000, repeats: false }
      const chain = { window, backward, memory, decay, evidence, ...followers }
      const model = await fitMarkov(train, { ...chain, ...run })
      return byOrder(model)
    },
  }),
  ...rows.map(([model, demand, withRelations]) =>
    entryOf(grocery, {
      ...{ model, settings, code, quick: true },
      async fit(data, { passes, rate, l2, negatives, choicesMax }, run) {
        const relations = withRelations ? data.relations : new Map()
        const make = usualSignals({ relations, attributes: new Map() }, demand, settings)
        const options = { passes, rate, l2, negatives, choicesMax, ...run }
        return byMoment(await fitChoice(data, make, options))
      },
    }),
  ),
]
