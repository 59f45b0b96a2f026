import { type DescMessage, type MessageShape, toBinary } from '@bufbuild/protobuf';
import { Code, ConnectError } from '@connectrpc/connect';
import {
  findTrailerError,
  headerStatusDetailsBin,
  setTrailerStatus,
} from '@connectrpc/connect/protocol-grpc';
import { Metadata, type StatusObject } from '@grpc/grpc-js';
import { DomainError } from './errors.js';

/** Of one message, either way; what is larger is streamed. */
export const maxMessageBytes = 16 * 1024 * 1024;

/** HTTP's and gRPC's own headers belong to one connection. */
const hopHeader =
  /^(grpc-.*|connection|keep-alive|te|host|user-agent|content-type|content-length|transfer-encoding|upgrade)$/;

export function toMetadata(headers: Headers): Metadata {
  const metadata = new Metadata();
  headers.forEach((value, name) => {
    if (!hopHeader.test(name) && !name.endsWith('-bin')) metadata.set(name, value);
  });
  return metadata;
}

export function toHeaders(metadata: Metadata): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(metadata.getMap())) {
    if (typeof value === 'string' && !hopHeader.test(name)) headers.set(name, value);
  }
  return headers;
}

/** The status that carries an error, its typed details in `grpc-status-details-bin` (google.rpc.Status). */
export function toStatus(error: ConnectError): StatusObject {
  const metadata = new Metadata();
  const details = setTrailerStatus(new Headers(), error).get(headerStatusDetailsBin);
  if (details) metadata.set(headerStatusDetailsBin, Buffer.from(details, 'base64'));
  return { code: error.code as number, details: error.rawMessage, metadata };
}

export function fromStatus({ code, details, metadata }: StatusObject): ConnectError {
  const [typed] = metadata.get(headerStatusDetailsBin);
  const trailer =
    Buffer.isBuffer(typed) && new Headers({ [headerStatusDetailsBin]: typed.toString('base64') });
  const error = trailer && findTrailerError(trailer);
  return error || new ConnectError(details, code in Code ? (code as number) : Code.Unknown);
}

/** @throws rpc.message_too_large */
export function encode<Desc extends DescMessage>(schema: Desc, message: MessageShape<Desc>): Buffer {
  const bytes = toBinary(schema, message);
  if (bytes.length > maxMessageBytes) {
    const text = `A ${schema.typeName} of ${bytes.length} bytes is more than a call carries.`;
    throw new DomainError('rpc.message_too_large', 'invalid', text);
  }
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
