// Writes what the declared feature sets say into docs/reference/features.md.
import { readFileSync, writeFileSync } from 'node:fs'
import { declaredSets } from '../src/state/features/declared/sets/declared-sets.ts'
import { setPage } from '../src/state/features/declared/sets/set-page.ts'

const page = new URL('../docs/reference/features.md', import.meta.url)
const mark = '<!-- declared -->\n'
const [words] = readFileSync(page, 'utf8').split(mark)
writeFileSync(page, `${words}${mark}\n${declaredSets.map(setPage).join('\n')}`)
