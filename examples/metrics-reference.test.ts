import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { facts } from '../src/insight/metrics/facts/facts.ts'
import { measures } from '../src/insight/metrics/measures/measures.ts'

const page = readFileSync(join(import.meta.dirname, '../docs/reference/metrics.md'), 'utf8')

/** The names in the first cells of the tables of a section, and what stands in the second. */
function rowsOf(section: string): ReadonlyMap<string, string> {
  const [text = ''] = page.split(`\n## ${section}\n`)[1]!.split('\n## ')
  const rows = [...text.matchAll(/^\| (`.*?`) \| (.*?) \|/gm)]
  return new Map(
    rows.flatMap(([, names, second]) =>
      [...names!.matchAll(/`([^`]+)`/g)].map(([, name]) => [name!, second!] as const),
    ),
  )
}

describe('the reference of metrics', () => {
  it('has a row for every measure with its unit, and none for others', () => {
    const units = [...measures.values()].map(({ name, unit }) => [name, unit])
    assert.deepEqual([...rowsOf('Measures')].sort(), units.sort())
  })

  it('has a row for every dimension, and none for others', () => {
    const names = Object.values(facts).flatMap(({ dimensions }) => Object.keys(dimensions))
    const open = ['item.<attribute>', 'user.<attribute>']
    assert.deepEqual([...rowsOf('Dimensions').keys()].sort(), [
      ...new Set([...names, ...open].sort()),
    ])
  })
})
