import type { LoadResult } from './load-result.ts'
export function loadPicture(result: LoadResult): string { return JSON.stringify(result) }
