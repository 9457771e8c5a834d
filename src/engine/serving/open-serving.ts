import { scoringTeam } from '../../models/serving/onnx/scoring-team.ts'
import { folderSource } from '../../models/serving/shelf/folder-source.ts'
import { registrySource } from '../../models/serving/shelf/registry-source.ts'
import { openServedModels, type ServedModels } from '../../models/serving/shelf/served-models.ts'
import { openWay } from '../../models/serving/ways/open-way.ts'
import type { Ground, GroundOptions } from '../ground.ts'
import { ownKindsOver } from './own-kinds.ts'

export interface OpenServingOptions {
  readonly ground: Pick<Ground, 'home' | 'models' | 'resources'>
  readonly options: Pick<GroundOptions, 'onTrouble'>
}

/**
 * Models for whoever asks by name: those trained here, which lie in the registry, and those that
 * somebody put into the folder `served`. Both are looked at every two seconds.
 */
export async function openServing({ ground, options }: OpenServingOptions): Promise<ServedModels> {
  const { home, models, resources } = ground
  const thread = resources.add(scoringTeam())
  const sources = [
    registrySource(home.models, models.registry, ownKindsOver(thread)),
    await folderSource(home.served, (manifest, folder) => openWay(manifest, folder, thread)),
  ]
  return resources.add(await openServedModels({ sources, onTrouble: options.onTrouble }))
}
