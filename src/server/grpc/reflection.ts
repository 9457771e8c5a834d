import type { Server } from '@grpc/grpc-js'
import type { PackageDefinition } from '@grpc/proto-loader'
import { ReflectionService } from '@grpc/reflection'
import { mendedDescriptors } from './mended-descriptors.ts'

/** What the library keeps of the files: names by their full name. It has no way in but this. */
interface Index {
  readonly symbols: Record<string, unknown>
  readonly services: Record<string, unknown>
}

/** Lets clients ask for the description of what is served (grpc.reflection v1 and v1alpha). */
export function addReflection(server: Server, definitions: readonly PackageDefinition[]): void {
  const service = new ReflectionService(mendedDescriptors(definitions))
  const { v1, v1Alpha } = service as unknown as { v1: Index; v1Alpha: Index }
  for (const { symbols, services } of [v1, v1Alpha]) {
    // @grpc/reflection 1.0.4 puts a dot before the names of a file without a package, as the older
    // contract is one; clients ask for them without it, and would find nothing.
    for (const names of [symbols, services]) dropLeadingDots(names)
  }
  service.addToServer(server)
}

function dropLeadingDots(names: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(names)) {
    if (!name.startsWith('.')) continue
    names[name.slice(1)] = value
    delete names[name]
  }
}
