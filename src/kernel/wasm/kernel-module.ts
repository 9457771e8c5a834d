import { setFlagsFromString } from 'node:v8'
import { broken } from '../../error.ts'
import * as factors from './built/factors.ts'
import * as rows from './built/rows.ts'
import * as search from './built/search.ts'
import * as sparse from './built/sparse.ts'
import * as trees from './built/trees.ts'
import { type Kernel, type WasmMemory, type WasmModule, webAssembly } from './web-assembly.ts'

/**
 * How the kernels compute. `relaxed` may round a product and its sum once instead of twice, which
 * is faster and more exact, and leaves it to the processor whether it does: always the same on one
 * machine, and in the last bits not on every machine.
 */
export type Rounding = 'strict' | 'relaxed'

export const builds = { rows, trees, search, sparse, factors }

/** Kernels that are compiled together; `kernels/` has a file of the name. */
export type KernelGroup = keyof typeof builds

const modules = new Map<string, WasmModule>()

/**
 * Compiled once per process and build; `rounding` is the best of this machine if left out, and one
 * of `roundings` otherwise.
 */
export function kernelModule(group: KernelGroup, rounding = roundings()[0]!): WasmModule {
  const name = `${group} ${rounding}`
  let module = modules.get(name)
  if (module === undefined) {
    module = new webAssembly.Module(bytesOf(builds[group][rounding]))
    modules.set(name, module)
  }
  return module
}

/** The kernels of a group over a memory. */
export function kernelsOver(module: WasmModule, memory: WasmMemory): (name: string) => Kernel {
  const { exports } = new webAssembly.Instance(module, { env: { memory } })
  return (name) => {
    const kernel = exports[name]
    if (kernel === undefined) throw broken(`there is no kernel "${name}"`)
    return kernel
  }
}

let known: readonly Rounding[] | undefined

/** How this machine can compute, the best first: `relaxed` is not in every version of V8. */
export function roundings(): readonly Rounding[] {
  if (known !== undefined) return known
  const bytes = bytesOf(rows.relaxed)
  if (!webAssembly.validate(bytes)) {
    // In Node 20 it is finished and waits behind a flag; a version that lacks it ignores this.
    setFlagsFromString('--experimental-wasm-relaxed-simd')
  }
  known = webAssembly.validate(bytes) ? ['relaxed', 'strict'] : ['strict']
  return known
}

function bytesOf(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'))
}
