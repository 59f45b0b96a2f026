// `node ahead.mjs <program> …` loads what hardly any change changes, and runs the program when its parent says so: finding and
// linking libraries is a third of the server's start, and can be done while somebody still writes.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const LIBRARIES = [
  '@bufbuild/protobuf',
  '@bufbuild/protobuf/codegenv2',
  '@bufbuild/protobuf/reflect',
  '@bufbuild/protobuf/wkt',
  '@bufbuild/protovalidate',
  '@connectrpc/connect',
  '@grpc/grpc-js',
  '@nestjs/common',
  '@nestjs/core',
  '@pasar/contracts/files',
  'fastify',
  'jose',
  'kysely',
  'lru-cache',
  'pg',
  'pino',
  'prom-client',
  'reflect-metadata',
  'zod',
];

const asked = new Promise((start) => process.once('message', start));
for (const library of LIBRARIES) await import(library);
// Nothing else keeps it here while it waits.
process.channel.ref();
await asked;
process.channel.unref();
performance.mark('asked');
process.argv.splice(1, 1);
await import(pathToFileURL(resolve(process.argv[1])).href);
