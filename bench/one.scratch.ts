import { mkdtemp } from 'node:fs/promises'
import { described, reportOf } from './harness/report.ts'
import { setting } from './harness/machine.ts'
const m: any = await import(process.argv[2]!)
const target: any = Object.values(m)[0]
const folder = await mkdtemp('/tmp/bt-')
const t = performance.now()
const figures = await target.measure({ quick: process.argv[3] === 'quick', withInstall: false, folder, tell: (s: string) => console.error(((performance.now() - t)/1000).toFixed(1), s) })
console.log(described(reportOf(setting(), false, figures)), ((performance.now() - t)/1000).toFixed(1))
