import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { openKeys } from '../keys.ts'
import { testServer } from '../test-server.ts'
import { askedHouse, instances } from './asked-house.suite.ts'
import { exportedModel } from './served-house.suite.ts'

const { get, house, post, server } = askedHouse()

describe('what there is', () => {
  it('is told by status, of all versions and of one', async () => {
    const all = JSON.parse((await get('recmodel')).text)
    const available = (version: string) => ({
      version,
      state: 'AVAILABLE',
      status: { error_code: 'OK', error_message: '' },
    })
    assert.deepEqual(all, { model_version_status: [available('2'), available('1')] })
    const one = JSON.parse((await get('recmodel/versions/1')).text)
    assert.deepEqual(one, { model_version_status: [available('1')] })
    for (const [path, error] of [
      ['rec', 'Could not find any versions of model rec'],
      ['recmodel/versions/9', 'Could not find version 9 of model recmodel'],
    ] as const) {
      const { status, text } = await get(path)
      assert.deepEqual([status, JSON.parse(text)], [404, { error }])
    }
  })

  it('is told by metadata: names, types and shapes', async () => {
    const found = JSON.parse((await get('recmodel/metadata')).text)
    assert.deepEqual(found.model_spec, { name: 'recmodel', signature_name: '', version: '2' })
    const { inputs, outputs, method_name } =
      found.metadata.signature_def.signature_def.serving_default
    const shape = (...sizes: string[]) => ({
      dim: sizes.map((size) => ({ size, name: '' })),
      unknown_rank: false,
    })
    assert.deepEqual(inputs, {
      userId: { dtype: 'DT_INT64', tensor_shape: shape('-1'), name: 'userId:0' },
      movieId: { dtype: 'DT_INT64', tensor_shape: shape('-1'), name: 'movieId:0' },
      dense: { dtype: 'DT_FLOAT', tensor_shape: shape('-1', '3'), name: 'dense:0' },
    })
    assert.deepEqual(outputs, {
      click: { dtype: 'DT_FLOAT', tensor_shape: shape('-1', '1'), name: 'click:0' },
    })
    assert.equal(method_name, 'tensorflow/serving/predict')
    assert.equal((await get('recmodel/versions/1/metadata')).status, 200)
    assert.equal((await get('rec/metadata')).status, 404)
  })

  it('is told to whoever looks after the server, without a key', async () => {
    const { status, text } = await server().ask('GET', '/healthz/models')
    const { status: state, models } = JSON.parse(text)
    assert.deepEqual([status, state], [200, 'serving'])
    assert.deepEqual(models[0], {
      ...{ name: 'half', serving: 123 },
      versions: [{ version: 123, state: 'available' }],
    })
    mkdirSync(join(house().folder, 'empty/1'), { recursive: true })
    writeFileSync(join(house().folder, 'empty/1/manifest.json'), '{}')
    await house().served.refresh()
    const degraded = await server().ask('GET', '/healthz/models')
    assert.deepEqual([degraded.status, JSON.parse(degraded.text).status], [503, 'degraded'])
    rmSync(join(house().folder, 'empty'), { recursive: true })
    await house().served.refresh()
  })

  it('shows a version that is broken, and goes on with the one before it', async () => {
    exportedModel(join(house().folder, 'recmodel/003'))
    rmSync(join(house().folder, 'recmodel/003/model.onnx'))
    await house().served.refresh()
    const [three] = JSON.parse((await get('recmodel')).text).model_version_status
    assert.deepEqual([three.version, three.state], ['3', 'END'])
    assert.match(three.status.error_message, /ENOENT.*model\.onnx/)
    assert.equal((await post('recmodel:predict', { instances })).status, 200)
    exportedModel(join(house().folder, 'recmodel/003'))
    await house().served.refresh()
    const [mended] = JSON.parse((await get('recmodel')).text).model_version_status
    assert.deepEqual([mended.version, mended.state], ['3', 'AVAILABLE'])
  })
})

it('calls are counted by what was asked and what came of it', async () => {
  await post('recmodel:predict', { instances })
  await post('recmodel:predict', {})
  await post('recmodel/versions/9:predict', { instances })
  await get('recmodel/metadata')
  const { text } = await server().ask('GET', '/metrics')
  const counted = (route: string, status: number) =>
    text.includes(`_count{route="${route}",status="${status}"}`)
  assert.ok(counted('POST /v1/models/{name}:predict', 200))
  assert.ok(counted('POST /v1/models/{name}:predict', 400))
  assert.ok(counted('POST /v1/models/{name}/versions/{version}:predict', 404))
  assert.ok(counted('GET /v1/models/{name}/metadata', 200))
})

it('keys open models as they do everything else', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keys-'))
  const keys = openKeys(join(folder, 'keys.json'))
  const secrets = { serve: keys.create('serve').secret, ingest: keys.create('ingest').secret }
  await using locked = await testServer({ wrap: house().wrap, keys })
  const ask = (key?: string) =>
    locked.ask(
      'POST',
      '/v1/models/half:predict',
      { instances: [1] },
      key ? { 'x-api-key': key } : {},
    )
  assert.equal((await ask(secrets.serve)).status, 200)
  const [none, other] = [await ask(), await ask(secrets.ingest)]
  assert.deepEqual([none.status, other.status], [401, 403])
  assert.match(JSON.parse(none.text).error, /^a key is needed/)
  assert.equal((await locked.ask('GET', '/v1/models/half')).status, 401)
  rmSync(folder, { recursive: true })
})
