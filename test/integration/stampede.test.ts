import { test } from 'node:test'
import { stampede } from '../../src/feed/nearline/stampede.suite.ts'

test('ten thousand users whose queues expired ask at once, and all get a page', () =>
  stampede(10_000))
