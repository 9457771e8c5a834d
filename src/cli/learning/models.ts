import { stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { invalid, StarlingError } from '../../error.ts'
import { systemClock } from '../../events/clock.ts'
import { openRegistry } from '../../models/registry/disk-registry.ts'
import { exported } from '../../models/serving/export/exported.ts'
import { scoringThread } from '../../models/serving/onnx/scoring-thread.ts'
import type { InputSpec, Signature } from '../../models/serving/servable.ts'
import { addVersion } from '../../models/serving/shelf/add-version.ts'
import { folderSource } from '../../models/serving/shelf/folder-source.ts'
import { openServedModels } from '../../models/serving/shelf/served-models.ts'
import { openWay } from '../../models/serving/ways/open-way.ts'
import type { Call, Command } from '../command.ts'
import { folderOf, folderOption, folderUsage } from '../options/folder.ts'

/** `starling models import|list|export`: models from elsewhere, and for elsewhere. */
export const modelsCommand: Command = {
  name: 'models',
  usage: `starling models import NAME FILE… --manifest manifest.json [options]
starling models list
starling models export NAME FILE.onnx [options]

import puts a model into the state folder, under served/NAME/001 and so on, after it was opened once
to see that its declared schema fits. A running server takes it up within seconds and answers at
POST /v1/models/NAME:predict. See docs/guide/serve-models.md for what a manifest says.

export writes a ranker that was learned here as a file of ONNX: the feed's own, ranker, or one by
its name. Other runtimes score rows by it as this one does. A server may run meanwhile.

  --manifest FILE   which features it takes, and what its outputs mean
  --version N       the number of the version (the next one; of an export, the one that serves)
${folderUsage}`,
  options: { ...folderOption, manifest: { type: 'string' }, version: { type: 'string' } },
  takesWords: true,

  async run(call) {
    const [verb, ...words] = call.positionals
    if (verb === 'import') return importModel(call, words)
    if (verb === 'list' && words.length === 0) return listModels(call)
    if (verb === 'export') return exportModel(call, words)
    throw invalid('models', 'is followed by import, list or export')
  },
}

async function importModel(call: Call, words: readonly string[]): Promise<number> {
  const { values, terminal } = call
  const [name, ...files] = words
  const { manifest } = values
  if (name === undefined) throw invalid('NAME', 'is missing: what the model shall be called')
  if (typeof manifest !== 'string' || manifest === '') {
    throw invalid('--manifest', 'is missing: the file that declares the schema of the model')
  }
  const version = versionOf(values['version'])
  await using thread = scoringThread()
  const added = await addVersion({
    ...{ folder: servedFolder(call), name, files, manifest },
    ...(version !== undefined && { version }),
    open: (declared, folder) => openWay(declared, folder, thread),
  })
  terminal.print(`${name} ${added.version}: ${spelt(added.signature)}`)
  terminal.tell(`in ${added.folder}; a running server serves it within seconds`)
  return 0
}

async function listModels(call: Call): Promise<number> {
  await using thread = scoringThread()
  const source = await folderSource(servedFolder(call), (manifest, folder) =>
    openWay(manifest, folder, thread),
  )
  await using served = await openServedModels({
    ...{ sources: [source], lookEveryMs: 0 },
    // The list says it.
    onTrouble: () => undefined,
  })
  for (const { name, serving, versions } of served.list()) {
    for (const { version, error } of versions) {
      const state = version === serving ? 'serves' : error === undefined ? 'waits' : error.message
      call.terminal.print(`${name}  ${version}  ${state}`)
    }
  }
  return 0
}

async function exportModel(call: Call, words: readonly string[]): Promise<number> {
  const [name, file, ...rest] = words
  if (name === undefined || file === undefined || rest.length > 0) {
    throw invalid('models export', 'is followed by the name of a ranker and one file')
  }
  const folder = join(folderOf(call.values), 'models')
  if ((await stat(folder).catch(() => undefined)) === undefined) {
    throw new StarlingError('not_found', `${resolve(folder)} is not there: nothing was learned yet`)
  }
  const registry = await openRegistry(folder, systemClock)
  const asked = versionOf(call.values['version'])
  const version = asked ?? (await registry.latest(name))?.version.version
  if (version === undefined) {
    const names = new Set((await registry.list()).map((each) => each.name))
    const known = names.size === 0 ? 'there is none yet' : `there are ${[...names].join(', ')}`
    throw new StarlingError('not_found', `no model ${name} serves; ${known}`, { field: 'NAME' })
  }
  const bytes = await exported(await registry.load(name, version))
  await writeFile(file, bytes)
  call.terminal.print(`${name} ${version}: ${bytes.length} bytes in ${file}`)
  return 0
}

/** As `openHome` lays it out: no engine need be opened, and one may be running. */
const servedFolder = ({ values }: Call): string => join(folderOf(values), 'served')

function versionOf(text: string | boolean | undefined): number | undefined {
  if (text === undefined) return undefined
  const version = Number(text)
  if (Number.isSafeInteger(version) && version >= 1) return version
  throw invalid('--version', `${text} must be a whole number >= 1`)
}

function spelt({ inputs, outputs }: Signature): string {
  const spell = ({ name, type, width }: InputSpec): string =>
    `${name} ${type}${width > 1 ? `[${width}]` : ''}`
  return `${inputs.map(spell).join(', ')} -> ${outputs.map(({ name }) => name).join(', ')}`
}
