import { type Profiler, Session } from 'node:inspector'
import { findSourceMap } from 'node:module'

export type CpuProfile = Profiler.Profile

/** Where the main thread of this process spends its time, by sampling. */
export function openProfiler() {
  const session = new Session()
  session.connect()
  const post = <Answer>(method: string, params: object = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      session.post(method, params, (error, answer) => {
        if (error) reject(error)
        else resolve(answer as Answer) // The protocol says what each method answers with.
      })
    })
  return {
    async start(): Promise<void> {
      await post('Profiler.enable')
      // A sample each half millisecond costs a few percent, and shows what takes a tenth of one.
      await post('Profiler.setSamplingInterval', { interval: 500 })
      await post('Profiler.start')
    },
    async stop(): Promise<CpuProfile> {
      const { profile } = await post<{ profile: CpuProfile }>('Profiler.stop')
      return { ...profile, nodes: profile.nodes.map(inSource) }
    },
  }
}

/** Names the place in the source: what runs was put on a single line. */
function inSource(node: Profiler.ProfileNode): Profiler.ProfileNode {
  const { url, lineNumber, columnNumber } = node.callFrame
  const entry = findSourceMap(url)?.findEntry(lineNumber, columnNumber)
  if (entry === undefined || !('originalLine' in entry)) return node
  const { originalLine, originalColumn } = entry
  const place = { lineNumber: originalLine, columnNumber: originalColumn }
  return { ...node, callFrame: { ...node.callFrame, ...place } }
}
