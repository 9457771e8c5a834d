/** The engine inside another program: books go in, what readers do goes in, pages come out. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEngine, type Engine, type Page } from 'starling'

const books = [
  ['dune', 'Dune', ['science fiction', 'desert']],
  ['solaris', 'Solaris', ['science fiction', 'ocean']],
  ['ubik', 'Ubik', ['science fiction', 'crime']],
  ['kindred', 'Kindred', ['science fiction', 'history']],
  ['emma', 'Emma', ['romance', 'classics']],
  ['persuasion', 'Persuasion', ['romance', 'classics', 'ocean']],
  ['rebecca', 'Rebecca', ['romance', 'crime']],
  ['moby-dick', 'Moby-Dick', ['classics', 'ocean']],
  ['the-hound', 'The Hound of the Baskervilles', ['crime', 'classics']],
  ['gaudy-night', 'Gaudy Night', ['crime', 'romance']],
  ['augustus', 'Augustus', ['history', 'classics']],
  ['desert-notes', 'Desert Notes', ['desert', 'essays']],
] as const

/** What a few readers before ann liked. */
const shelves: Readonly<Record<string, readonly string[]>> = {
  bea: ['dune', 'solaris', 'ubik'],
  cy: ['kindred', 'dune', 'solaris'],
  dee: ['ubik', 'kindred', 'solaris', 'dune'],
  eve: ['emma', 'persuasion', 'rebecca'],
  flo: ['rebecca', 'gaudy-night', 'the-hound'],
  gus: ['moby-dick', 'emma', 'persuasion'],
}

const folder = await mkdtemp(join(tmpdir(), 'starling-embed-'))
const engine = await createEngine({
  folder,
  // Which attributes of the catalogue recall and ranking look at.
  attributes: { numbers: [], tags: ['subjects'], groupBy: 'subjects' },
})
try {
  await openShop(engine)
  await visit(engine)
} finally {
  await engine[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
}

async function openShop(engine: Engine): Promise<void> {
  const put = await engine.putItems(
    books.map(([id, title, subjects]) => ({ id, attributes: { title, subjects } })),
  )
  const likes = Object.entries(shelves).flatMap(([user, items]) =>
    items.map((item) => ({ id: `${user}-${item}`, type: 'like', user, item })),
  )
  const told = await engine.track([...likes, { type: 'like', user: 'hal' }])
  console.log(`${put.accepted} books, ${told.accepted} likes; refused:`)
  for (const { index, message } of told.rejected) console.log(`  event ${index}: ${message}`)
}

async function visit(engine: Engine): Promise<void> {
  const ask = { user: 'ann', scene: 'home', size: 3, withItems: true }
  const first = await engine.recommend(ask)
  console.log(`ann, a stranger, is shown: ${titles(first)}`)

  await engine.track([{ id: 'ann-1', type: 'like', user: 'ann', item: 'dune' }])
  const second = await engine.recommend(ask)
  console.log(`ann, who likes Dune: ${titles(second)}`)

  // The token says which page showed the book, and where on it.
  const { id, token } = second.items[0]!
  await engine.track([{ id: 'ann-2', type: 'click', user: 'ann', item: id, token }])
  const [deed] = await engine.history('ann', 1)
  console.log(`last thing she did: ${deed!.action} ${deed!.item}`)

  const back = await engine.older({ ...ask, cursor: second.older! })
  console.log(`one page back: ${titles(back)}`)

  const why = await engine.explain(second.requestId)
  const { sources } = why!.items[0]!
  console.log(`${id} was brought by: ${sources.map(({ name }) => name).join(', ')}`)
}

function titles({ items }: Page): string {
  return items.map(({ item }) => item!.attributes['title']).join('; ')
}
