import { fileURLToPath } from 'node:url'
import type { ServiceDefinition } from '@grpc/grpc-js'
import { loadSync, type Options, type PackageDefinition } from '@grpc/proto-loader'
import { broken } from '../../error.ts'

const folder = fileURLToPath(new URL('../../../proto/', import.meta.url))

/**
 * A .proto file of ours, by its path below `proto/`. Names are those of the file; what is absent is
 * 0, "" or false.
 */
export function loadProto(path: string, options: Options): PackageDefinition {
  return loadSync(path, { keepCase: true, defaults: true, ...options, includeDirs: [folder] })
}

/** A service of a loaded file, by its full name. */
export function serviceOf(definition: PackageDefinition, name: string): ServiceDefinition {
  const found = definition[name]
  if (found === undefined || 'format' in found)
    throw broken(`no service ${name} in its .proto file`)
  return found as ServiceDefinition // Neither a message nor an enum: those have a format.
}
