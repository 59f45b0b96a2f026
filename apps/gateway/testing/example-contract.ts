import {
  create,
  createFileRegistry,
  type DescFile,
  type DescMessage,
  type DescService,
  type MessageInitShape,
  setExtension,
} from '@bufbuild/protobuf';
import {
  DescriptorProtoSchema,
  EnumDescriptorProtoSchema,
  FieldDescriptorProtoSchema,
  FileDescriptorProtoSchema,
  file_google_protobuf_duration,
  file_google_protobuf_field_mask,
  file_google_protobuf_struct,
  file_google_protobuf_timestamp,
  file_google_protobuf_wrappers,
  FieldDescriptorProto_Label as Label,
  MethodDescriptorProtoSchema,
  type MethodOptions,
  MethodOptionsSchema,
  ServiceDescriptorProtoSchema,
  FieldDescriptorProto_Type as Type,
} from '@bufbuild/protobuf/wkt';
import { file_google_api_annotations, http } from '@pasar/contracts/google/api/annotations_pb';
import { HttpRuleSchema } from '@pasar/contracts/google/api/http_pb';
import {
  AccessSchema,
  access,
  EdgeSchema,
  edge,
  file_pasar_options_v1_options,
} from '@pasar/contracts/pasar/options/v1/options_pb';
import { file_pasar_type_v1_type } from '@pasar/contracts/pasar/type/v1/type_pb';

/** Contracts made in a test, to have what the real ones do not: odd templates, every kind of field, mistakes. */

export interface ExampleMethod {
  name: string;
  input?: string;
  output?: string;
  rule?: MessageInitShape<typeof HttpRuleSchema>;
  access?: MessageInitShape<typeof AccessSchema>;
  edge?: MessageInitShape<typeof EdgeSchema>;
  serverStreaming?: boolean;
  clientStreaming?: boolean;
}

type FieldType = Type | string;
type FieldInit = { label?: Label; oneofIndex?: number; proto3Optional?: boolean };

function field(name: string, number: number, type: FieldType, more: FieldInit = {}) {
  const isEnum = typeof type === 'string' && type.endsWith('Kind');
  return create(FieldDescriptorProtoSchema, {
    name,
    number,
    jsonName: name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    label: Label.OPTIONAL,
    ...(typeof type === 'string'
      ? { type: isEnum ? Type.ENUM : Type.MESSAGE, typeName: `.${type}` }
      : { type }),
    ...more,
  });
}

const repeated = { label: Label.REPEATED };

function mapEntry(name: string, key: Type, value: FieldType) {
  return create(DescriptorProtoSchema, {
    name,
    field: [field('key', 1, key), field('value', 2, value)],
    options: { mapEntry: true },
  });
}

const shelf = create(DescriptorProtoSchema, {
  name: 'Shelf',
  field: [
    field('name', 1, Type.STRING),
    field('kind', 2, 'pasar.example.v1.Kind'),
    field('page_count', 3, Type.INT64),
    field('labels', 4, Type.STRING, repeated),
    field('facts', 5, 'pasar.example.v1.Shelf.FactsEntry', repeated),
    field('detail', 6, 'pasar.example.v1.Detail'),
    field('at', 7, 'google.protobuf.Timestamp'),
    field('note', 8, 'google.protobuf.StringValue'),
    field('free', 9, 'google.protobuf.Struct'),
    field('text', 10, Type.STRING, { oneofIndex: 0 }),
    field('number', 11, Type.INT32, { oneofIndex: 0 }),
    field('blob', 12, Type.BYTES),
    field('weight', 13, Type.DOUBLE),
    field('open', 14, Type.BOOL),
    field('big', 15, Type.UINT64),
    field('children', 16, 'pasar.example.v1.Shelf', repeated),
    field('wait', 17, 'google.protobuf.Duration'),
    field('wrapped', 18, 'google.protobuf.Int64Value'),
    field('kinds', 19, 'pasar.example.v1.Kind', repeated),
    field('ranks', 20, 'pasar.example.v1.Shelf.RanksEntry', repeated),
    field('small', 21, Type.UINT32),
    field('ratio', 22, Type.FLOAT),
    field('maybe', 23, Type.INT32, { proto3Optional: true, oneofIndex: 1 }),
    field('any_value', 24, 'google.protobuf.Value'),
  ],
  nestedType: [
    mapEntry('FactsEntry', Type.STRING, Type.STRING),
    mapEntry('RanksEntry', Type.INT32, 'pasar.example.v1.Kind'),
  ],
  oneofDecl: [{ name: 'choice' }, { name: '_maybe' }],
});

const messages = [
  shelf,
  create(DescriptorProtoSchema, {
    name: 'Detail',
    field: [
      field('id', 1, Type.STRING),
      field('deep', 2, 'pasar.example.v1.Detail'),
      field('marks', 3, Type.INT32, repeated),
    ],
  }),
  create(DescriptorProtoSchema, {
    name: 'UpdateShelfRequest',
    field: [
      field('name', 1, Type.STRING),
      field('shelf', 2, 'pasar.example.v1.Shelf'),
      field('update_mask', 3, 'google.protobuf.FieldMask'),
      field('dry_run', 4, Type.BOOL),
    ],
  }),
];

/** A file with the messages above and one service, `pasar.example.v1.Shelves`. */
export function exampleContract(methods: ExampleMethod[]): {
  service: DescService;
  message(name: string): DescMessage;
} {
  const dependencies = [
    file_google_protobuf_duration,
    file_google_protobuf_field_mask,
    file_google_protobuf_struct,
    file_google_protobuf_timestamp,
    file_google_protobuf_wrappers,
    file_google_api_annotations,
    file_pasar_options_v1_options,
    file_pasar_type_v1_type,
  ];
  const file = create(FileDescriptorProtoSchema, {
    name: 'example.proto',
    package: 'pasar.example.v1',
    syntax: 'proto3',
    dependency: dependencies.map(({ proto }) => proto.name),
    enumType: [
      create(EnumDescriptorProtoSchema, {
        name: 'Kind',
        value: ['KIND_UNSPECIFIED', 'WOOD', 'STEEL'].map((name, number) => ({ name, number })),
      }),
    ],
    messageType: messages,
    service: [create(ServiceDescriptorProtoSchema, { name: 'Shelves', method: methods.map(describe) })],
  });
  const registry = createFileRegistry(file, (name) => findFile(dependencies, name));
  return {
    service: registry.getService('pasar.example.v1.Shelves')!,
    message: (name) => registry.getMessage(`pasar.example.v1.${name}`)!,
  };
}

function findFile(files: readonly DescFile[], name: string): DescFile | undefined {
  for (const file of files) {
    const found = file.proto.name === name ? file : findFile(file.dependencies, name);
    if (found) return found;
  }
  return undefined;
}

function describe(method: ExampleMethod) {
  const { name, input = 'Shelf', output = 'Shelf' } = method;
  const options: MethodOptions = create(MethodOptionsSchema);
  if (method.rule) setExtension(options, http, create(HttpRuleSchema, method.rule));
  if (method.access) setExtension(options, access, create(AccessSchema, method.access));
  if (method.edge) setExtension(options, edge, create(EdgeSchema, method.edge));
  const typeName = (type: string) => (type.includes('.') ? `.${type}` : `.pasar.example.v1.${type}`);
  return create(MethodDescriptorProtoSchema, {
    name,
    inputType: typeName(input),
    outputType: typeName(output),
    options,
    serverStreaming: method.serverStreaming ?? false,
    clientStreaming: method.clientStreaming ?? false,
  });
}

export const anyone = { rule: { case: 'public', value: true } } as const;

/** The pattern of a rule, e.g. `get('/v1/shelves/{name}')`. */
export const get = (path: string) => ({ pattern: { case: 'get', value: path } }) as const;
export const post = (path: string, body = '*') => ({ pattern: { case: 'post', value: path }, body }) as const;
export const patch = (path: string, body = '*') =>
  ({ pattern: { case: 'patch', value: path }, body }) as const;
