import { Type } from '@sinclair/typebox'
import { type ErrorBody, errorCodes } from './error-codes.ts'

/** How an error is described. It stands apart from the codes, which browsers load without this. */
export const errorBody = Type.Unsafe<ErrorBody>(
  Type.Object(
    {
      error: Type.Object({
        code: Type.String({ enum: Object.keys(errorCodes) }),
        message: Type.String({ description: 'Begins with the code in brackets.' }),
        field: Type.Optional(Type.String({ description: 'The field at fault, as it was sent.' })),
      }),
    },
    { title: 'Error' },
  ),
)
