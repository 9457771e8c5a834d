import type { PackageDefinition } from '@grpc/proto-loader'
import descriptor from 'protobufjs/ext/descriptor/index.js'

type File = descriptor.IFileDescriptorProto
type Message = descriptor.IDescriptorProto
type Field = descriptor.IFieldDescriptorProto & { proto3Optional?: boolean }

/**
 * The descriptors of loaded files as a protobuf compiler would have written them. Those of
 * protobufjs 7.6 lack what strict clients insist on: imports, the names of map entries, and which
 * oneofs stand for `optional`; and their reserved ranges end one too early. Without it, tools that
 * go by reflection find no service.
 */
export function mendedDescriptors(definitions: readonly PackageDefinition[]): PackageDefinition {
  const files = new Map<string, Uint8Array>()
  for (const definition of definitions) {
    for (const { fileDescriptorProtos = [] } of Object.values(definition).filter(isType)) {
      for (const bytes of fileDescriptorProtos) {
        // Decoding gives exactly what the interface names, as a class.
        const file = descriptor.FileDescriptorProto.decode(bytes) as unknown as File
        mendFile(file)
        files.set(file.name ?? '', descriptor.FileDescriptorProto.encode(file).finish())
      }
    }
  }
  const fileDescriptorProtos = [...files.values()].map((bytes) => Buffer.from(bytes))
  const type: object = { format: 'Protocol Buffer 3 DescriptorProto', fileDescriptorProtos }
  return { files: type as PackageDefinition[string] } // Reflection reads the files and no more.
}

type Loaded = PackageDefinition[string]
const isType = (loaded: Loaded): loaded is Loaded & { fileDescriptorProtos: Buffer[] } =>
  'fileDescriptorProtos' in loaded

const wellKnown = { package: 'google.protobuf', file: 'google/protobuf/struct.proto' }

function mendFile(file: File): void {
  const imports = (file.messageType ?? []).map(mendMessage).includes(true)
  if (file.package === wellKnown.package) file.name = wellKnown.file
  else if (imports) file.dependency = [wellKnown.file]
}

/** Answers whether the message refers to a well-known type. */
function mendMessage(message: Message): boolean {
  const { nestedType = [], oneofDecl = [] } = message
  const fields: readonly Field[] = message.field ?? []
  let refers = false
  // The end is exclusive in descriptors, and inclusive in what protobufjs writes.
  for (const range of message.reservedRange ?? []) {
    if (range.end === range.start) range.end = (range.start ?? 0) + 1
  }
  for (const one of fields) {
    const entry = nestedType.find(({ name, options }) => options?.mapEntry && name === one.typeName)
    if (entry) one.typeName = entry.name = `${pascal(one.name ?? '')}Entry`
    if (one.typeName?.includes(`${wellKnown.package}.`)) refers = true
    const oneof = one.oneofIndex === undefined ? undefined : oneofDecl[one.oneofIndex]
    if (oneof?.name === `_${one.name}`) one.proto3Optional = true
  }
  return nestedType.map(mendMessage).includes(true) || refers
}

const pascal = (snake: string): string =>
  snake.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())
