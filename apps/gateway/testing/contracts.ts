import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DescService } from '@bufbuild/protobuf';

const contracts = new URL('../../../contracts/gen/pasar/', import.meta.url);
const files = readdirSync(fileURLToPath(contracts), { recursive: true, encoding: 'utf8' });
const modules: Record<string, unknown>[] = await Promise.all(
  files.filter((file) => file.endsWith('_pb.ts')).map((file) => import(new URL(file, contracts).href)),
);

/** Every service of every contract. */
export const allServices = modules
  .flatMap((module) => Object.values(module))
  .filter((value): value is DescService => (value as Partial<DescService>).kind === 'service')
  .toSorted((a, b) => (a.typeName < b.typeName ? -1 : 1));
