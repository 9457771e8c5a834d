import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { askedHouse, instances, loose, recorded } from './asked-house.suite.ts'

const { post } = askedHouse()

describe('predict', () => {
  it('by rows answers with a score per instance, in their order (M-06)', async () => {
    const { status, text, headers } = await post('recmodel:predict', { instances })
    assert.equal(status, 200)
    assert.match(headers.get('content-type')!, /^application\/json/)
    const { predictions } = JSON.parse(text) as { predictions: number[][] }
    assert.equal(predictions.length, 12)
    for (const [row, [score]] of predictions.entries()) {
      assert.ok(Math.abs(score! - recorded.score[row]!) < 1e-5)
    }
  })

  it('by columns answers by columns, with what tells of the user sent once (Q-08)', async () => {
    const { user_id: _, ...rest } = recorded
    const columns = { userId: [22], movieId: rest.movie_id, dense: rest.dense }
    const { text } = await post('recmodel:predict', { inputs: columns })
    const { outputs } = JSON.parse(text) as { outputs: number[][] }
    const rows = instances.map((instance) => ({ ...instance, userId: 22 }))
    const byRows = await post('recmodel:predict', { signature_name: '', instances: rows })
    assert.deepEqual(outputs, JSON.parse(byRows.text).predictions)
  })

  it('takes a plain list where there is one input, as the documentation has it', async () => {
    const rows = await post('half:predict', { instances: [1.0, 2.0, 5.0] })
    assert.equal(rows.text.replace(/\s+/g, ' '), '{ "predictions": [3.5, 4.0, 5.5] }')
    const lists = await post('half:predict', { instances: [[1], [2]] })
    assert.deepEqual(JSON.parse(lists.text), { predictions: [3.5, 4] })
    const columns = await post('half:predict', { inputs: [1, 2, 5] })
    assert.deepEqual(JSON.parse(columns.text), { outputs: [3.5, 4, 5.5] })
    const one = await post('half:predict', { inputs: 4 })
    assert.deepEqual(JSON.parse(one.text), { outputs: [5] })
  })

  it('names outputs where there are several, and writes NaN and infinities as they are', async () => {
    const { text } = await post('two:predict', '{"instances": [{"x": -1}, {"x": 0}, {"x": NaN}]}')
    assert.deepEqual(loose(text.replaceAll('-Infinity', '"-"')), {
      predictions: [
        { log: [null], same: -1 },
        { log: ['-'], same: 0 },
        { log: [null], same: null },
      ],
    })
    const columns = await post('two:predict', { inputs: { x: [1, 2] } })
    assert.deepEqual(JSON.parse(columns.text).outputs.same, [1, 2])
  })

  it('takes 5,000 rows in one call, and every kind of client as it comes', async () => {
    const many = Array.from({ length: 5_000 }, (_, row) => instances[row % instances.length])
    const { text } = await post('recmodel:predict', { instances: many })
    assert.equal(JSON.parse(text).predictions.length, 5_000)
    // curl -d sends a form, and older clients nothing at all.
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const curl = await post('half:predict', '{"instances": [1.0]}', form)
    assert.deepEqual(JSON.parse(curl.text), { predictions: [3.5] })
  })

  it('asks the version that the path names, and else the largest', async () => {
    assert.equal((await post('recmodel/versions/1:predict', { instances })).status, 200)
    const { status, text } = await post('recmodel/versions/3:predict', { instances })
    assert.equal(status, 404)
    assert.deepEqual(JSON.parse(text), {
      error: 'Servable not found for request: Specific(recmodel, 3)',
    })
    const label = await post('recmodel/labels/stable:predict', { instances })
    assert.deepEqual(
      [label.status, JSON.parse(label.text).error],
      [400, 'Unrecognized servable version label: stable'],
    )
  })
})

describe('regress and classify', () => {
  it('answer with a value, and with labels, per example', async () => {
    const examples = [{ x: 1.0 }, { x: 2.0 }]
    const signature_name = 'tensorflow/serving/regress'
    const regressed = await post('half:regress', { signature_name, examples })
    assert.deepEqual(JSON.parse(regressed.text), { results: [3.5, 4] })
    const classified = await post('two:classify', { context: {}, examples: [{ x: 1 }] })
    assert.deepEqual(JSON.parse(classified.text), {
      results: [
        [
          ['log', 0],
          ['same', 1],
        ],
      ],
    })
    const shared = await post('half:regress', { context: { x: 4 }, examples: [{}, {}] })
    assert.deepEqual(JSON.parse(shared.text), { results: [5, 5] })
    const none = await post('half:regress', { instances: [1] })
    assert.match(JSON.parse(none.text).error, /key 'examples' is expected and was not found/)
  })
})
