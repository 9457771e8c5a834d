import type { ServedModelView, ServedSignature } from '../../engine/views/model-serving.ts'
import { type ErrorCode, StarlingError } from '../../error.ts'
import type { ValueType } from '../../models/serving/raw-value.ts'

/** What `GET /v1/models/{name}` answers, of all versions or of one. */
export function statusAnswer(model: ServedModelView, version?: number): string {
  const asked = model.versions.filter((each) => version === undefined || each.version === version)
  if (asked.length === 0) throw unknownVersion(model.name, version)
  const statuses = asked.map(({ version: number, state, error }) => ({
    version: String(number),
    state: stateNames[state],
    status: {
      error_code: error === undefined ? 'OK' : codeNames[error.code],
      error_message: error === undefined ? '' : bareMessage(error),
    },
  }))
  return JSON.stringify({ model_version_status: statuses }, undefined, 1)
}

export function unknownVersion(name: string, version?: number): StarlingError {
  const what = version === undefined ? 'any versions' : `version ${version}`
  return new StarlingError('not_found', `Could not find ${what} of model ${name}`)
}

const stateNames = { loading: 'LOADING', available: 'AVAILABLE', ended: 'END' } as const

/** What `GET /v1/models/{name}/metadata` answers. */
export function metadataAnswer({ model, version, signature }: ServedSignature): string {
  const inputs = signature.inputs.map(({ name, type, width }) => [
    name,
    tensorInfo(name, typeCodes[type], width > 1 ? [-1, width] : [-1]),
  ])
  const outputs = signature.outputs.map(({ name, isScalar }) => [
    name,
    tensorInfo(name, 'DT_FLOAT', isScalar ? [-1] : [-1, 1]),
  ])
  const defined = {
    inputs: Object.fromEntries(inputs),
    outputs: Object.fromEntries(outputs),
    method_name: 'tensorflow/serving/predict',
  }
  return JSON.stringify(
    {
      model_spec: { name: model, signature_name: '', version: String(version) },
      metadata: { signature_def: { signature_def: { serving_default: defined } } },
    },
    undefined,
    1,
  )
}

const typeCodes: Readonly<Record<ValueType, string>> = {
  float32: 'DT_FLOAT',
  int64: 'DT_INT64',
  int32: 'DT_INT32',
  string: 'DT_STRING',
}

function tensorInfo(name: string, dtype: string, sizes: readonly number[]) {
  const dim = sizes.map((size) => ({ size: String(size), name: '' }))
  return { dtype, tensor_shape: { dim, unknown_rank: false }, name: `${name}:0` }
}

/** The codes of TensorFlow, which are gRPC's; and the status that its server answers with. */
const codeNames: Readonly<Record<ErrorCode, string>> = {
  invalid_argument: 'INVALID_ARGUMENT',
  not_found: 'NOT_FOUND',
  already_exists: 'ALREADY_EXISTS',
  failed_precondition: 'FAILED_PRECONDITION',
  unauthenticated: 'UNAUTHENTICATED',
  permission_denied: 'PERMISSION_DENIED',
  resource_exhausted: 'RESOURCE_EXHAUSTED',
  deadline_exceeded: 'DEADLINE_EXCEEDED',
  canceled: 'CANCELLED',
  unavailable: 'UNAVAILABLE',
  data_loss: 'DATA_LOSS',
  internal: 'INTERNAL',
}

/** The message without our code before it: there it is the status that says so. */
export function bareMessage({ code, message }: StarlingError): string {
  return message.replace(`[${code}] `, '')
}
