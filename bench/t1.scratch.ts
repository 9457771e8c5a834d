import { feedFromQueue } from '/work/main/bench/targets/feed-from-queue.ts'
import { mkdtemp } from 'node:fs/promises'
const folder = await mkdtemp('/tmp/bt-')
console.dir(await feedFromQueue.measure({ quick: process.argv[2] === 'quick', folder, withInstall: false, tell: (s) => console.log(new Date().toISOString(), s) }), { depth: 5 })
