import { inputCheck } from '../api/check.ts'
import { type OperationName, operations } from '../api/service.ts'
import type { Caller, Handlers } from './handler.ts'

/** Asks for an operation: checks the input, then hands it on. */
export type Ask = (input: unknown, caller: Caller) => Promise<unknown>

/** What HTTP and gRPC both stand on, so that neither can check or answer differently. */
export function dispatch(handlers: Handlers): ReadonlyMap<OperationName, Ask> {
  return new Map(
    operations.map(([name, { input }]) => {
      const check = inputCheck(input)
      // The check made the input of this operation out of it, which the loop's type cannot say.
      const handle = handlers[name] as (input: unknown, caller: Caller) => Promise<unknown>
      return [name, async (asked, caller) => handle(check(asked), caller)]
    }),
  )
}
