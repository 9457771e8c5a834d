import { invalid } from '../../../error.ts'
import { checkKeys, type DeclaredParameter, isTextList, recordAt } from './declared-parameter.ts'

const keys = ['items', 'channels']

/** Asked of every item as it is shown, so that feeds need not be made anew. */
export const blocked: DeclaredParameter = {
  name: 'blocked',
  description: 'What nobody may be shown: {items: [id], channels: [name]}.',
  initial: { items: [], channels: [] },

  check(value) {
    const lists = recordAt(value, 'value', '{"items": [id], "channels": [name]}')
    // A misspelt name would block nothing, and nobody would know.
    checkKeys(lists, 'value', keys)
    for (const key of keys) {
      if (!isTextList(lists[key] ?? [])) throw invalid(`value.${key}`, 'must be a list of texts')
    }
  },
}
