/**
 * Compiles the kernels, and writes them where the engine loads them from.
 * Run it with: npm run build:kernels
 */
import { writeFileSync } from 'node:fs'
import { builtFile, compiledKernels, kernelGroups } from './kernels/compiled.ts'

for (const group of kernelGroups) {
  const text = await compiledKernels(group)
  writeFileSync(builtFile(group), text)
  process.stdout.write(`${group.name}: ${text.length} characters\n`)
}
