import { invalid } from '../../../error.ts'
import { type Manifest, textAt } from '../manifest.ts'

/** A file beside the manifest, by a name that leads nowhere else. */
export function fileAt({ all }: Pick<Manifest, 'all'>, key: string, usual: string): string {
  const name = textAt(all[key] ?? usual, key)
  if (/^[\w-][\w.-]*$/.test(name)) return name
  throw invalid(key, `"${name}" must be the name of a file beside the manifest`)
}
