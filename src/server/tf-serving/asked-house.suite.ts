import { readFileSync } from 'node:fs'
import { after, before } from 'node:test'
import { type TestServer, testServer } from '../test-server.ts'
import { type ServedHouse, servedHouse } from './served-house.suite.ts'

/** Rows of the exported model, and what it said of them where it was made. */
export const recorded = JSON.parse(
  readFileSync(
    new URL('../../../test/golden/onnx/embedding-mlp.rows.json', import.meta.url),
    'utf8',
  ),
) as { user_id: number[]; movie_id: number[]; dense: number[][]; score: number[] }

const words = [7, 11, 22, 33, 44, 55]
export const instances = recorded.score.map((_, row) => ({
  userId: words[recorded.user_id[row]!]!,
  movieId: recorded.movie_id[row]!,
  dense: recorded.dense[row]!,
}))

/** A server over such a house for the tests of a file, and how it is asked. */
export function askedHouse() {
  let house: ServedHouse
  let server: TestServer
  before(async () => {
    house = await servedHouse()
    server = await testServer({ wrap: house.wrap })
  })
  after(async () => {
    await server.close()
    await house[Symbol.asyncDispose]()
  })
  return {
    house: () => house,
    server: () => server,
    post: (path: string, body: unknown, headers?: Record<string, string>) =>
      server.ask('POST', `/v1/models/${path}`, body, headers),
    get: (path: string) => server.ask('GET', `/v1/models/${path}`),
  }
}

/** NaN is no JSON; a test reads it as a client of Python would. */
export const loose = (text: string) => JSON.parse(text.replaceAll('NaN', 'null'))
