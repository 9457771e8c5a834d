import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { State } from '../state.ts'
import { type Context, type Feature, type Rows, unrecalled } from './feature.ts'

/** What features are tried on: rows of known and of unknown items, and who asks. */
export interface FeatureCase {
  readonly features: readonly Feature[]
  readonly state: Pick<State, 'read'>
  readonly context: Context
  readonly rows: Rows
}

/** What every feature must do. */
export function featureSuite(name: string, given: () => Promise<FeatureCase>): void {
  /** The column, with nothing known but what the feature says it needs. */
  const filled = async (feature: Feature, of: FeatureCase): Promise<Float32Array> => {
    // A request of its own, so that nothing is remembered from another.
    const context = { ...of.context }
    const known = await of.state.read(feature.needs(context))
    const out = new Float32Array(of.rows.items.length).fill(feature.absent)
    feature.fill(context, of.rows, known, out)
    return out
  }

  const forEach = async (
    check: (feature: Feature, of: FeatureCase, column: Float32Array) => Promise<void> | void,
  ): Promise<void> => {
    const of = await given()
    for (const feature of of.features) await check(feature, of, await filled(feature, of))
  }

  describe(name, () => {
    it('has names that tell features apart, and says what they mean', async () => {
      const { features } = await given()
      assert.equal(new Set(features.map((feature) => feature.name)).size, features.length)
      for (const feature of features) assert.ok(feature.description.length > 0, feature.name)
    })

    it('writes finite numbers, or leaves what is absent', () =>
      forEach((feature, _of, column) => {
        for (const value of column) {
          const absent = Object.is(value, Math.fround(feature.absent))
          assert.ok(Number.isFinite(value) || absent, `${feature.name} is ${value}`)
        }
      }))

    it('says the same of a user of whom nothing is known, in finite numbers', () =>
      forEach(async (feature, of) => {
        const stranger = { ...of, context: { ...of.context, user: 'a stranger' } }
        const column = await filled(feature, stranger)
        assert.ok(column.every(Number.isFinite), feature.name)
        assert.deepEqual(await filled(feature, stranger), column)
      }))

    it('gives the same numbers twice', () =>
      forEach(async (feature, of, column) => {
        assert.deepEqual(await filled(feature, of), column, feature.name)
      }))

    it('judges each row by itself, wherever it stands', () =>
      forEach(async (feature, of, column) => {
        const backwards = await filled(feature, { ...of, rows: reversed(of.rows) })
        assert.deepEqual(backwards.reverse(), column, feature.name)
        const alone = await filled(feature, { ...of, rows: firstOf(of.rows) })
        assert.deepEqual(alone, column.subarray(0, 1), feature.name)
      }))

    it('writes nothing where there are no rows', () =>
      forEach(async (feature, of) => {
        assert.equal((await filled(feature, { ...of, rows: unrecalled([]) })).length, 0)
      }))
  })
}

function reversed(rows: Rows): Rows {
  return {
    items: rows.items.slice().reverse(),
    rankBy: (source) => rows.rankBy(source).slice().reverse(),
    scoreBy: (source) => rows.scoreBy(source).slice().reverse(),
  }
}

function firstOf(rows: Rows): Rows {
  return {
    items: rows.items.slice(0, 1),
    rankBy: (source) => rows.rankBy(source).slice(0, 1),
    scoreBy: (source) => rows.scoreBy(source).slice(0, 1),
  }
}
