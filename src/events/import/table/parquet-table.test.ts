import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileOf } from './fixture.suite.ts'
import { openParquetTable } from './parquet-table.ts'
import { tableSuite } from './table.suite.ts'

// Written by pyarrow 26 with row groups of two rows; columns id, title, sku (int64), genres (list
// of strings), score (double), at (timestamp in ms), good (boolean).
const threeRows = [
  'UEFSMRUAFSAVJCwVBBUAFQYVBhwAAAAQPAIAAAAEAQEAAABhAQAAAGIVABUkFSgsFQQVABUGFQYcAAAAEkQCAAAA',
  'AwEIAAAAT25lLCB0d28VABUsFTAsFQQVABUGFQYcAAAAFlQCAAAABAEBAAAAAAAgAAIAAAAAAAAAFQAVQBVCLBUG',
  'FQAVBhUGHAAAACAYAgAAAAMCAwEGUB8ABgAAAENvbWVkeQUAAABEcmFtYRUAFSwVMCwVBBUAFQYVBhwAAAAWVAIA',
  'AAAEAQAAAAAAAPg/AAAAAAAA+H8VABUcFSAsFQQVABUGFQYcAAAADjQCAAAAAwEAngY0jwEAABUAFQ4VEiwVBBUA',
  'FQYVBhwAAAAHGAIAAAAEAQEVABUWFRosFQIVABUGFQYcAAAACygCAAAAAgEBAAAAYxUAFSQVKCwVAhUAFQYVBhwA',
  'AAASRAIAAAACAQgAAABab8OrICJaIhUAFQwVECwVAhUAFQYVBhwAAAAGFAIAAAACABUAFRgVHCwVAhUAFQYVBhwA',
  'AAAMLAIAAAACAAIAAAACABUAFRwVICwVAhUAFQYVBhwAAAAONAIAAAACAQAAAAAAAADAFQAVHBUgLBUCFQAVBhUG',
  'HAAAAA40AgAAAAIBgIw9NI8BAAAVABUMFRAsFQIVABUGFQYcAAAABhQCAAAAAgAVBBmsNQAYBnNjaGVtYRUOABUM',
  'JQIYAmlkJQBMHAAAABUMJQIYBXRpdGxlJQBMHAAAABUEJQIYA3NrdQA1AhgGZ2VucmVzFQIVBkw8AAAANQQYBGxp',
  'c3QVAgAVDCUCGAdlbGVtZW50JQBMHAAAABUKJQIYBXNjb3JlABUEJQIYAmF0JRJMjBEcHAAAAAAAFQAlAhgEZ29v',
  'ZAAWBhksGXwmABwVDBklBgAZGAJpZBUCFgQWRhZKJghJHBUAFQAVAgA8FgQZBhkmAAQAAAAmABwVDBklBgAZGAV0',
  'aXRsZRUCFgQWShZOJlJJHBUAFQAVAgA8FhAZBhkmAgIAAAAmABwVBBklBgAZGANza3UVAhYEFlIWViagAUkcFQAV',
  'ABUCADwpBhkmAAQAAAAmABwVDBklBgAZOAZnZW5yZXMEbGlzdAdlbGVtZW50FQIWBhZmFmgm9gFJHBUAFQAVAgA8',
  'FhYZJgQCGUYAAgAEAAAAJgAcFQoZJQYAGRgFc2NvcmUVAhYEFlIWVibeAkkcFQAVABUCADwpBhkmAAQAAAAmABwV',
  'BBklBgAZGAJhdBUCFgQWQhZGJrQDSRwVABUAFQIAPCkGGSYCAgAAACYAHBUAGSUGABkYBGdvb2QVAhYEFjQWOCb6',
  'A0kcFQAVABUCADwpBhkmAAQAAAAWkAQWBCYIFqoEABl8JgAcFQwZJQYAGRgCaWQVAhYCFjwWQCayBEkcFQAVABUC',
  'ADwWAhkGGSYAAgAAACYAHBUMGSUGABkYBXRpdGxlFQIWAhZKFk4m8gRJHBUAFQAVAgA8FhAZBhkmAAIAAAAmABwV',
  'BBklBgAZGANza3UVAhYCFjIWNibABUkcFQAVABUCADwpBhkmAgAAAAAmABwVDBklBgAZOAZnZW5yZXMEbGlzdAdl',
  'bGVtZW50FQIWAhY+FkIm9gVJHBUAFQAVAgA8FgAZJgIAGUYCAAAAAAAAJgAcFQoZJQYAGRgFc2NvcmUVAhYCFkIW',
  'Ria4BkkcFQAVABUCADwpBhkmAAIAAAAmABwVBBklBgAZGAJhdBUCFgIWQhZGJv4GSRwVABUAFQIAPCkGGSYAAgAA',
  'ACYAHBUAGSUGABkYBGdvb2QVAhYCFjIWNibEB0kcFQAVABUCADwpBhkmAgAAAAAWrAMWAiayBBbIAwAoIHBhcnF1',
  'ZXQtY3BwLWFycm93IHZlcnNpb24gMjYuMC4xGXwcAAAcAAAcAAAcAAAcAAAcAAAcAAAAoAMAAFBBUjE=',
].join('')

// One column, one row, compressed with ZSTD.
const zstdFile = [
  'UEFSMRUAFRYVKCwVAhUAFQYVBhwAAAAotS/9IAtZAAACAAAAAgEBAAAAYRUEGSw1ABgGc2NoZW1hFQIAFQwlAhgC',
  'aWQlAEwcAAAAFgIZHBkcJgAcFQwZJQYAGRgCaWQVDBYCFjwWTiYISRwVABUAFQIAPBYCGQYZJgACAAAAFjwWAiYI',
  'Fk4AKCBwYXJxdWV0LWNwcC1hcnJvdyB2ZXJzaW9uIDI2LjAuMRkcHAAAAIQAAABQQVIx',
].join('')

const open = (base64: string) => {
  return openParquetTable(fileOf('a.parquet', Buffer.from(base64, 'base64')))
}

tableSuite('Parquet', () => open(threeRows))

test('values keep their types: lists, times, and integers above 2^53 as texts', async () => {
  const table = await open(threeRows)
  const rows = []
  for await (const batch of table.rows()) rows.push(...batch)
  assert.deepEqual(table.columns, ['id', 'title', 'sku', 'genres', 'score', 'at', 'good'])
  assert.deepEqual(
    rows.map(({ cells }) => cells.slice(2).map((cell) => cell ?? null)),
    [
      ['9007199254740993', ['Comedy', 'Drama'], 1.5, '2024-05-01T12:00:00.000Z', true],
      [2, [], null, null, false],
      [null, null, -2, '2024-05-01T13:00:00.000Z', null],
    ],
  )
})

test('what is no Parquet file, and a codec we cannot read, are refused in words', async () => {
  await assert.rejects(open('bm8gcGFycXVldA=='), /cannot be read as Parquet/)
  await assert.rejects(open(zstdFile), /is compressed with ZSTD; it must be one of UNCOMPRESSED/)
  const cut = Buffer.from(threeRows, 'base64')
  cut.fill(0xff, 4, 200)
  const table = await open(cut.toString('base64'))
  await assert.rejects(async () => {
    for await (const batch of table.rows()) assert.ok(batch)
  }, /cannot be read as Parquet/)
})
