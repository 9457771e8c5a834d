import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Kernels that are compiled to one module, twice: with strict and with relaxed SIMD. */
export interface KernelGroup {
  readonly name: string
  /** Threads may work on its memory at once, which ONNX Runtime would not take. */
  readonly isShared: boolean
  /** The files of `kernels/` that it is made of, of which the first names what is exported. */
  readonly sources: readonly string[]
}

export const kernelGroups: readonly KernelGroup[] = [
  { name: 'rows', isShared: false, sources: ['rows', 'lanes'] },
  { name: 'trees', isShared: false, sources: ['trees'] },
  {
    name: 'search',
    isShared: false,
    sources: ['search', 'best', 'centres', 'lists', 'products', 'lanes'],
  },
  { name: 'sparse', isShared: false, sources: ['sparse', 'lanes'] },
  {
    name: 'factors',
    isShared: true,
    sources: ['factors', 'als', 'descent', 'skip-gram', 'chance', 'lanes'],
  },
]

const root = join(import.meta.dirname, '../..')

export function builtFile({ name }: KernelGroup): string {
  return join(root, `src/kernel/wasm/built/${name}.ts`)
}

/** Changes with any of the group's sources, and with the compiler. */
export function sourcesHash({ sources }: KernelGroup): string {
  const hash = createHash('sha256').update(compilerVersion())
  for (const source of sources) hash.update(readFileSync(join(root, `kernels/${source}.ts`)))
  return hash.digest('hex').slice(0, 32)
}

function compilerVersion(): string {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return devDependencies.assemblyscript
}

/** The module of TypeScript that carries both builds of a group. */
export async function compiledKernels(group: KernelGroup): Promise<string> {
  const [strict, relaxed] = [await compiled(group, false), await compiled(group, true)]
  return [
    `// Made of kernels/${group.sources[0]}.ts by \`npm run build:kernels\`. Not to be edited.`,
    `export const sources = '${sourcesHash(group)}'`,
    `export const strict = \`\n${inLines(strict)}\``,
    `export const relaxed = \`\n${inLines(relaxed)}\`\n`,
  ].join('\n\n')
}

async function compiled({ name, isShared }: KernelGroup, isRelaxed: boolean): Promise<Uint8Array> {
  const features = ['simd', 'bulk-memory', ...(isShared ? ['threads'] : [])]
  if (isRelaxed) features.push('relaxed-simd')
  let bytes: Uint8Array | undefined
  // Loaded here alone: it takes seconds, and whoever compares hashes has no need of it.
  const { default: asc } = await import('assemblyscript/asc')
  const { error, stderr } = await asc.main(
    [
      join(root, `kernels/${name}.ts`),
      ...['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--initialMemory', '1'],
      ...(isShared ? ['--sharedMemory'] : []),
      ...['--maximumMemory', '65536', '--enable', features.join(','), '--outFile', 'out.wasm'],
    ],
    {
      writeFile(path, contents) {
        if (path === 'out.wasm') bytes = contents as Uint8Array // It is no text.
      },
    },
  )
  if (error !== null) throw new Error(`kernels/${name}.ts: ${stderr.toString()}`)
  return bytes!
}

/** Base64 in lines that an editor can show. */
function inLines(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('base64')
  return text.replace(/.{1,96}/g, '$&\n')
}
