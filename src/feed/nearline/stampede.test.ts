import { test } from 'node:test'
import { stampede } from './stampede.suite.ts'

test('five hundred users whose queues expired ask at once, and all get a page', () => stampede(500))
