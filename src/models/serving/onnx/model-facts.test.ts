import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { modelFacts } from './model-facts.ts'
import { type FileSpec, onnxFile } from './onnx-file.suite.ts'

const exported = readFileSync(
  new URL('../../../../test/golden/onnx/embedding-mlp.onnx', import.meta.url),
)

const small: FileSpec = {
  nodes: [{ operator: 'Relu', inputs: ['x'], outputs: ['y'] }],
  inputs: [{ name: 'x', type: 'float32', shape: ['rows'] }],
  outputs: [{ name: 'y', type: 'float32', shape: ['rows'] }],
}

describe('an ONNX file', () => {
  it('says who wrote it, and what it uses', () => {
    const { irVersion, producer, opsets, operators } = modelFacts(exported)
    assert.equal(irVersion, 10)
    assert.match(producer, /^pytorch 2\.13/)
    assert.deepEqual([...opsets], [['', 18]])
    assert.deepEqual([...operators].sort(), ['Concat', 'Gather', 'Gemm', 'Relu'])
  })

  const refused: readonly [string, Partial<FileSpec>, RegExp][] = [
    ['an opset of tomorrow', { opset: 27 }, /has opset 27; 7 to 26 are run here: export it anew/],
    ['an opset of long ago', { opset: 6 }, /has opset 6/],
    ['a version of tomorrow', { irVersion: 14 }, /IR version 14; at most 13/],
    [
      'operators of nobody',
      { nodes: [{ ...small.nodes[0]!, domain: 'our.own' }] },
      /uses the operator our\.own:Relu, which belongs to no set that is run here/,
    ],
    [
      'weights elsewhere',
      { weights: [{ name: 'w', shape: [1], values: Float32Array.of(1), isElsewhere: true }] },
      /keeps weights in files beside it: export it as one file/,
    ],
  ]
  for (const [what, spec, message] of refused) {
    it(`is refused for ${what}`, () => {
      assert.throws(() => modelFacts(onnxFile({ ...small, ...spec })), {
        code: 'invalid_argument',
        message,
      })
    })
  }
})

describe('another file', () => {
  const others: readonly [string, string, RegExp][] = [
    ['Keras, HDF5', '\x89HDF\r\n\x1a\n....', /a Keras HDF5 file .* tf2onnx/],
    ['Keras, zip', 'PK\x03\x04........metadata.json{}', /a Keras file .*model\.export/],
    [
      'PyTorch',
      'PK\x03\x04........model/data.pkl',
      /a zip archive, as PyTorch .*torch\.onnx\.export/,
    ],
    ['pickle', '\x80\x04\x95', /a Python pickle, .* it is never loaded/],
    ['TensorFlow Lite', '\x1c\0\0\0TFL3\x14', /TensorFlow Lite .*--tflite/],
    ['PMML', '<?xml version="1.0"?>\n<PMML version="4.4">', /PMML, which is not read here: ONNX/],
    ['safetensors', '\x40\0\0\0\0\0\0\0{"__metadata__":{}}', /safetensors: weights without/],
    ['SavedModel', '\x08\x01\x12\xff\x01\x0a\x0d\x0a\x05serve', /a SavedModel .*--saved-model/],
    ['text', 'hello', /its bytes are none/],
    ['nothing', '', /its bytes are none/],
  ]
  for (const [what, head, message] of others) {
    it(`is named, with what to do about it: ${what}`, () => {
      assert.throws(() => modelFacts(Buffer.from(head, 'latin1')), {
        code: 'invalid_argument',
        message,
      })
    })
  }

  it('of any bytes is refused in words, and never read past its end', () => {
    const damaged = fc.tuple(fc.nat(exported.length - 1), fc.nat(255), fc.nat(exported.length))
    const property = fc.property(damaged, ([place, byte, end]) => {
      const bytes = Uint8Array.from(exported.subarray(0, end))
      if (place < bytes.length) bytes[place] = byte
      try {
        modelFacts(bytes)
      } catch (error) {
        assert.equal((error as { code?: string }).code, 'invalid_argument')
      }
    })
    fc.assert(property, { numRuns: 500 })
  })
})
