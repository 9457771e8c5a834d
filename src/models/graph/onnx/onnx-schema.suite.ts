import protobuf from 'protobufjs'

/** The parts of a model's file that tests look at, read by another library than writes them. */
export interface OnnxModel {
  readonly irVersion: number
  readonly opsetImport: readonly { readonly domain: string; readonly version: number }[]
  readonly metadataProps: readonly { readonly key: string; readonly value: string }[]
  readonly graph: {
    readonly node: readonly OnnxNode[]
    readonly input: readonly OnnxValue[]
    readonly output: readonly OnnxValue[]
    readonly initializer: readonly {
      readonly name: string
      readonly dims: readonly number[]
      readonly dataType: number
    }[]
  }
}

export interface OnnxNode {
  readonly opType: string
  readonly domain: string
  readonly input: readonly string[]
  readonly output: readonly string[]
}

export interface OnnxValue {
  readonly name: string
  readonly type: { readonly tensorType: unknown }
}

const schema = `
syntax = "proto3";
message Model {
  int64 ir_version = 1; string producer_name = 2; Graph graph = 7;
  repeated Opset opset_import = 8; repeated Entry metadata_props = 14;
}
message Opset { string domain = 1; int64 version = 2; }
message Entry { string key = 1; string value = 2; }
message Graph {
  repeated Node node = 1; string name = 2; repeated Tensor initializer = 5;
  repeated Value input = 11; repeated Value output = 12;
}
message Node {
  repeated string input = 1; repeated string output = 2; string name = 3; string op_type = 4;
  repeated Attribute attribute = 5; string domain = 7;
}
message Attribute {
  string name = 1; float f = 2; int64 i = 3; repeated int64 ints = 8; int32 type = 20;
}
message Tensor {
  repeated int64 dims = 1; int32 data_type = 2; string name = 8; bytes raw_data = 9;
}
message Value { string name = 1; Type type = 2; }
message Type { TensorType tensor_type = 1; }
message TensorType { int32 elem_type = 1; Shape shape = 2; }
message Shape { repeated Dim dim = 1; }
message Dim { oneof value { int64 dim_value = 1; string dim_param = 2; } }
`

const type = protobuf.parse(schema).root.lookupType('Model')

export function onnxModel(file: Uint8Array): OnnxModel {
  const options = { longs: Number, arrays: true }
  const model = type.toObject(type.decode(file), options) as OnnxModel
  const named = (node: OnnxNode): OnnxNode => ({ ...node, domain: node.domain ?? '' })
  const opsetImport = model.opsetImport.map(({ domain, version }) => ({
    domain: domain ?? '',
    version,
  }))
  return { ...model, opsetImport, graph: { ...model.graph, node: model.graph.node.map(named) } }
}
