import { constants } from 'node:fs'
import { access, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { invalid } from '../../error.ts'
import type { Call } from '../command.ts'

export const resultOptions = { html: { type: 'string' }, json: { type: 'string' } } as const

type Format = keyof typeof resultOptions

/**
 * Where a result goes besides the terminal. Refuses a file that could not be written before
 * anything is done: what takes minutes to find out must not be lost in the end.
 */
export async function resultFiles({ values, terminal }: Call) {
  const files: (readonly [Format, string])[] = []
  for (const format of ['html', 'json'] as const) {
    const file = values[format]
    if (typeof file !== 'string') continue
    await checkWritable(format, file)
    files.push([format, file])
  }
  return async (textOf: Readonly<Record<Format, () => string>>): Promise<void> => {
    for (const [format, file] of files) {
      await writeFile(file, textOf[format]())
      terminal.tell(`result in ${file}`)
    }
  }
}

async function checkWritable(format: Format, file: string): Promise<void> {
  if (file === '') throw invalid(format, 'must name a file')
  const found = await stat(file).catch(() => undefined)
  if (found?.isDirectory()) throw invalid(format, `${file} is a folder; it must name a file`)
  await access(found ? file : dirname(file), constants.W_OK).catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? cause.code : cause
    throw invalid(format, `${file} cannot be written (${code}); it must lie in a folder that can`)
  })
}
