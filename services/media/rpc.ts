import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import {
  type AppendUploadRequest,
  type BatchGetMediaRequest,
  type BatchSignMediaRequest,
  type CancelUploadRequest,
  type CreateUploadRequest,
  type DeleteMediaRequest,
  type DownloadMediaRequest,
  type GetMediaRequest,
  type GetUploadRequest,
  type ListMediaRequest,
  Media_Purpose,
  Media_PurposeSchema,
  type MediaSchema,
  type MediaService,
  type SignMediaRequest,
  Upload_Status,
  type UploadMediaRequest,
  type UploadSchema,
} from '@pasar/contracts/pasar/media/v1/media_pb';
import { isStaff, requireUser } from '@pasar/platform/access';
import { invalidField } from '@pasar/platform/errors';
import { Library } from './library.js';
import { isPrivate, isVideo, type Media, type Purpose, readUploadMetadata } from './media.js';
import { Signatures } from './signatures.js';
import type { Upload } from './upload-store.js';
import { Uploads } from './uploads.js';

const tusVersion = '1.0.0';
const yearSeconds = 31_536_000;

@Injectable()
export class MediaRpc implements ServiceImpl<typeof MediaService> {
  constructor(
    private readonly uploads: Uploads,
    private readonly library: Library,
    private readonly signatures: Signatures,
  ) {}

  async uploadMedia({ purpose, name, file }: UploadMediaRequest, context: HandlerContext) {
    const { data } = file!;
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    const wanted = Media_Purpose[purpose] as Purpose;
    return toMedia(await this.uploads.upload(requireUser(context).id, wanted, name, bytes));
  }

  async createUpload(request: CreateUploadRequest, context: HandlerContext) {
    const { requestHeader: header } = context;
    const metadata = readUploadMetadata(header.get('upload-metadata') ?? '');
    const purpose = Media_Purpose[request.purpose || readPurpose(metadata.get('purpose') ?? '')] as Purpose;
    const name = request.name || (metadata.get('filename') ?? '').slice(0, 255);
    const size = Number(request.sizeBytes) || readCount('Upload-Length', header.get('upload-length') ?? '0');
    const upload = await this.uploads.create(requireUser(context).id, { purpose, name, size });
    const token = this.signatures.sign('upload', upload.id, upload.expiresAt);
    const url = `/api/v1/uploads/${upload.id}?token=${token}`;
    context.responseHeader.set('location', url);
    tellTus(context, upload);
    return { ...toUpload(upload), url };
  }

  async getUpload({ id, token }: GetUploadRequest, context: HandlerContext) {
    this.signatures.check('upload', id, token);
    const upload = await this.uploads.get(id);
    tellTus(context, upload);
    return toUpload(upload);
  }

  async appendUpload({ id, token, bytes }: AppendUploadRequest, context: HandlerContext) {
    this.signatures.check('upload', id, token);
    const { requestHeader: header } = context;
    const from = header.get('upload-offset');
    if (from === null)
      throw invalidField('Upload-Offset', 'The Upload-Offset header says where the bytes belong.');
    const position = readCount('pasar-body-position', header.get('pasar-body-position') ?? '0');
    const { data } = bytes ?? { data: new Uint8Array() };
    const upload = await this.uploads.append(
      id,
      readCount('Upload-Offset', from) + position,
      Buffer.from(data.buffer, data.byteOffset, data.byteLength),
    );
    tellTus(context, upload);
    return {};
  }

  async cancelUpload({ id, token }: CancelUploadRequest, context: HandlerContext) {
    this.signatures.check('upload', id, token);
    await this.uploads.cancel(id);
    context.responseHeader.set('tus-resumable', tusVersion);
    return {};
  }

  async listMedia({ purpose, pageSize, pageToken }: ListMediaRequest, context: HandlerContext) {
    const wanted = purpose ? (Media_Purpose[purpose] as Purpose) : undefined;
    const { rows, ...page } = await this.library.list(requireUser(context).id, wanted, pageSize, pageToken);
    return { ...page, media: rows.map(toMedia) };
  }

  async getMedia({ id }: GetMediaRequest, context: HandlerContext) {
    return toMedia(await this.library.get(requireUser(context).id, id));
  }

  async deleteMedia({ id }: DeleteMediaRequest, context: HandlerContext) {
    await this.library.delete(requireUser(context).id, id);
    return {};
  }

  async signMedia({ id }: SignMediaRequest, context: HandlerContext) {
    const user = requireUser(context);
    const { urls, expiresAt } = await this.library.sign(isStaff(user) ? undefined : user.id, id);
    return { urls, expiresAt: timestampFromDate(expiresAt) };
  }

  async *downloadMedia({ id, file, token }: DownloadMediaRequest, context: HandlerContext) {
    const said = (name: string) => context.requestHeader.get(name) ?? '';
    const wishes = { accept: said('accept'), range: said('range'), ifRange: said('if-range') };
    const found = await this.library.download(id, file, token, wishes);
    const { responseHeader: header } = context;
    const { part, size } = found;
    header.set('pasar-accept-ranges', 'bytes');
    if (part === null) {
      header.set('pasar-status', '416');
      header.set('pasar-content-range', `bytes */${size}`);
      return;
    }
    header.set('pasar-etag', found.tag);
    header.set('pasar-content-length', String(part ? part.last - part.first + 1 : size));
    if (part) {
      header.set('pasar-status', '206');
      header.set('pasar-content-range', `bytes ${part.first}-${part.last}/${size}`);
    }
    const age = found.isPrivate
      ? 'private, no-store'
      : found.negotiated
        ? 'public, max-age=86400'
        : `public, max-age=${yearSeconds}, immutable`;
    header.set('pasar-cache-control', age);
    if (found.negotiated) header.set('pasar-vary', 'Accept, Origin');
    if (found.saveAs !== undefined) header.set('content-disposition', attachment(found.saveAs));
    let { contentType } = found;
    for await (const data of found.bytes) {
      yield { contentType, data };
      contentType = '';
    }
  }

  async batchGetMedia({ ownerId, purpose, ids }: BatchGetMediaRequest) {
    const media = await this.library.hold(ownerId, Media_Purpose[purpose] as Purpose, ids);
    return { media: media.map(toMedia) };
  }

  async batchSignMedia({ ids }: BatchSignMediaRequest) {
    return { media: await this.library.signAll(ids) };
  }
}

/** What tus clients go by. */
function tellTus({ responseHeader: header }: HandlerContext, upload: Upload): void {
  header.set('tus-resumable', tusVersion);
  header.set('upload-offset', String(upload.received));
  header.set('upload-length', String(upload.size));
  header.set('upload-expires', upload.expiresAt.toUTCString());
}

function readPurpose(text: string): Media_Purpose {
  const found = Media_PurposeSchema.values.find(({ name, number }) => name === text && number > 0);
  if (found) return found.number;
  throw invalidField('purpose', 'must be one of AVATAR, PRODUCT, STORE, REVIEW, DOCUMENT, ATTACHMENT');
}

function readCount(name: string, text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw invalidField(name, 'must be a whole number');
}

/** RFC 6266, and RFC 8187 for names that are not plain. */
function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

function toUpload(upload: Upload): MessageInitShape<typeof UploadSchema> {
  const { id, status, size, received, expiresAt, refusal } = upload;
  const isWhole = status === 'OPEN' && received === size;
  return {
    ...{ id, sizeBytes: size, offset: received, refusal },
    status: isWhole ? Upload_Status.PROCESSING : Upload_Status[status],
    mediaId: status === 'READY' ? id : '',
    expiresAt: timestampFromDate(expiresAt),
  };
}

function toMedia(media: Media): MessageInitShape<typeof MediaSchema> {
  const { id, name, contentType, width, height } = media;
  const hidden = isPrivate(media);
  return {
    ...{ id, name, contentType, width, height, private: hidden },
    purpose: Media_Purpose[media.purpose],
    sizeBytes: media.size,
    url: hidden ? '' : `/api/v1/media/${id}/${isVideo(media) ? 'original' : '960'}`,
    renditions: media.renditions.map(({ size, ...rest }) => ({ ...rest, sizeBytes: BigInt(size) })),
    createdAt: timestampFromDate(media.createdAt),
  };
}
