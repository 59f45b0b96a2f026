import { duration, setting, settings } from '@pasar/platform/config';
import { z } from 'zod';

const secretKey = z
  .string({ error: 'must be set: 32 random bytes or more as base64, e.g. from `openssl rand -base64 32`' })
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((bytes) => bytes.length >= 32, 'must be 32 random bytes or more as base64');

export class MediaConfig extends settings({
  directory: setting(
    'PASAR_MEDIA_DIR',
    z.string().min(1).default('.pasar/media'),
    'Folder of uploaded files; all processes of the service need the same. In the embedded profile it is in the data folder.',
  ),
  secretKey: setting(
    'PASAR_SECRET_KEY',
    secretKey,
    'Signs the addresses of uploads and of private files too.',
  ),
  quotaBytes: setting(
    'PASAR_MEDIA_QUOTA_BYTES',
    z.coerce
      .number()
      .int()
      .min(1)
      .default(2 * 2 ** 30),
    'What the files of one account may take together, as they were uploaded.',
  ),
  quotaFiles: setting(
    'PASAR_MEDIA_QUOTA_FILES',
    z.coerce.number().int().min(1).default(10_000),
    'How many files one account may have.',
  ),
  maxPixels: setting(
    'PASAR_MEDIA_MAX_PIXELS',
    z.coerce.number().int().min(1).default(60_000_000),
    'Images with more pixels are refused, however few bytes they have.',
  ),
  uploadSeconds: setting(
    'PASAR_MEDIA_UPLOAD_SECONDS',
    duration('s', 60, 604_800).default(86_400),
    'How long an upload can be resumed.',
  ),
  orphanSeconds: setting(
    'PASAR_MEDIA_ORPHAN_SECONDS',
    duration('s', 60, 2_592_000).default(86_400),
    'How long a file is kept that nothing shows.',
  ),
  signedSeconds: setting(
    'PASAR_MEDIA_SIGNED_SECONDS',
    duration('s', 10, 86_400).default(900),
    'Life of an address of a private file.',
  ),
}) {}
