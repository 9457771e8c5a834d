import { readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Memory } from './figure.ts'

/**
 * What a process holds now, this one unless told. Where the system does not tell its own pages from
 * those of mapped files, all are taken for its own.
 */
export function memoryOf(pid: number = process.pid): Memory {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const bytesOf = (name: string) =>
      1_024 * Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)![1])
    return { ownBytes: bytesOf('RssAnon'), mappedBytes: bytesOf('RssFile') + bytesOf('RssShmem') }
  } catch (error) {
    if (pid !== process.pid) throw error
    return { ownBytes: process.memoryUsage.rss(), mappedBytes: 0 }
  }
}

/** Collects what nobody needs any more, so that what is left is what is held. */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void // The flag defines it.
  collect()
}
