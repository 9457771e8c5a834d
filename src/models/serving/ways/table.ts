import { join } from 'node:path'
import { invalid } from '../../../error.ts'
import type { Manifest } from '../manifest.ts'
import type { Servable } from '../servable.ts'
import { fileAt } from './file-at.ts'
import { idFeature, rawServable } from './raw-servable.ts'
import { badLine, textLines } from './text-lines.ts'

/**
 * Results that were computed beforehand: a file of lines `user,item,score`, as jobs can write
 * them. Without scores the lines of a user are a list, best first. Lines of no user (`,item,score`)
 * are for users that nobody computed anything for; what is in neither scores `absent`, 0 unless
 * told.
 */
export async function openTable(manifest: Manifest, folder: string): Promise<Servable> {
  const { all, heads } = manifest
  const [user, item] = [idFeature(manifest, 'user'), idFeature(manifest, 'item')]
  if (heads.length !== 1) throw invalid('outputs', 'of a table must be one')
  const absent = all['absent'] ?? 0
  if (typeof absent !== 'number') throw invalid('absent', 'must be a number')
  const table = await readTable(join(folder, fileAt(manifest, 'file', 'scores.csv')))
  const anyone = table.get('')
  return rawServable(manifest, {
    kind: 'table',
    score: async (rows) => {
      const scores = new Float32Array(rows.rowCount)
      for (let row = 0; row < rows.rowCount; row++) {
        const known = table.get(String(rows.value(user, row))) ?? anyone
        scores[row] = known?.get(String(rows.value(item, row))) ?? absent
      }
      return [scores]
    },
  })
}

type Table = ReadonlyMap<string, ReadonlyMap<string, number>>

/** Lines are held in memory: of more than these it is better to ask a store. */
const linesMax = 20_000_000

async function readTable(file: string): Promise<Table> {
  const table = new Map<string, Map<string, number>>()
  let count = 0
  for await (const [line, number] of textLines(file)) {
    const [user = '', item = '', text, ...more] = line.split(/[,\t]/).map((cell) => cell.trim())
    if (number === 1 && /^user/i.test(user) && /^item|^movie/i.test(item)) continue
    if (item === '' || more.length > 0) throw badLine(file, number, 'must be user,item,score')
    if (++count > linesMax) throw badLine(file, number, `is one more than ${linesMax}`)
    const own = table.get(user) ?? new Map<string, number>()
    table.set(user, own)
    // A list: the first is worth 1, the second a half, and so on.
    const score = text === undefined || text === '' ? 1 / (own.size + 1) : Number(text)
    if (!Number.isFinite(score)) throw badLine(file, number, `"${text}" must be a number`)
    own.set(item, score)
  }
  return table
}
