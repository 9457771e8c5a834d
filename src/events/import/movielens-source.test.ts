import assert from 'node:assert/strict'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { strToU8, zipSync } from 'fflate'
import { findMovieLens } from './movielens-source.ts'
import { folderOf } from './table/fixture.suite.ts'

const files = { 'movies.csv': 'movieId,title,genres\n', 'ratings.csv': 'userId,movieId,rating\n' }
const offline = () => Promise.reject(new Error('no network'))

function zipOf(names: readonly string[]): Uint8Array {
  return zipSync(Object.fromEntries(names.map((name) => [name, strToU8('a,b\n')])))
}

test('a candidate that is the set, or holds it, is taken before anything is fetched', async () => {
  const folder = folderOf(files)
  const cacheFolder = folderOf({})
  const candidates = ['/nowhere', folder]
  const found = await findMovieLens({ candidates, cacheFolder, download: offline })
  assert.deepEqual(found, { folder })
})

test('what was fetched lies in the cache the next time', async () => {
  const cacheFolder = join(folderOf({}), 'not', 'yet')
  const names = ['movies.csv', 'ratings.csv', 'tags.csv', 'other.bin']
  const zip = zipOf(names.map((name) => `ml-latest-small/${name}`))
  const options = { candidates: [], cacheFolder }
  const found = await findMovieLens({ ...options, download: () => Promise.resolve(zip) })
  assert.deepEqual(found, { folder: join(cacheFolder, 'ml-latest-small') })
  assert.deepEqual(readdirSync(found.folder!).sort(), ['movies.csv', 'ratings.csv', 'tags.csv'])
  assert.deepEqual(readdirSync(cacheFolder), ['ml-latest-small'])
  assert.deepEqual(await findMovieLens({ ...options, download: offline }), found)
})

test('names in the archive cannot lead out of the folder', async () => {
  const cacheFolder = folderOf({})
  const zip = zipOf(['../../movies.csv', '/etc/ratings.csv'])
  await findMovieLens({ candidates: [], cacheFolder, download: () => Promise.resolve(zip) })
  const held = readdirSync(join(cacheFolder, 'ml-latest-small')).sort()
  assert.deepEqual(held, ['movies.csv', 'ratings.csv'])
})

test('without a network, a whole archive or a folder to write to, it says why', async () => {
  const cacheFolder = folderOf({})
  const reasonOf = async (download: () => Promise<Uint8Array>, folder = cacheFolder) => {
    const found = await findMovieLens({ candidates: [], cacheFolder: folder, download })
    assert.equal(found.folder, undefined)
    return found.folder === undefined ? found.reason : ''
  }
  assert.match(
    await reasonOf(offline),
    /not on this machine, and to fetch it failed \(no network\)/,
  )
  assert.match(await reasonOf(() => Promise.resolve(strToU8('<html>'))), /invalid zip/)
  assert.match(await reasonOf(() => Promise.resolve(zipOf(['movies.csv']))), /lacks one of/)
  const zip = zipOf(['movies.csv', 'ratings.csv'])
  writeFileSync(join(cacheFolder, 'file'), '')
  const noFolder = join(cacheFolder, 'file')
  assert.match(await reasonOf(() => Promise.resolve(zip), noFolder), /EEXIST|ENOTDIR/)
  assert.deepEqual(readdirSync(cacheFolder), ['file'])
})
