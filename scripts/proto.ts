/**
 * Writes proto/starling/v1 from the description of the service.
 * Run it with: node --import tsx scripts/proto.ts
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { protoFile } from '../src/server/grpc/wire/proto-text.ts'

const folder = new URL('../proto/starling/v1/', import.meta.url)
const numbersFile = new URL('numbers.json', folder)
const recorded = existsSync(numbersFile) ? JSON.parse(readFileSync(numbersFile, 'utf8')) : {}

const { text, numbers } = protoFile(recorded)
writeFileSync(new URL('starling.proto', folder), text)
writeFileSync(numbersFile, `${JSON.stringify(numbers, null, 2)}\n`)
