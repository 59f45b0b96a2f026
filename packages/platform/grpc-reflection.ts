import { createRegistry, type DescFile, type DescService, toBinary } from '@bufbuild/protobuf';
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import { status } from '@grpc/grpc-js';

/** Field numbers of ServerReflectionRequest; https://github.com/grpc/grpc/blob/master/doc/server-reflection.md */
enum Ask {
  FILE_BY_NAME = 3,
  FILE_OF_SYMBOL = 4,
  FILE_OF_EXTENSION = 5,
  EXTENSIONS_OF_TYPE = 6,
  SERVICES = 7,
}

/** Field numbers of ServerReflectionResponse. */
enum Tell {
  REQUEST = 2,
  FILES = 4,
  EXTENSIONS = 5,
  SERVICES = 6,
  ERROR = 7,
}

/**
 * Server reflection, so that grpcurl and the like need no .proto files. The descriptors are those that the process runs
 * on, with every option. (@grpc/reflection decodes them with protobufjs first, which drops the options.)
 * @returns the answer to an encoded ServerReflectionRequest; the protocol is the same in v1 and v1alpha
 */
export function answerReflection(services: DescService[]): (request: Uint8Array) => Buffer {
  const files = new Map<string, DescFile>();
  for (const service of services)
    for (const file of withImports(service.file)) files.set(file.proto.name, file);
  const registry = createRegistry(...files.values());
  const extensions = [...registry].filter((type) => type.kind === 'extension');

  const fileOf = (symbol: string): DescFile | undefined => {
    const owner = symbol.slice(0, symbol.lastIndexOf('.'));
    return (registry.get(symbol) ?? registry.get(owner))?.file;
  };
  const extensionsOf = (type: string) => extensions.filter(({ extendee }) => extendee.typeName === type);

  function answer({ kind, text, number }: Question, response: BinaryWriter): BinaryWriter {
    switch (kind) {
      case Ask.FILE_BY_NAME:
        return tellFile(files.get(text), response);
      case Ask.FILE_OF_SYMBOL:
        return tellFile(fileOf(text), response);
      case Ask.FILE_OF_EXTENSION:
        return tellFile(extensionsOf(text).find((extension) => extension.number === number)?.file, response);
      case Ask.EXTENSIONS_OF_TYPE:
        response.tag(Tell.EXTENSIONS, WireType.LengthDelimited).fork();
        response.tag(1, WireType.LengthDelimited).string(text);
        for (const extension of extensionsOf(text)) response.tag(2, WireType.Varint).int32(extension.number);
        return response.join();
      case Ask.SERVICES:
        response.tag(Tell.SERVICES, WireType.LengthDelimited).fork();
        for (const { typeName } of services) {
          response.tag(1, WireType.LengthDelimited).fork();
          response.tag(1, WireType.LengthDelimited).string(typeName).join();
        }
        return response.join();
      default:
        return tellError(status.UNIMPLEMENTED, 'no such question', response);
    }
  }

  return (request) => {
    const response = new BinaryWriter().tag(Tell.REQUEST, WireType.LengthDelimited).bytes(request);
    return Buffer.from(answer(readQuestion(request), response).finish());
  };
}

interface Question {
  kind: Ask | undefined;
  text: string;
  /** Of an extension. */
  number: number;
}

function readQuestion(request: Uint8Array): Question {
  const question: Question = { kind: undefined, text: '', number: 0 };
  const reader = new BinaryReader(request);
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (!(field in Ask)) {
      reader.skip(wireType, field);
      continue;
    }
    question.kind = field;
    if (field !== Ask.FILE_OF_EXTENSION) {
      question.text = reader.string();
      continue;
    }
    const end = reader.uint32() + reader.pos;
    while (reader.pos < end) {
      const [part, partType] = reader.tag();
      if (part === 1) question.text = reader.string();
      else if (part === 2) question.number = reader.int32();
      else reader.skip(partType, part);
    }
  }
  return question;
}

function tellFile(file: DescFile | undefined, response: BinaryWriter): BinaryWriter {
  if (!file) return tellError(status.NOT_FOUND, 'not found', response);
  response.tag(Tell.FILES, WireType.LengthDelimited).fork();
  for (const { proto } of withImports(file)) {
    response.tag(1, WireType.LengthDelimited).bytes(toBinary(FileDescriptorProtoSchema, proto));
  }
  return response.join();
}

function tellError(code: number, message: string, response: BinaryWriter): BinaryWriter {
  response.tag(Tell.ERROR, WireType.LengthDelimited).fork();
  return response.tag(1, WireType.Varint).int32(code).tag(2, WireType.LengthDelimited).string(message).join();
}

/** The file, then all that it imports, directly or not. */
function withImports(file: DescFile, found = new Set<DescFile>()): Set<DescFile> {
  if (found.has(file)) return found;
  found.add(file);
  for (const dependency of file.dependencies) withImports(dependency, found);
  return found;
}
