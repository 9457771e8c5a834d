/** What of WebAssembly is used here: Node has it, and the declarations of Node don't. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer
}

export interface WasmModule {
  readonly [Symbol.toStringTag]: string
}

/** An exported kernel: addresses, counts and numbers in, a number or nothing out. */
export type Kernel = (...values: number[]) => number

interface WebAssemblyApi {
  readonly Memory: new (pages: {
    readonly initial: number
    readonly maximum: number
    readonly shared?: boolean
  }) => WasmMemory
  readonly Module: new (bytes: Uint8Array) => WasmModule
  readonly Instance: new (
    module: WasmModule,
    imports: { readonly env: { readonly memory: WasmMemory } },
  ) => { readonly exports: Readonly<Record<string, Kernel>> }
  validate(bytes: Uint8Array): boolean
}

// The libraries that declare it are those of browsers, and would declare a window as well.
const { WebAssembly: api } = globalThis as unknown as { WebAssembly: WebAssemblyApi }

export const webAssembly: WebAssemblyApi = api
