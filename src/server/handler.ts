import type { InputOf, ResultOf } from '../api/operation.ts'
import type { OperationName, Service } from '../api/service.ts'

/** Who asks, and until when the answer is wanted. */
export interface Caller {
  /** The key in use, or "open" where no keys exist. */
  readonly name: string
  /** Aborted when nobody waits for the answer any more. Made when first read: most never look. */
  readonly signal: AbortSignal
}

/** One function per operation, whichever way it was asked. Inputs are checked before. */
export type Handlers = {
  readonly [Name in OperationName]: (
    input: InputOf<Service[Name]>,
    caller: Caller,
  ) => Promise<ResultOf<Service[Name]>>
}
