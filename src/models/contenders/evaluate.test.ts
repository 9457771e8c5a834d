import assert from 'node:assert/strict'
import { test } from 'node:test'
import { evaluationHtml, verdict } from '../../insight/evaluate/html.ts'
import { evaluationText } from '../../insight/evaluate/text.ts'
import { seededRandom } from '../../kernel/random.ts'
import { byOne } from '../evaluation/protocols/question.ts'
import { splitRows } from '../evaluation/protocols/temporal.ts'
import { userItems } from '../evaluation/protocols/user-items.ts'
import { interactionsOf } from '../interactions.ts'
import { chooseSettings } from './choose-settings.ts'
import type { AnyContender } from './contender.ts'
import { fieldOf } from './contenders-of.ts'
import { type EvaluateOptions, evaluate } from './evaluate.ts'
import type { EvaluatedModel } from './evaluation.ts'

let spent = 0
const gauges = { now: () => 0, cpuSeconds: () => spent++, peakBytes: () => 1_000 }

/** Users of two tastes, each meeting items of their own in turn; half of the users come late. */
function tastes() {
  const random = seededRandom('tastes')
  const rows: { user: number; item: number; time: number }[] = []
  for (let user = 0; user < 60; user++) {
    for (let step = 0; step < 12; step++) {
      const item = 2 * random.below(20) + (user % 2)
      rows.push({ user, item, time: (user < 54 ? 0 : 9) + step + random.next() })
    }
  }
  return {
    users: Uint32Array.from(rows, ({ user }) => user),
    items: Uint32Array.from(rows, ({ item }) => item),
    times: Float64Array.from(rows, ({ time }) => time),
    userIds: Array.from({ length: 60 }, (_, user) => `user ${user}`),
    itemIds: Array.from({ length: 40 }, (_, item) => `item ${item}`),
  }
}

const options: EvaluateOptions = {
  ...{ title: '<tastes>', format: 'temporal', split: splitRows(tastes(), 0.7), seed: 1, k: 5 },
  ...{ models: ['RP3β'], gauges },
}

test('baselines stand beside what was asked for, the best first, by what was new to users', async () => {
  const evaluation = await evaluate(options)
  const names = evaluation.models.map(({ model }) => model)
  assert.deepEqual(new Set(names), new Set(['RP3β', 'item-kNN', 'popularity', 'random']))
  assert.ok(['RP3β', 'item-kNN'].includes(names[0]!))
  assert.equal(names.at(-1), 'random')
  for (const { figures, slices, curve, trainSeconds } of evaluation.models) {
    assert.deepEqual(
      figures.map(({ metric }) => metric),
      [
        ...['NDCG@5', 'Recall@5', 'HR@5', 'MRR@5', 'GAUC', 'coverage@5', 'Gini@5', 'novelty@5'],
        'diversity@5',
      ],
    )
    for (const { metric, value, low, high } of figures) {
      assert.ok(Number.isFinite(value), metric)
      if (low !== null && high !== null) assert.ok(low <= value && value <= high, metric)
    }
    assert.equal(trainSeconds, 1)
    const recalls = curve!.map(({ recall }) => recall)
    assert.deepEqual(
      recalls,
      recalls.toSorted((one, other) => one - other),
    )
    // Every question is one of a cold user or of a warm one.
    const count = (name: string) => slices.find(({ slice }) => slice.startsWith(name))!.count
    assert.equal(count('cold users') + count('warm users'), evaluation.counts['questions'])
    assert.ok(count('users of whom nothing is known') > 0)
  }
  assert.deepEqual(await evaluate(options), evaluation, 'the same seed gives the same figures')
})

test('every model is told of as soon as it was judged', async () => {
  const judged: EvaluatedModel[] = []
  const { models } = await evaluate({
    ...options,
    onJudged(model) {
      judged.push(model)
    },
  })
  assert.deepEqual(
    judged.map(({ model }) => model),
    ['RP3β', 'random', 'popularity', 'item-kNN'],
  )
  assert.deepEqual(new Set(judged), new Set(models))
})

test('whom nothing is known of is shown what is popular', async () => {
  const { models } = await evaluate(options)
  const ofNew = (model: string) =>
    models.find((each) => each.model === model)!.slices[0]!.figures.map(({ value }) => value)
  assert.deepEqual(ofNew('item-kNN'), ofNew('popularity'))
})

test('whatever data with times are learned by does better than chance', async () => {
  const { models: _, ...all } = options
  const { models, notes } = await evaluate(all)
  assert.deepEqual(notes, ['Settings are the usual ones; none were searched.'])
  const ndcg = (name: string) => models.find(({ model }) => model === name)!.figures[0]!
  for (const { model, isBaseline } of models) {
    if (!isBaseline) assert.ok(ndcg(model).value > ndcg('random').high!, model)
  }
  const learned = models.filter(({ isBaseline }) => !isBaseline).map(({ model }) => model)
  assert.deepEqual(
    learned.sort(),
    [
      ...['BSPM', 'EASE', 'Markov', 'RP3β', 'SASRec + V-SKNN + Markov', 'V-SKNN + Markov'],
      ...['choice', 'choice with demand by time', 'iALS'],
    ].sort(),
  )
})

test('a part of another is learned where it is asked for by name', async () => {
  const { models } = await evaluate({ ...options, models: ['V-SKNN'] })
  assert.ok(models.some(({ model }) => model === 'V-SKNN'))
})

test('settings are searched where there is a budget, and never fall below the usual ones', async () => {
  const tried: string[] = []
  const budget = { sampler: 'tpe', trials: 4, seconds: 60, seed: 1, usersMax: 20 } as const
  const { models, notes } = await evaluate({ ...options, budget, tell: (line) => tried.push(line) })
  const trials = Object.fromEntries(models.map((each) => [each.model, each.trials]))
  assert.deepEqual(trials, { RP3β: 4, 'item-kNN': 4, popularity: 0, random: 0 })
  assert.match(notes[0]!, /at most 4 trials by tpe and 60 s/)
  assert.equal(tried.filter((line) => line.includes('trial ')).length, 8)
})

test('where searches in all took their seconds, whoever comes later tries what is known', async () => {
  const { users, items, userIds, itemIds } = tastes()
  const train = interactionsOf({ users, items }, { userCount: 60, itemCount: 40 }, 'max')
  const split = userItems.validation({ train, userIds, itemIds }, seededRandom('test'))
  let nowMs = 0
  const slow = (name: string, more: Partial<AnyContender>): AnyContender => ({
    ...{ name, settings: { loudness: 1 }, takes: () => true, ...more },
    space: { loudness: { kind: 'uniform', low: 1, high: 9 } },
    fit(_, { loudness }) {
      nowMs += 10_000
      return byOne(({ user }) =>
        Float32Array.from(itemIds, (_, item) => +(item < user) * +loudness!),
      )
    },
  })
  const points = [2, 3, 4, 5].map((loudness) => ({ loudness }))
  const also = [slow('first', {}), slow('second', {}), slow('third', { points })]
  const budget = { sampler: 'random', trials: 9, seconds: 30, seed: 1, usersMax: 60 } as const
  const asked = { ...options, format: 'user-items', split, also } as const
  const timed = { ...asked, gauges: { ...gauges, now: () => nowMs } }
  const trialsOf = async (secondsInAll?: number) => {
    const given = { ...budget, ...(secondsInAll !== undefined && { secondsInAll }) }
    const names = also.map(({ name }) => name)
    const { models } = await evaluate({ ...timed, models: names, budget: given })
    return names.map((name) => models.find(({ model }) => model === name)!.trials)
  }
  assert.deepEqual(await trialsOf(), [3, 3, 5])
  // The first learns for the last time after 30 s; then a search of 30 s is left to points alone.
  assert.deepEqual(await trialsOf(35), [3, 1, 3])
})

test('points told are tried next, and in a search that goes on as well', async () => {
  const { protocol, contenders } = fieldOf('temporal')
  const contender = contenders.find(({ name }) => name === 'RP3β')!
  const budget = { sampler: 'tpe', trials: 3, seconds: 60, seed: 1, usersMax: 20 } as const
  const asked = { protocol, contender, budget, now: () => 0, data: options.split.data }
  const point = (neighbors: number) => ({ neighbors, alpha: 1, beta: 0.5, keptOf: 'met' })
  const one = await chooseSettings({ ...asked, points: [point(20), point(30)] })
  const neighborsOf = ({ trials }: typeof one) =>
    trials.map(({ settings }) => settings['neighbors'])
  assert.deepEqual(neighborsOf(one), [500, 20, 30])
  const more = { ...asked, trials: one.trials, budget: { ...budget, trials: 5 } }
  const other = await chooseSettings({ ...more, points: [point(40), point(50)] })
  assert.deepEqual(neighborsOf(other), [500, 20, 30, 40, 50])
})

test('a model that fails, or is too small for the data, is told of; the others stand', async () => {
  const broken = (name: string, more: Partial<AnyContender>): AnyContender => ({
    ...{ name, settings: {}, takes: () => true, ...more },
    fit: () => Promise.reject(new Error('no memory left')),
  })
  const also = [broken('bad', {}), broken('small', { takes: () => false }), broken('random', {})]
  const { models, notes } = await evaluate({ ...options, also, models: ['bad', 'small'] })
  assert.ok(notes.includes('bad could not be learned: no memory left'))
  assert.ok(notes.includes('small is left out: the data are too large for it, or tell no order'))
  assert.equal(models.length, 3)
  await assert.rejects(evaluate({ ...options, models: ['none'] }), /models none must be one of/)
})

test('data that nothing can be learned from, or asked of, are refused once', async () => {
  const { data, part } = options.split as ReturnType<typeof splitRows>
  const nobody = { ...part, questions: [], targets: [] }
  const asked = evaluate({ ...options, split: { data, part: nobody } })
  await assert.rejects(asked, /data hold no questions: there must be one at least$/)
  const nothing = { ...data, train: { ...data.train, items: new Uint32Array() } }
  nothing.train.starts = data.train.starts.map(() => 0)
  const learned = evaluate({ ...options, split: { data: nothing, part } })
  await assert.rejects(learned, /data hold no meetings to learn from/)
})

test('who met what is blended of kinds, by the part that chose their settings', async () => {
  const { users, items, userIds, itemIds } = tastes()
  const train = interactionsOf({ users, items }, { userCount: 60, itemCount: 40 }, 'max')
  const budget = { sampler: 'random', trials: 2, seconds: 60, seed: 1, usersMax: 60 } as const
  const split = userItems.validation({ train, userIds, itemIds }, seededRandom('test'))
  // Each knows the taste of a third of the users, and one of the second kind of nobody.
  const knowing = (name: string, kind: string, third: number): AnyContender => ({
    ...{ name, kind, settings: { loudness: 1 }, takes: () => true },
    space: { loudness: { kind: 'uniform', low: 1, high: 9 } },
    fit: (_, { loudness }) =>
      byOne(({ user }) =>
        Float32Array.from(itemIds, (_, item) =>
          user % 3 === third && item % 2 === user % 2 ? Number(loudness) : 0,
        ),
      ),
  })
  const also = [
    ...[knowing('one', 'first', 0), knowing('other', 'second', 1), knowing('none', 'second', 7)],
  ]
  const models = ['one', 'other', 'none', 'blend']
  const asked = { ...options, format: 'user-items', split, also, models } as const
  const found = await evaluate({ ...asked, budget })
  const of = (name: string) => found.models.find(({ model }) => model === name)!
  const { parts, ...shares } = of('blend').settings
  assert.equal(parts, 3)
  assert.deepEqual(Object.keys(shares).sort(), ['one', 'other'])
  const [blend, one, other] = ['blend', 'one', 'other'].map((name) => of(name).figures[0]!.value)
  assert.ok(blend! > one! && blend! > other!)
  const few = { ...asked, budget, also: [also[0]!, knowing('mute', 'mute', 7)] }
  const useless = await evaluate({ ...few, models: ['one', 'mute', 'blend'] })
  assert.match(useless.notes.join(), /no blend did better than one alone/)
  assert.match((await evaluate(asked)).notes.join(), /blend could not be learned: .*two kinds/)
})

test('a gain that may be chance leaves what is usual', async () => {
  const { protocol } = fieldOf('user-items')
  const { users, items, userIds, itemIds } = tastes()
  const train = interactionsOf({ users, items }, { userCount: 60, itemCount: 40 }, 'max')
  const contender = (share: number): AnyContender => ({
    ...{ name: 'one', settings: { best: false }, takes: () => true },
    space: { best: { kind: 'choice', values: [true, false] } },
    // The better one knows the taste of some of the users, and is wrong about others; the usual one
    // says nothing of any.
    fit: (_, { best }) =>
      byOne(({ user }) => {
        const isRight = best === true && user < 60 * share
        const isWrong = best === true && user >= 54
        return Float32Array.from(itemIds, (_, item) =>
          isRight || isWrong ? Number((item % 2 === user % 2) === isRight) : 0,
        )
      }),
  })
  const budget = { sampler: 'random', trials: 8, seconds: 60, seed: 1, usersMax: 60 } as const
  const data = { train, userIds, itemIds }
  const chosen = (share: number, isWary: boolean) =>
    chooseSettings({
      ...{ protocol, data, contender: contender(share), budget, now: () => 0, isWary, k: 5 },
    })
  assert.deepEqual((await chosen(0.07, false)).settings, { best: true })
  assert.deepEqual((await chosen(0.07, true)).settings, { best: false })
  const sure = await chosen(1, true)
  assert.deepEqual(sure.settings, { best: true })
  assert.ok(sure.rehearsal!.worth > (await chosen(0.07, true)).rehearsal!.worth)
})

test('a report is one page that names all models, and lets nothing through as markup', async () => {
  const evaluation = await evaluate(options)
  const html = evaluationHtml(evaluation)
  assert.match(html, /^<!doctype html>/)
  assert.doesNotMatch(html, /<tastes>|NaN|undefined|https?:\/\/(?!www\.w3\.org)/)
  for (const { model } of evaluation.models) assert.ok(html.includes(model))
  assert.equal([...html.matchAll(/<svg/g)].length, 2)
  assert.match(verdict(evaluation), /the best baseline|No model is better/)
  assert.match(evaluationText(evaluation), /cold users: fewer than 5 items/)
})
