import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Artifact } from './model.ts'

/** Loads what was saved by a model of this kind. */
interface Loads {
  readonly kind: string
  load(artifact: Artifact): unknown
}

/** What whoever loads must not take for a model of its kind. */
export function damageSuite(
  name: string,
  { kind, load }: Loads,
  saved: () => Promise<Artifact>,
): void {
  test(`${name} refuses another kind and damaged bytes`, async () => {
    const { header, weights } = await saved()
    const refused = (artifact: Artifact, code: string): void =>
      assert.throws(() => load(artifact), { code })
    refused({ header: { ...header, kind: 'stranger' }, weights }, 'failed_precondition')
    refused({ header, weights: weights.subarray(1) }, 'data_loss')
    refused({ header, weights: new Uint8Array(weights.length + 8) }, 'data_loss')
    refused({ header: { kind }, weights }, 'data_loss')
  })
}

/** Shares of what is done, as a fit tells them: more and more, and all of it at last. */
export function assertProgress(shares: readonly number[]): void {
  assert.equal(shares.at(-1), 1)
  assert.ok(shares.every((share, index) => share > (shares[index - 1] ?? 0)))
}
