/** What a file is that is no ONNX model, and what to do about it; undefined where nobody knows. */
export function foreignFormat(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 4096)).toString('latin1')
  return formats.find(({ fits }) => fits(head))?.remedy
}

interface Format {
  readonly fits: (head: string) => boolean
  readonly remedy: string
}

const formats: readonly Format[] = [
  {
    fits: (head) => head.startsWith('\x89HDF\r\n'),
    remedy:
      'a Keras HDF5 file (.h5): load it in TensorFlow and convert it with ' +
      'tf2onnx.convert.from_keras',
  },
  {
    fits: (head) => isZip(head) && /config\.json|metadata\.json/.test(head),
    remedy: 'a Keras file (.keras): export it with model.export("model.onnx", format="onnx")',
  },
  {
    fits: isZip,
    remedy:
      'a zip archive, as PyTorch writes its .pt and .pth files: weights and Python code; ' +
      'export the model with torch.onnx.export',
  },
  {
    fits: (head) => head[0] === '\x80' && head.charCodeAt(1) <= 5,
    remedy:
      'a Python pickle, which is a program and not a model: it is never loaded; export the model ' +
      'from the library that made it (torch.onnx.export, skl2onnx)',
  },
  {
    fits: (head) => head.startsWith('TFL3', 4),
    remedy: 'a TensorFlow Lite file: convert it with "python -m tf2onnx.convert --tflite"',
  },
  {
    fits: (head) => /^(ï»¿)?\s*(<\?xml|<PMML)/.test(head) && head.includes('<PMML'),
    remedy:
      'PMML, which is not read here: ONNX is the portable file that is served; export it from ' +
      'the library that trained the model (skl2onnx, onnxmltools)',
  },
  {
    fits: (head) => head.startsWith('{"', 8),
    remedy: 'safetensors: weights without the graph that computes with them; export the model',
  },
  { fits: (head) => head.startsWith('GGUF'), remedy: 'GGUF, a file of language models' },
  {
    // The version of its schema (1), then a list of graphs with tags.
    fits: (head) => head.startsWith('\x08\x01\x12') && /serve|train/.test(head),
    remedy:
      'a SavedModel of TensorFlow: convert its folder with ' +
      '"python -m tf2onnx.convert --saved-model FOLDER --output model.onnx"',
  },
]

function isZip(head: string): boolean {
  return head.startsWith('PK\x03\x04')
}
