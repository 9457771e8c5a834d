import assert from 'node:assert/strict'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { openHome, writeWhole } from './home.ts'

async function folderFor(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'starling-home-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

describe('home', () => {
  it('is made where it is missing, with a secret of its own that stays', async (t) => {
    const root = await folderFor(t)
    const folder = join(root, 'a', 'b')
    const first = await openHome(folder)
    assert.equal(first.secret.byteLength, 32)
    assert.equal((await stat(join(folder, 'secret'))).mode & 0o777, 0o600)
    assert.deepEqual([...(await openHome(folder)).secret], [...first.secret])
    const other = await openHome(join(root, 'c'))
    assert.notDeepEqual([...other.secret], [...first.secret])
  })

  it('that cannot be written is refused, saying what to do', async (t) => {
    const root = await folderFor(t)
    await writeFile(join(root, 'a file'), '')
    const refused = { code: 'failed_precondition', message: /cannot be written.*STARLING_HOME/ }
    await assert.rejects(openHome(join(root, 'a file')), refused)
    await assert.rejects(openHome(join(root, 'a file', 'below')), refused)
    // Rights do not stop the administrator.
    if (process.getuid?.() === 0) return
    await chmod(root, 0o500)
    await assert.rejects(openHome(join(root, 'new')), refused)
  })

  it('refuses a secret that was cut off: tokens that are out would be refused', async (t) => {
    const folder = await folderFor(t)
    await writeFile(join(folder, 'secret'), 'too short')
    await assert.rejects(openHome(folder), { code: 'data_loss', message: /holds 9 bytes, not 32/ })
  })
})

describe('a file that is written whole', () => {
  it('takes the place of the one before, and leaves nothing beside it', async (t) => {
    const folder = await folderFor(t)
    const file = join(folder, 'f.json')
    await writeWhole(file, 'one')
    await writeWhole(file, 'two', 0o600)
    assert.equal(await readFile(file, 'utf8'), 'two')
    assert.equal((await stat(file)).mode & 0o777, 0o600)
    assert.deepEqual(await readdir(folder), ['f.json'])
  })

  it('leaves nothing where it cannot take its place', async (t) => {
    const folder = await folderFor(t)
    await writeWhole(join(folder, 'in-the-way'), 'x')
    await assert.rejects(writeWhole(join(folder, 'in-the-way', 'f'), 'y'))
    await rm(join(folder, 'in-the-way'))
    await mkdir(join(folder, 'a-folder', 'not-empty'), { recursive: true })
    await assert.rejects(writeWhole(join(folder, 'a-folder'), 'y'))
    assert.deepEqual(await readdir(folder), ['a-folder'])
  })
})
