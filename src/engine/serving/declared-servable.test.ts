import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { manualClock } from '../../events/clock.ts'
import { generateEvents } from '../../events/import/generated.ts'
import { seededRandom } from '../../kernel/random.ts'
import { multiTask } from '../../models/deep/multi-task.ts'
import { deepTrainer } from '../../models/deep/training/deep-trainer.ts'
import { groupedAuc } from '../../models/evaluation/auc.ts'
import { linearTrainer } from '../../models/linear/linear.ts'
import type { DeclaredSet } from '../../state/features/declared/declaration.ts'
import { withEncoding } from '../../state/features/declared/encoding/saved-encoding.ts'
import { valueNames } from '../../state/features/declared/field-names.ts'
import { fillerFor } from '../../state/features/declared/filler.ts'
import { movies } from '../../state/features/declared/sets/movies.ts'
import { unrecalled } from '../../state/features/feature.ts'
import { memoryStore } from '../../state/store/memory-store.ts'
import type { PageExplanation } from '../engine.ts'
import { engineOf } from '../engine-of.ts'
import { held } from '../held.ts'
import { openHome } from '../home.ts'
import { openParts, type Parts } from '../parts.ts'
import { defaultAttributes } from '../recipes/residents.ts'
import { examplesFor } from '../training/examples/examples-for.ts'

const now = Date.UTC(2026, 5, 1)

async function films(
  work: (parts: Parts) => Promise<void>,
  onTrouble = (what: string, error: unknown): void => assert.fail(`${what}: ${error}`),
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'starling-declared-'))
  const resources = held()
  try {
    const parts = await openParts(
      {
        ...{ folder, clock: manualClock(now), retrain: false, lake: false },
        ...{ onProgress: () => undefined, onTrouble },
      },
      { home: await openHome(folder), random: seededRandom('declared'), resources },
    )
    await engineOf(parts).record(generateEvents(seededRandom('films'), now).slice(0, 4_600))
    await work(parts)
  } finally {
    await resources[Symbol.asyncDispose]()
    await rm(folder, { recursive: true })
  }
}

const best = [{ action: 'rate' as const, from: 4.5 }]

const examplesOf = ({ log }: Parts, since = 0, set: DeclaredSet = movies) =>
  examplesFor({
    ...{ set, validationShare: 0.25, rowCountMax: 3_000, seed: 'films' },
    from: {
      ...{ kind: 'log', log, base: async () => memoryStore(), attributes: defaultAttributes },
      ...{ negatives: { kind: 'none' }, since },
    },
  })

describe('a ranker of a declared set', () => {
  it('learns from the ratings of films, answers from outside as it does inside, and gives way to the next', () =>
    films(async (parts) => {
      const engine = engineOf(parts)
      const { fields, encoding, train, validation, groups } = await examplesOf(parts)
      assert.equal(train.rowCount + validation!.rowCount, 3_000)
      assert.equal(groups.length, 3_000)
      assert.equal(fields.length, 25)
      const ranker = await linearTrainer({ l2: 30 }).fit({ fields, train }, { seed: 1 })
      const [scores] = await ranker.predict(validation!)
      const one = new Uint32Array(validation!.rowCount)
      const auc = groupedAuc(scores!, validation!.labels.get('like')!, one)!
      assert.ok(auc > 0.65, `${auc}`)

      const model = 'films-linear'
      const publish = () =>
        parts.models.registry.publish(model, withEncoding(ranker.save(), encoding))
      await publish()
      await parts.served.refresh()
      const asked = (columns: ReadonlyMap<string, (string | number)[]>) =>
        engine.predict({ model, read: () => ({ rowCount: 2, columns }) })

      // Whoever asks from outside with the values that a feed reads is told the same scores.
      const filling = await parts.served.ask(model, undefined, async (one) => one.filling)
      assert.ok(filling?.kind === 'encoded')
      const { encoding: loaded, ranker: own } = filling
      assert.equal(loaded.checksum, encoding.checksum)
      const filler = fillerFor(loaded, parts.residents.ground)
      const context = { user: '7', at: now, scene: '', channel: '', fields: {} }
      const rows = unrecalled([3, 90])
      const known = await parts.state.read(filler.needs(context))
      const inside = await own.predict(filler.fill(context, rows, known))
      const values = new Map<string, (string | number)[]>()
      const { columns } = filler.read(context, rows, known)
      for (const column of movies.columns) {
        const raw: readonly (string | number)[] = [...columns.get(column.name)!]
        const names = valueNames(column)
        for (const [place, name] of names.entries()) {
          const cells = raw.filter((_, cell) => cell % names.length === place)
          if (!cells.some((cell) => Number.isNaN(cell))) values.set(name, cells)
        }
      }
      const outside = await asked(values)
      assert.deepEqual([outside.version, ...outside.scores], [1, ...inside])
      assert.notEqual(inside[0]![0], inside[0]![1])
      const types = new Map(outside.signature.inputs.map(({ name, type }) => [name, type]))
      assert.deepEqual(
        ['movieId', 'movieGenre1', 'releaseYear'].map((name) => types.get(name)),
        ['int64', 'string', 'float32'],
      )
      // Many rows are encoded a stretch at a time: none is lost, and all stand where they stood.
      const many = 2_500
      const items = Array.from({ length: many }, (_, row) => String(1 + (row % 90)))
      const all = await engine.predict({
        model,
        read: async () => ({ rowCount: many, columns: new Map([['movieId', items]]) }),
      })
      assert.equal(all.scores[0]!.length, many)
      assert.deepEqual(
        all.scores[0]!.map((_, row) => all.scores[0]![row % 90]!),
        all.scores[0],
      )
      assert.ok(new Set(all.scores[0]).size > 30)
      // Ids may come as numbers, and who left all out is somebody of whom nothing is known.
      const some = new Map([['movieId', [4, 91]]])
      assert.deepEqual(
        (await asked(some)).scores,
        (await asked(new Map([['movieId', ['4', '91']]]))).scores,
      )
      await assert.rejects(asked(new Map([['releaseYear', ['long ago', 1990]]])), {
        code: 'invalid_argument',
        message: /"long ago" must be a number/,
      })
      await assert.rejects(asked(new Map([['year', [1990]]])), { code: 'invalid_argument' })

      // In a feed it orders the candidates, and what it was given is kept with the run.
      const page = await engine.recommend({ user: '7', scene: 'for-you', model, size: 5 })
      const run = (await parts.queue.byRequest(page.requestId, now))!.items[0]!.run
      const trace = (await parts.traces.find(run))!
      assert.equal(trace.model, `${model}/1`)
      assert.equal(trace.inputs!.encoding, encoding.checksum)

      // The next version brings its own vocabularies, and is in force with them.
      await publish()
      await parts.served.refresh()
      assert.equal((await asked(some)).version, 2)
    }))

  it('orders a scene by what the scene makes of all that it foretells, and says why', () =>
    films(async (parts) => {
      const engine = engineOf(parts)
      const set: DeclaredSet = {
        ...movies,
        name: 'loves',
        labels: [...movies.labels, { ...movies.labels[0]!, name: 'love', positive: best }],
      }
      const { fields, encoding, train } = await examplesOf(parts, parts.log.head - 600, set)
      const heads = ['like', 'love'].map((name) => ({ name, learns: 'chance' as const }))
      const trainer = deepTrainer(multiTask, {
        ...{ heads, width: 4, hidden: [8], own: [4], epochs: 1, batch: 128 },
      })
      const ranker = await trainer.fit({ fields, train }, { seed: 1 })
      await parts.models.registry.publish('both', withEncoding(ranker.save(), encoding))
      await parts.served.refresh()
      // A machine with much else to do may be too late for a page: the next one tells.
      const pageOf = async (user: string): Promise<PageExplanation> => {
        const page = await engine.recommend({ user, scene: 'for-you', model: 'both', size: 5 })
        const told = (await engine.explain(page.requestId))!
        return told.degraded?.includes('took longer') ? pageOf(`${user}+`) : told
      }

      const plain = await pageOf('7')
      assert.equal(plain.runs[0]!.formula, 'like')
      const sum = [
        { head: 'like', weight: 1 },
        { head: 'love', weight: -3 },
      ]
      await engine.setParameter('combinations', { 'for-you': { sum } }, 'test')
      const told = await pageOf('8')
      assert.equal(told.degraded, undefined)
      assert.deepEqual([told.model, told.runs[0]!.formula], ['both/1', '1 × like + -3 × love'])
      for (const { score, foretold } of told.items) {
        assert.deepEqual(
          foretold.map(({ head }) => head),
          ['like', 'love'],
        )
        const [like, love] = foretold
        assert.equal(Math.fround(like!.value - 3 * love!.value), score)
      }

      // A head that it does not have: the page comes all the same, by the ranker before.
      const odd = { '*': { sum: [{ head: 'share', weight: 1 }] } }
      await engine.setParameter('combinations', odd, 'test')
      const fallen = await pageOf('9')
      assert.equal(fallen.items.length, 5)
      assert.match(fallen.degraded!, /"share" must be one of like, love/)
      assert.deepEqual(fallen.items[0]!.foretold, [])
    }))

  it('is refused where it takes a field that its encoding does not fill', async () => {
    const troubles: string[] = []
    await films(
      async (parts) => {
        const { fields, encoding, train } = await examplesOf(parts, parts.log.head - 300)
        const renamed = fields.map((field, place) =>
          place === 0 ? { ...field, name: 'film' } : field,
        )
        const columns = new Map([...train.columns, ['film', train.columns.get('movieId')!]])
        const rows = { ...train, columns }
        const ranker = await linearTrainer({ l2: 30 }).fit(
          { fields: renamed, train: rows },
          { seed: 1 },
        )
        await parts.models.registry.publish('odd', withEncoding(ranker.save(), encoding))
        await parts.served.refresh()
        const [odd] = parts.served.list().filter(({ name }) => name === 'odd')
        assert.equal(odd!.serving, undefined)
        assert.match(
          odd!.versions[0]!.error!.message,
          /takes "film" as the set "movies" does not fill it/,
        )
      },
      (what) => troubles.push(what),
    )
    assert.deepEqual(troubles, ['model odd'])
  })
})
