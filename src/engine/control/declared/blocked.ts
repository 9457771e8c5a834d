import { invalid } from '../../../error.ts'
import { type DeclaredParameter, isRecord, isTextList } from './declared-parameter.ts'

/** Asked of every item as it is shown, so that feeds need not be made anew. */
export const blocked: DeclaredParameter = {
  name: 'blocked',
  description: 'What nobody may be shown: {items: [id], channels: [name]}.',
  initial: { items: [], channels: [] },

  check(value) {
    for (const key of ['items', 'channels']) {
      const list = isRecord(value) ? (value[key] ?? []) : undefined
      if (!isTextList(list))
        throw invalid(
          'value',
          `must be {"items": [id], "channels": [name]}; ${key} is not a list of texts`,
        )
    }
  },
}
