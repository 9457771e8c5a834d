import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RawColumn } from '../../src/models/serving/raw-value.ts'
import { filmIds, type World } from './world.ts'

const golden = new URL('../golden/onnx/', import.meta.url)
const network = readFileSync(new URL('embedding-mlp.onnx', golden))
const declared = JSON.parse(readFileSync(new URL('embedding-mlp.manifest.json', golden), 'utf8'))

/** The network over users and films of the story: of its nine rows of films it knows the first. */
export const manifest = {
  ...declared,
  inputs: {
    userId: {
      ...declared.inputs.userId,
      dtype: 'string',
      vocabulary: ['ann', 'bob', 'c', 'd', 'e'],
    },
    movieId: {
      input: 'movie_id',
      dtype: 'string',
      vocabulary: filmIds.slice(0, 8),
      ...{ first: 1, unknown: 0 },
    },
    dense: { length: 3, default: 0 },
  },
}

/** Puts a version into the folder of models that are served: `neuralcf/002`. */
export async function put(world: World, path: string, files: Record<string, string | Uint8Array>) {
  const folder = join(world.folder, 'served', path)
  await mkdir(folder, { recursive: true })
  // The manifest comes last: with it the version is there.
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
}

export const onnx = (more: object = {}) => ({
  'model.onnx': network,
  'manifest.json': JSON.stringify({ ...manifest, ...more }),
})

export const servedIn = (world: World, name: string) =>
  world.engine.servedModels().find((model) => model.name === name)?.serving

/** What the model says of films when it is asked outside of a feed. */
export async function scoresOf(world: World, user: string, films: readonly string[]) {
  const columns = new Map<string, RawColumn>([
    ['userId', [user]],
    ['movieId', films],
  ])
  const asked = { rowCount: films.length, columns }
  const { scores } = await world.engine.predict({ model: 'neuralcf', read: () => asked })
  return scores[0]!
}
