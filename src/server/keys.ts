import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Scope, scopes } from '../api/operation.ts'
import { StarlingError } from '../error.ts'
import { type Clock, systemClock, type Timestamp } from '../events/clock.ts'

/** The keys that open the service, in a file that only its owner can read. */
export interface Keys {
  /** Makes a key. The secret is given this once; only its hash is stored. */
  create(scope: Scope): NewKey
  list(): readonly Key[]
  /** False where no key of this id exists. In force everywhere within a second. */
  revoke(id: string): boolean
  /** The key that a secret belongs to, in a time that does not depend on how nearly it fits. */
  find(secret: string): Key | undefined
}

export interface Key {
  /** The first digits of the hash: it names the key and opens nothing. */
  readonly id: string
  readonly scope: Scope
  readonly createdAt: Timestamp
}

export interface NewKey extends Key {
  /** `sk_<scope>_<43 characters>`: 256 random bits. */
  readonly secret: string
}

interface StoredKey extends Key {
  /** SHA-256 in hex. Slow hashes protect what can be guessed; 256 random bits cannot. */
  readonly sha256: string
}

const lookAgainMs = 1000

/**
 * Opens the keys kept in a file, which need not exist yet. Other processes may change it meanwhile:
 * it is looked at again after a second.
 * Throws `failed_precondition` where the file is not one of ours.
 */
export function openKeys(file: string, clock: Clock = systemClock): Keys {
  let stored = readKeys(file)
  let version = versionOf(file)
  let lookedAt = clock.now()

  const current = (): readonly StoredKey[] => {
    const now = clock.now()
    if (Math.abs(now - lookedAt) < lookAgainMs) return stored
    lookedAt = now
    const seen = versionOf(file)
    if (seen === version) return stored
    stored = readKeys(file)
    version = seen
    return stored
  }
  // Read afresh before a change, or the change would undo that of another process.
  const change = (next: (keys: readonly StoredKey[]) => readonly StoredKey[]): void => {
    stored = next(readKeys(file))
    writeKeys(file, stored)
    version = versionOf(file)
  }

  return {
    create(scope) {
      const secret = `sk_${scope}_${randomBytes(32).toString('base64url')}`
      const sha256 = hash(secret).toString('hex')
      const key = { id: sha256.slice(0, 8), scope, createdAt: clock.now() }
      change((keys) => [...keys, { ...key, sha256 }])
      return { ...key, secret }
    },
    list: () => current().map(shown),
    revoke(id) {
      const before = readKeys(file)
      if (!before.some((key) => key.id === id)) return false
      change((keys) => keys.filter((key) => key.id !== id))
      return true
    },
    find(secret) {
      const digest = hash(secret)
      let match: StoredKey | undefined
      for (const key of current()) {
        if (timingSafeEqual(digest, Buffer.from(key.sha256, 'hex'))) match = key
      }
      return match && shown(match)
    },
  }
}

const hash = (secret: string): Buffer => createHash('sha256').update(secret).digest()

const shown = ({ id, scope, createdAt }: StoredKey): Key => ({ id, scope, createdAt })

/** Changes whenever the file is written: a rename gives another inode. Empty where none is. */
function versionOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false })
  return stat === undefined ? '' : `${stat.ino}/${stat.mtimeMs}/${stat.size}`
}

function readKeys(file: string): readonly StoredKey[] {
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return []
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new StarlingError('failed_precondition', `the key file ${file} cannot be read`, { cause })
  }
  const { keys } = (content ?? {}) as { keys?: unknown }
  if (Array.isArray(keys) && keys.every(isStoredKey)) return keys
  throw new StarlingError('failed_precondition', `${file} is not a key file`)
}

function isStoredKey(value: unknown): value is StoredKey {
  const key = (value ?? {}) as Partial<Record<keyof StoredKey, unknown>>
  return (
    typeof key.id === 'string' &&
    typeof key.createdAt === 'number' &&
    scopes.includes(key.scope as Scope) &&
    typeof key.sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(key.sha256)
  )
}

/** All or nothing: another process never reads half a file. */
function writeKeys(file: string, keys: readonly StoredKey[]): void {
  mkdirSync(dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}.new`
  writeFileSync(draft, `${JSON.stringify({ keys }, null, 2)}\n`, { mode: 0o600 })
  renameSync(draft, file)
}
