import { resolve } from 'node:path'
import type { Call } from '../command.ts'

export const folderOption = { home: { type: 'string' } } as const

export const folderUsage =
  '  --home FOLDER   state folder (or STARLING_HOME; .starling here unless told)'

/** The state folder: as told, else by the environment, else here. */
export function folderOf(values: Call['values'], otherwise = '.starling'): string {
  const told = values['home'] ?? process.env['STARLING_HOME']
  return resolve(typeof told === 'string' && told !== '' ? told : otherwise)
}
