import { comments } from '@pasar/contracts/comments';
import { readEndpoints } from '@pasar/gateway/endpoint';
import { describeApi } from '@pasar/gateway/openapi';
import { packageVersion } from './pasar.js';
import { services } from './topology.js';

// Prints the API description, without a gateway: what packages/sdk is generated from.
const contracts = services.flatMap(({ serves }) => serves.map(([contract]) => contract));
process.stdout.write(
  JSON.stringify(describeApi(readEndpoints(contracts), { version: packageVersion(), comments })),
);
