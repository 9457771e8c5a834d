import type { Source } from '../../state/features/declared/sources/source.ts'

/** What may be told: a text, one of some texts, a number, a whole one from 1, or two numbers. */
export type Argument = 'text' | 'number' | 'whole' | 'pair' | readonly string[]

const figure = ['count', 'mean', 'deviation'] as const
const attribute = 'text'
const [count, last] = ['whole', 'whole'] as const

/** What each source of a declared set must be told beside its name, as outside data spell it. */
export const sourceArguments: Readonly<Record<Source['from'], Readonly<Record<string, Argument>>>> =
  {
    'item-number': { attribute },
    'item-vector': { attribute, count },
    'item-age': {},
    'item-deeds': { of: 'text' },
    'item-ratio': { of: 'text', per: 'text', before: 'pair' },
    'item-ratings': { figure },
    'item-tag-weights': { attribute, count },
    'user-ratings': { figure, last },
    'user-rated-number': { attribute, figure, last },
    'user-deeds': { of: 'text' },
    'user-number': { attribute },
    'user-interests': { attribute, count },
    'liked-vector': { attribute, last },
    'request-time': { part: ['hour', 'weekday'] },
    feature: { name: 'text' },
    'item-id': {},
    'item-text': { attribute },
    'item-tags': { attribute, count },
    'user-id': {},
    'user-text': { attribute },
    'user-follows': { attribute, count },
    'user-rated-items': { count, last, least: 'number' },
    'user-liked-items': { count },
    'user-rated-tags': { attribute, count, last, least: 'number' },
    request: { part: ['scene', 'channel'] },
    'request-field': { field: 'text' },
  }

/** What a source may be told as well. */
export const sourceOptions: Readonly<Record<string, string>> = { 'item-tags': 'none' }
