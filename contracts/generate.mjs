// Generates TypeScript and the OpenAPI descriptions from contracts/proto; works offline.
//   node contracts/generate.mjs                  write contracts/gen
//   node contracts/generate.mjs lint             buf lint and format check
//   node contracts/generate.mjs breaking <ref>   compare with the contracts of a git revision
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createFileRegistry, fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { file_buf_validate_validate as validate } from '@bufbuild/protovalidate/gen/buf/validate/validate_pb.js';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const buf = join(dirname(require.resolve('@bufbuild/buf/package.json')), 'bin', 'buf');

function run(args, cwd = here) {
  try {
    return execFileSync(process.execPath, [buf, ...args], {
      cwd,
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  } catch (error) {
    process.stderr.write(error.stdout ?? '');
    process.exit(error.status ?? 1);
  }
}

/** google/api comes as source inside protobufjs; buf/validate only as a descriptor, so it is printed back. */
function writeDependencies(root) {
  const deps = join(root, '.deps');
  mkdirSync(join(deps, 'google/api'), { recursive: true });
  mkdirSync(join(deps, 'buf/validate'), { recursive: true });
  const googleApi = join(dirname(require.resolve('protobufjs/package.json')), 'google/api');
  for (const name of ['http.proto', 'annotations.proto'])
    copyFileSync(join(googleApi, name), join(deps, 'google/api', name));
  writeFileSync(join(deps, 'buf/validate/validate.proto'), printProto2(validate.proto));
}

const scalar = {
  1: 'double',
  2: 'float',
  3: 'int64',
  4: 'uint64',
  5: 'int32',
  6: 'fixed64',
  7: 'fixed32',
  8: 'bool',
  9: 'string',
  12: 'bytes',
  13: 'uint32',
  15: 'sfixed32',
  16: 'sfixed64',
  17: 'sint32',
  18: 'sint64',
};
const label = { 1: 'optional', 2: 'required', 3: 'repeated' };

/** Prints what buf needs in order to link: names, types and numbers. Options are left out, the runtime has its own. */
function printProto2(file) {
  const field = (f, inOneof) =>
    `${inOneof ? '' : `${label[f.label]} `}${scalar[f.type] ?? f.typeName} ${f.name} = ${f.number};`;
  const extend = (f) => `extend ${f.extendee} { ${field(f)} }`;
  const enumeration = (e) => `enum ${e.name} { ${e.value.map((v) => `${v.name} = ${v.number};`).join(' ')} }`;
  const message = (m) =>
    [
      `message ${m.name} {`,
      ...m.nestedType.map(message),
      ...m.enumType.map(enumeration),
      ...m.extension.map(extend),
      ...m.oneofDecl.map(
        (o, i) =>
          `oneof ${o.name} { ${m.field
            .filter((f) => Object.hasOwn(f, 'oneofIndex') && f.oneofIndex === i)
            .map((f) => field(f, true))
            .join(' ')} }`,
      ),
      ...m.field.filter((f) => !Object.hasOwn(f, 'oneofIndex')).map((f) => field(f)),
      ...m.extensionRange.map((r) => `extensions ${r.start} to ${r.end > 536870000 ? 'max' : r.end - 1};`),
      '}',
    ].join('\n');
  return [
    'syntax = "proto2";',
    `package ${file.package};`,
    ...file.dependency.map((d) => `import "${d}";`),
    ...file.extension.map(extend),
    ...file.enumType.map(enumeration),
    ...file.messageType.map(message),
    '',
  ].join('\n');
}

/** Comments of every message, field, service and method, by full name: what OpenAPI shows. */
function writeComments() {
  const set = fromBinary(FileDescriptorSetSchema, run(['build', '-o', '-', '--path', 'proto/pasar']));
  const registry = createFileRegistry(set);
  const comments = {};
  const keep = (desc, name) => {
    const [path, file] = pathOf(desc);
    const text = file.proto.sourceCodeInfo?.location.find(
      (l) => l.path.join() === path.join(),
    )?.leadingComments;
    if (text)
      comments[name] = text
        .trim()
        .split('\n')
        .map((line) => line.trim())
        .join(' ');
  };
  const pathOf = (desc) => {
    if (desc.kind === 'message') {
      if (!desc.parent) return [[4, desc.file.proto.messageType.indexOf(desc.proto)], desc.file];
      return [[...pathOf(desc.parent)[0], 3, desc.parent.proto.nestedType.indexOf(desc.proto)], desc.file];
    }
    if (desc.kind === 'field')
      return [[...pathOf(desc.parent)[0], 2, desc.parent.proto.field.indexOf(desc.proto)], desc.parent.file];
    if (desc.kind === 'service') return [[6, desc.file.proto.service.indexOf(desc.proto)], desc.file];
    return [[...pathOf(desc.parent)[0], 2, desc.parent.proto.method.indexOf(desc.proto)], desc.parent.file];
  };
  for (const type of registry) {
    if (!type.typeName.startsWith('pasar.')) continue;
    if (type.kind === 'message') {
      keep(type, type.typeName);
      for (const f of type.fields) keep(f, `${type.typeName}.${f.name}`);
    } else if (type.kind === 'service') {
      keep(type, type.typeName);
      for (const m of type.methods) keep(m, `${type.typeName}.${m.name}`);
    }
  }
  const sorted = Object.fromEntries(Object.entries(comments).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(
    join(here, 'gen/comments.ts'),
    `// Generated by contracts/generate.mjs from the comments in contracts/proto.\nexport const comments: Record<string, string> = ${JSON.stringify(sorted, null, 2)};\n`,
  );
}

rmSync(join(here, '.deps'), { recursive: true, force: true });
writeDependencies(here);
const [command, ref] = process.argv.slice(2);
if (command === 'lint') {
  run(['lint', '--path', 'proto/pasar']);
  run(['format', '--diff', '--exit-code', 'proto']);
} else if (command === 'breaking') {
  const earlier = mkdtempSync(join(tmpdir(), 'pasar-contracts-'));
  try {
    const archive = execFileSync('git', ['archive', ref, 'contracts'], {
      cwd: join(here, '..'),
      maxBuffer: 1 << 28,
    });
    execFileSync('tar', ['-x', '-C', earlier], { input: archive });
    cpSync(join(here, '.deps'), join(earlier, 'contracts/.deps'), { recursive: true });
    run(['breaking', '--against', join(earlier, 'contracts')]);
  } finally {
    rmSync(earlier, { recursive: true, force: true });
  }
} else {
  rmSync(join(here, 'gen'), { recursive: true, force: true });
  run(['format', '-w', 'proto']);
  run(['generate', '--path', 'proto/pasar', '--path', '.deps/google']);
  writeComments();
}
