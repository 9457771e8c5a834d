import { readFileSync } from 'node:fs'
import type { Memory } from './figure.ts'

/**
 * What this process, or another, holds now. Where the system does not tell the two apart, all is
 * own.
 */
export function memoryOf(pid: number = process.pid): Memory {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const kilobytes = (name: string) =>
      Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? Number.NaN)
    return {
      ownBytes: kilobytes('RssAnon') * 1024,
      mappedBytes: (kilobytes('RssFile') + kilobytes('RssShmem')) * 1024,
    }
  } catch {
    return { ownBytes: process.memoryUsage.rss(), mappedBytes: 0 }
  }
}
