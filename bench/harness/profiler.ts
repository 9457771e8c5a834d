import { type Profiler, Session } from 'node:inspector'

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
    stop: async () => (await post<{ profile: CpuProfile }>('Profiler.stop')).profile,
  }
}
