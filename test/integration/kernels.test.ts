import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { builtFile, compiledKernels, kernelGroups } from '../../scripts/kernels/compiled.ts'

for (const group of kernelGroups) {
  test(`compiling the kernels of ${group.name} gives the bytes that are shipped`, async () => {
    assert.equal(await compiledKernels(group), readFileSync(builtFile(group), 'utf8'))
  })
}
