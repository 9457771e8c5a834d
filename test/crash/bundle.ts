import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** A program in one file, so that a process of it starts in the time that Node itself takes. */
export async function bundle(entry: URL, folder: string): Promise<string> {
  const outfile = join(folder, 'child.mjs')
  // These have compiled parts, which cannot be bundled; they are imported from where they lie.
  const names = ['lmdb', '@duckdb/node-api', 'onnxruntime-node']
  const alias = Object.fromEntries(
    names.map((name) => [name, fileURLToPath(import.meta.resolve(name))]),
  )
  await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    alias,
    external: Object.values(alias),
    outfile,
  })
  return outfile
}
