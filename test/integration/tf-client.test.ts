import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { createEngine } from '../../src/engine/create-engine.ts'
import { serve } from '../../src/server/serve.ts'

const here = new URL('./', import.meta.url).pathname
const golden = join(here, '../golden/onnx')

test('a client of TensorFlow Serving in Python works unchanged, over an engine of its own', async (context) => {
  try {
    execFileSync('python3', ['--version'])
  } catch {
    return context.skip('no python3 here')
  }
  const folder = mkdtempSync(join(tmpdir(), 'starling-tf-client-'))
  const version = join(folder, 'served/recmodel/001')
  mkdirSync(version, { recursive: true })
  cpSync(join(golden, 'embedding-mlp.onnx'), join(version, 'model.onnx'))
  cpSync(join(golden, 'embedding-mlp.manifest.json'), join(version, 'manifest.json'))
  const engine = await createEngine({ folder, retrain: false, lake: false })
  const serving = await serve({ engine, port: 0 })
  const python = promisify(execFile)('python3', [join(here, 'tf-client.py'), serving.addresses[0]!])
  const told = JSON.parse((await python).stdout)
  assert.deepEqual(told.status, [200, 'AVAILABLE'])
  const [status, count, [first]] = told.rows
  assert.deepEqual([status, count], [200, 800])
  assert.ok(first > 0 && first < 1)
  assert.equal(told.columns.outputs.length, 9)
  assert.deepEqual(told.metadata, { name: 'recmodel', signature_name: '', version: '1' })
  assert.equal(told.nan, "(200, {'predictions': [[nan]]})")
  assert.equal(told.refused[0], 400)
  assert.match(told.refused[1].error, /JSON Value: "eleven" Type: String is not of expected type/)
  const missing = { error: 'Servable not found for request: Latest(half)' }
  assert.deepEqual(told.missing, [404, missing])
  await serving.close()
  await engine[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})
