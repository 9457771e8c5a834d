import assert from 'node:assert/strict'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { StarlingError } from '../error.ts'
import { hasCode } from '../events/log/samples.ts'
import { click, noon, testFolder, testLake } from './lake-samples.ts'

/** Each would read, write or change more than the tables of the lake. */
const refused = [
  `COPY actions TO '/tmp/stolen.csv'`,
  `COPY (SELECT 1) TO 'LAKE/planted.parquet' (FORMAT parquet)`,
  `EXPLAIN ANALYZE COPY (SELECT 1) TO 'LAKE/planted.parquet' (FORMAT parquet)`,
  `EXPLAIN COPY (SELECT 1) TO 'LAKE/planted.parquet'`,
  `EXPLAIN EXPLAIN ANALYZE COPY (SELECT 1) TO 'LAKE/planted.parquet'`,
  `EXPLAIN ANALYZE DELETE FROM fresh.actions`,
  `EXPORT DATABASE 'LAKE/all'`,
  `SELECT * FROM read_csv('/etc/passwd')`,
  `SELECT * FROM read_text('/etc/passwd')`,
  `SELECT * FROM '/etc/passwd'`,
  `SELECT * FROM read_parquet('LAKE/actions/*/*.parquet')`,
  `SELECT * FROM glob('/etc/*')`,
  `WITH x AS (SELECT (SELECT max(content) FROM read_text('/etc/passwd')) AS t) SELECT * FROM x`,
  `SELECT * FROM query('SELECT * FROM read_text(''/etc/passwd'')')`,
  `SELECT * FROM query_table('actions')`,
  `SELECT * FROM json_execute_serialized_sql('{}')`,
  `SELECT * FROM enable_logging()`,
  `SELECT * FROM force_checkpoint()`,
  `SELECT * FROM sniff_csv('/etc/passwd')`,
  `ATTACH 'LAKE/other.db'`,
  `DETACH memory`,
  `SET memory_limit = '100GB'`,
  `RESET memory_limit`,
  `SET enable_external_access = true`,
  `PRAGMA threads = 64`,
  `CALL enable_logging()`,
  `INSTALL httpfs`,
  `LOAD httpfs`,
  `SELECT 1; SELECT 2`,
  `SELECT 1; DROP VIEW actions`,
  `DROP VIEW actions`,
  `DELETE FROM fresh.actions`,
  `INSERT INTO fresh.actions (id) VALUES ('forged')`,
  `UPDATE fresh.actions SET id = 'forged'`,
  `CREATE TABLE t (a INT)`,
  `CREATE TEMP TABLE t (a INT)`,
  `CREATE MACRO f(x) AS x`,
  `CREATE OR REPLACE VIEW actions AS SELECT 1`,
  `BEGIN TRANSACTION`,
  `COMMIT`,
  `CHECKPOINT`,
  `VACUUM`,
  `PREPARE p AS SELECT 1`,
  `EXECUTE p`,
  `USE fresh`,
  `WITH gone AS (DELETE FROM fresh.actions RETURNING *) SELECT * FROM gone`,
  `SELECT nothing FROM actions`,
  `SELECT * FROM nowhere`,
  `SELECT at FROM actions`,
  `selec 1`,
  `-- only words`,
  ` ; `,
]

describe('a hostile question', () => {
  it('is refused, says why, and changes nothing', async () => {
    await using folder = await testFolder()
    await using own = await testLake(folder.path)
    await own.tell([click(1), click(2)])
    await own.lake.flush()
    await own.tell([click(3)])
    const before = await readdir(folder.path, { recursive: true })
    for (const sql of refused) {
      const asked = own.lake.query({ sql: sql.replace('LAKE', folder.path) })
      await assert.rejects(asked, hasCode('invalid_argument'), sql)
    }
    assert.deepEqual(await readdir(folder.path, { recursive: true }), before)
    assert.deepEqual(await own.rows('SELECT id FROM actions ORDER BY "offset"'), [
      ['e1'],
      ['e2'],
      ['e3'],
    ])
    await own.tell([click(4)])
    await own.lake.flush()
    assert.deepEqual(await own.rows('SELECT count(*) FROM actions'), [[4]])
  })

  it('reads no file of the folder that is no table', async () => {
    await using folder = await testFolder()
    await using own = await testLake(folder.path)
    await writeFile(join(folder.path, 'secret.csv'), 'a,b\n1,2\n')
    const sql = `SELECT * FROM '${folder.path}/secret.csv'`
    await assert.rejects(own.lake.query({ sql }), hasCode('invalid_argument'))
  })

  it('says where the fault is, in the words of the database', async () => {
    await using folder = await testFolder()
    await using own = await testLake(folder.path)
    const of = async (sql: string): Promise<StarlingError> => {
      const error = await own.lake.query({ sql }).then(
        () => undefined,
        (reason: unknown) => reason,
      )
      assert.ok(error instanceof StarlingError)
      return error
    }
    const misspelt = await of('SELECT id\nFROM actions\nWERE id = 1')
    assert.match(misspelt.message, /line 3, column \d+: .*syntax error at or near/s)
    assert.equal(misspelt.field, 'sql')
    assert.match((await of('SELECT idd FROM actions')).message, /Referenced column "idd".*"id"/s)
    assert.match((await of('DROP VIEW actions')).message, /must be a SELECT/)
    assert.match((await of('SELECT 1; SELECT 2')).message, /holds 2 statements/)
    assert.match((await of(`FROM read_csv('x')`)).message, /calls read_csv/)
    assert.match(
      (await of("SELECT 1 / x FROM range(2) t(x) WHERE error('no') IS NULL")).message,
      /no/,
    )
  })

  it('is stopped after its time, and the next is answered', async () => {
    await using folder = await testFolder()
    await using own = await testLake(folder.path)
    await own.tell([click(1)])
    for (const sql of [
      'SELECT count(*) FROM range(1000000) a, range(1000000) b, range(1000000) c',
      'SELECT max(i) FROM generate_series(1000000000000) g(i)',
      'WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r',
    ]) {
      const asked = own.lake.query({ sql, timeoutMs: 150 })
      await assert.rejects(asked, hasCode('deadline_exceeded'), sql)
    }
    assert.deepEqual(await own.rows('SELECT count(*) FROM actions'), [[1]])
  })

  it('is stopped when nobody waits for it any more', async () => {
    await using folder = await testFolder()
    await using own = await testLake(folder.path)
    const leaving = new AbortController()
    const sql = 'SELECT count(*) FROM range(1000000) a, range(1000000) b'
    const asked = own.lake.query({ sql, signal: leaving.signal })
    setTimeout(() => leaving.abort(), 50)
    await assert.rejects(asked, hasCode('canceled'))
    await assert.rejects(own.lake.query({ sql, signal: leaving.signal }), hasCode('canceled'))
  })

  it('that needs more memory than there is fails, and rows come in as before', async () => {
    await using folder = await testFolder()
    await using own = await testLake(folder.path, { memoryMb: 32 })
    await own.tell([click(1)])
    const sql = `SELECT string_agg(repeat('x', 1000), '') FROM range(1000000)`
    await assert.rejects(own.lake.query({ sql, timeoutMs: 20_000 }), hasCode('resource_exhausted'))
    const list = 'SELECT list(i) FROM range(1000000000) t(i)'
    await assert.rejects(own.lake.query({ sql: list, timeoutMs: 20_000 }), (error: unknown) =>
      ['resource_exhausted', 'deadline_exceeded'].some((code) =>
        hasCode(code as 'canceled')(error),
      ),
    )
    await own.tell([click(2)])
    await own.lake.flush()
    assert.deepEqual(await own.rows('SELECT count(*) FROM actions'), [[2]])
  })

  it('whose answer is larger than it may be fails, however few its rows are', async () => {
    await using folder = await testFolder()
    await using own = await testLake(folder.path)
    const sizeMax = 10_000
    for (const sql of [
      `SELECT repeat('x', 10000)`,
      `SELECT repeat('x', 100) FROM range(1000)`,
      `SELECT range(5000)`,
      `SELECT {'a': [repeat('x', 6000)], 'b': repeat('x', 6000)}`,
      `SELECT MAP {repeat('x', 10000): 1}`,
    ]) {
      const asked = own.lake.query({ sql, sizeMax })
      await assert.rejects(asked, hasCode('resource_exhausted'), sql)
    }
    const fits = await own.lake.query({ sql: `SELECT repeat('x', 9000)`, sizeMax })
    assert.equal(fits.rows.length, 1)
  })

  it('waits for its turn where others ask, and is sent away where too many wait', async () => {
    await using folder = await testFolder()
    await using own = await testLake(folder.path)
    const slow = { sql: 'SELECT count(*) FROM range(1000000) a, range(1000000) b', timeoutMs: 400 }
    const first = [own.lake.query(slow), own.lake.query(slow)]
    const others = Array.from({ length: 20 }, () => own.lake.query({ sql: 'SELECT 1' }))
    const outcomes = await Promise.allSettled([...first, ...others])
    const codes = outcomes.map((outcome) =>
      outcome.status === 'fulfilled' ? 'answered' : (outcome.reason as StarlingError).code,
    )
    assert.deepEqual(codes.slice(0, 2), ['deadline_exceeded', 'deadline_exceeded'])
    assert.equal(codes.filter((code) => code === 'answered').length, 16)
    assert.equal(codes.filter((code) => code === 'resource_exhausted').length, 4)
  })
})

describe('an answer', () => {
  it('holds plain JSON', async () => {
    await using folder = await testFolder()
    await using own = await testLake(folder.path)
    const sql = `SELECT 9007199254740993::BIGINT AS big, 7::BIGINT AS small,
      2.5::DECIMAL(5,2) AS part,
      TIMESTAMP '2026-11-22 01:02:03.004' AS moment, '2026-11-22 01:02:03+00'::TIMESTAMPTZ AS zoned,
      MAP {'a': 1.5::FLOAT} AS map, [1, NULL] AS list, {'k': [true]} AS struct,
      '{"j":[1]}'::JSON AS json,
      'NaN'::DOUBLE AS nan, DATE '2026-11-22' AS day,
      170141183460469231731687303715884105727 AS huge,
      NULL AS none`
    const { rows, columns, truncated } = await own.lake.query({ sql })
    assert.deepEqual(rows, [
      [
        ...['9007199254740993', 7, 2.5, '2026-11-22T01:02:03.004Z', '2026-11-22T01:02:03Z'],
        ...[{ a: 1.5 }, [1, null], { k: [true] }, { j: [1] }, 'NaN', '2026-11-22'],
        ...['170141183460469231731687303715884105727', null],
      ],
    ])
    assert.deepEqual(columns.slice(0, 3), [
      { name: 'big', type: 'BIGINT' },
      { name: 'small', type: 'BIGINT' },
      { name: 'part', type: 'DECIMAL(5,2)' },
    ])
    assert.equal(columns[8]!.type, 'JSON')
    assert.equal(truncated, false)
    assert.equal(JSON.parse(JSON.stringify(rows)).length, 1)
  })

  it('says where there were more rows than were asked for', async () => {
    await using folder = await testFolder()
    await using own = await testLake(folder.path)
    const sql = 'SELECT i FROM range(5000) t(i) ORDER BY i'
    const few = await own.lake.query({ sql, rowsMax: 3 })
    assert.deepEqual([few.rows, few.truncated], [[[0], [1], [2]], true])
    assert.equal((await own.lake.query({ sql, rowsMax: 5_000 })).truncated, false)
  })

  it('takes values apart from the SQL', async () => {
    await using folder = await testFolder()
    await using own = await testLake(folder.path)
    await own.tell([click(1, { user: "x' OR 1=1 --" }), click(2)])
    const sql = 'SELECT id FROM actions WHERE "user" = $1 AND "at" >= epoch_ms($2::BIGINT)'
    const { rows } = await own.lake.query({ sql, values: ["x' OR 1=1 --", noon - 3_600_000] })
    assert.deepEqual(rows, [['e1']])
  })

  it('explains, describes and lists', async () => {
    await using folder = await testFolder()
    await using own = await testLake(folder.path)
    for (const sql of [
      'EXPLAIN SELECT * FROM actions',
      'explain analyze SELECT 1',
      'DESCRIBE slates',
      'SHOW TABLES',
      'SUMMARIZE SELECT 1 AS a',
      'VALUES (1), (2)',
      'FROM actions SELECT count(*)',
      'WITH a AS (SELECT 1) SELECT * FROM a;',
      `SELECT * FROM actions, unnest(sources) AS s(source)`,
    ]) {
      assert.ok((await own.lake.query({ sql })).columns.length > 0, sql)
    }
  })
})
