import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kernelGroups, sourcesHash } from '../../../scripts/kernels/compiled.ts'
import { builds, type KernelGroup } from './kernel-module.ts'

test('the kernels that are shipped were compiled from the sources as they stand', () => {
  assert.deepEqual(
    kernelGroups.map(({ name }) => name),
    Object.keys(builds),
  )
  for (const group of kernelGroups) {
    const { sources } = builds[group.name as KernelGroup] // One of the names just compared.
    assert.equal(sources, sourcesHash(group), `${group.name}: run npm run build:kernels`)
  }
})
