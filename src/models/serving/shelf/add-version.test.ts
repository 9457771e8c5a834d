import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Servable } from '../servable.ts'
import { addVersion } from './add-version.ts'

const opened: Servable = {
  kind: 'table',
  signature: { inputs: [], outputs: [] },
  predict: async () => [],
  close: async () => undefined,
}

test('versions come one after the other, and one that is there is not replaced', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'starling-add-version-'))
  try {
    const manifest = join(folder, 'manifest')
    await writeFile(manifest, '{"inputs": {"age": {}}, "outputs": {"click": {}}}')
    const served = join(folder, 'served')
    const add = (version?: number) =>
      addVersion({
        ...{ folder: served, name: 'clicks', files: [], manifest, open: async () => opened },
        ...(version !== undefined && { version }),
      })
    const made = [await add(), await add(7), await add()].map(({ version }) => version)
    assert.deepEqual(made, [1, 7, 8])
    const message = /version 7 of clicks is there already, and is not replaced/
    await assert.rejects(add(7), { code: 'already_exists', field: 'version', message })
    assert.deepEqual((await readdir(join(served, 'clicks'))).sort(), ['001', '007', '008'])
  } finally {
    await rm(folder, { recursive: true })
  }
})
