import { DomainError, invalidField } from '@pasar/platform/errors';

export type Purpose = 'AVATAR' | 'PRODUCT' | 'STORE' | 'REVIEW' | 'DOCUMENT' | 'ATTACHMENT';
export type Format = 'webp' | 'jpg' | 'avif';

export interface Rendition {
  /** e.g. `480.webp`. */
  file: string;
  contentType: string;
  width: number;
  height: number;
  size: number;
}

export interface Media {
  id: string;
  ownerId: string;
  purpose: Purpose;
  name: string;
  contentType: string;
  size: bigint;
  width: number;
  height: number;
  renditions: Rendition[];
  createdAt: Date;
}

const mebibyte = 2 ** 20;

interface Rule {
  maxBytes: number;
  /** It may be a video, of so many. */
  maxVideoBytes?: number;
  /** For its owner and staff, and whom they give an address to. */
  isPrivate: boolean;
  documents: boolean;
}

const rules: Record<Purpose, Rule> = {
  AVATAR: { maxBytes: 5 * mebibyte, isPrivate: false, documents: false },
  PRODUCT: { maxBytes: 20 * mebibyte, maxVideoBytes: 50 * mebibyte, isPrivate: false, documents: false },
  STORE: { maxBytes: 20 * mebibyte, isPrivate: false, documents: false },
  REVIEW: { maxBytes: 20 * mebibyte, isPrivate: false, documents: false },
  DOCUMENT: { maxBytes: 20 * mebibyte, isPrivate: true, documents: true },
  ATTACHMENT: { maxBytes: 20 * mebibyte, isPrivate: true, documents: true },
};

export function isPrivate({ purpose }: Pick<Media, 'purpose'>): boolean {
  return rules[purpose].isPrivate;
}

export function takesDocuments(purpose: Purpose): boolean {
  return rules[purpose].documents;
}

export function takesVideos(purpose: Purpose): boolean {
  return rules[purpose].maxVideoBytes !== undefined;
}

/**
 * @param contentType when it is known; before that a file may be whatever its purpose takes
 * @throws DomainError `request.invalid`, `media.too_large`
 */
export function checkSize(purpose: Purpose, size: number, contentType?: string): void {
  if (size < 1) throw invalidField('sizeBytes', 'An upload needs at least one byte.');
  const { maxBytes: usual, maxVideoBytes = 0 } = rules[purpose];
  const maxBytes = contentType && !isVideo({ contentType }) ? usual : Math.max(usual, maxVideoBytes);
  if (size > maxBytes) {
    const detail = `Such a file for ${purpose} may have ${maxBytes} bytes at most.`;
    throw new DomainError('media.too_large', 'invalid', detail, { details: { maxBytes } });
  }
}

export function isVideo({ contentType }: Pick<Media, 'contentType'>): boolean {
  return contentType.startsWith('video/');
}

/** The last part of a path, without what no file system or header takes. */
export function normaliseName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  return last.replace(/[\s\p{Cc}\p{Cf}"<>|:*?]+/gu, ' ').trim();
}

export const widths = [160, 480, 960, 1600];

export const contentTypes: Record<Format, string> = {
  webp: 'image/webp',
  jpg: 'image/jpeg',
  avif: 'image/avif',
};

/** Widths in which an image is rendered: all below its own, and one that holds all of it. */
export function widthsFor(width: number): number[] {
  return widths.filter((_, index) => index === 0 || (widths[index - 1] as number) < width);
}

/**
 * Which rendition answers: one of the wanted width (the widest there is for a small image) and, where none is asked for,
 * in the best format that the client takes.
 * @param file `480` or `480.webp`
 */
export function chooseRendition(
  renditions: Rendition[],
  file: string,
  accept: string,
): { rendition: Rendition; negotiated: boolean } | undefined {
  const [, width = '', format] = /^(\d{1,5})(?:\.(webp|jpg|avif))?$/.exec(file) ?? [];
  if (!widths.includes(Number(width))) return undefined;
  const nominal = (rendition: Rendition) => Number.parseInt(rendition.file, 10);
  const largest = Math.max(...renditions.map(nominal));
  const fits = renditions.filter((rendition) => nominal(rendition) === Math.min(Number(width), largest));
  const formats = format
    ? [format]
    : [...(['avif', 'webp'] as const).filter((each) => accept.includes(`image/${each}`)), 'jpg'];
  const [rendition] = formats.flatMap((each) => fits.filter((fit) => fit.file.endsWith(`.${each}`)));
  return rendition && { rendition, negotiated: !format };
}

/** tus's `Upload-Metadata`: names with values in base64. @throws DomainError `request.invalid` */
export function readUploadMetadata(header: string): Map<string, string> {
  const pairs = header.split(',').filter((pair) => pair.trim() !== '');
  return new Map(
    pairs.map((pair) => {
      const [, name, value = ''] = /^([!-~]+)(?: ([A-Za-z0-9+/]*={0,2}))?$/.exec(pair.trim()) ?? [];
      if (!name) throw invalidField('Upload-Metadata', 'needs pairs of a name and a value in base64');
      return [name, Buffer.from(value, 'base64').toString('utf8').toWellFormed().replaceAll('\0', '')];
    }),
  );
}

export function offsetMismatch(offset: number): DomainError {
  return new DomainError('upload.offset_mismatch', 'conflict', `The upload goes on at ${offset}.`, {
    details: { offset },
  });
}

/** A file that is not taken; `code` without its prefix. */
export function refuse(code: string, detail: string): DomainError {
  return new DomainError(`media.${code}`, 'unprocessable', detail);
}

export function quotaExceeded(): DomainError {
  const detail = 'There is no room for it: delete other files first.';
  return new DomainError('media.quota_exceeded', 'conflict', detail);
}
