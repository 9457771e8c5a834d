import { contentDefaults, fitContent } from '../../../../models/content/content.ts'
import { loadContent } from '../../../../models/content/content-model.ts'
import { numbersIn } from '../settings.ts'
import type { RecallFamily } from './recall-family.ts'

/** Alike by what they say: known of an item that nobody has met yet. */
export const contentFamily: RecallFamily = {
  name: 'content',
  summary: 'Items alike by their words: TF-IDF and TextRank keywords of their texts and tags.',
  readsTexts: true,
  settings: {
    keywordCount: {
      ...{ initial: contentDefaults.keywordCount, least: 1, most: 1_000, whole: true },
      description: 'Keywords kept of an item.',
    },
    window: {
      ...{ initial: contentDefaults.window, least: 2, most: 100, whole: true },
      description: 'Words within so many places of each other are linked.',
    },
    textCountMin: {
      ...{ initial: contentDefaults.textCountMin, least: 1, most: 1_000_000, whole: true },
      description: 'Words of fewer texts are left out.',
    },
    textShareMax: {
      ...{ initial: contentDefaults.textShareMax, least: 0.001, most: 1, scale: 'log' },
      description: 'Words of a larger share of the texts are left out.',
    },
  },
  fit: ({ content }, settings, run) =>
    fitContent(content, {
      ...run,
      ...numbersIn(settings, ['keywordCount', 'window', 'textCountMin', 'textShareMax']),
    }),
  load: loadContent,
}
