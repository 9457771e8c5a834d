import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { invalid } from '../../../error.ts'
import type { Manifest } from '../manifest.ts'
import { fillingOf } from '../manifest-filling.ts'
import { openOnnxRanker } from '../onnx/onnx-ranker.ts'
import type { ScoringThread } from '../onnx/scoring-thread.ts'
import type { Servable } from '../servable.ts'
import { servableRanker } from '../servable-ranker.ts'
import { openEmbeddings } from './embeddings.ts'
import { fileAt } from './file-at.ts'
import { openRemote } from './remote.ts'
import { openTable } from './table.ts'

/**
 * Opens what a manifest declares, by its format. Rejects with `invalid_argument` for a format that
 * is not known, and for files that are not what the manifest says.
 */
export async function openWay(
  manifest: Manifest,
  folder: string,
  thread: ScoringThread,
): Promise<Servable> {
  switch (manifest.format) {
    case 'onnx':
      return openOnnx(manifest, folder, thread)
    case 'table':
      return openTable(manifest, folder)
    case 'embeddings':
      return openEmbeddings(manifest, folder)
    case 'remote':
      return openRemote(manifest)
    default: {
      const known = 'onnx, table, embeddings or remote'
      throw invalid('format', `"${manifest.format}" must be ${known}: there is no way to serve it`)
    }
  }
}

async function openOnnx(
  manifest: Manifest,
  folder: string,
  thread: ScoringThread,
): Promise<Servable> {
  const file = fileAt(manifest, 'model', 'model.onnx')
  const ranker = await openOnnxRanker(await readFile(join(folder, file)), manifest, thread)
  const { features, heads } = manifest
  const filling = fillingOf(features)
  return servableRanker({
    ...{ ranker, features, outputs: heads, close: ranker.close },
    ...(filling && { filling }),
  })
}
