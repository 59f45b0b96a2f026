import sharp, { type Sharp } from 'sharp';
import { contentTypes, type Format, type Rendition, refuse, widthsFor } from './media.js';

// An image is read once; a cache of libvips would only hold memory. One thread an image leaves the other cores to others.
sharp.cache(false);
sharp.concurrency(1);
// What is no image of ours has no reader: libvips would also open SVG, PDF and what a dozen other libraries read.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map((name) => `VipsForeignLoad${name}Buffer`),
});

/** Formats hold 16,383 pixels a side at most; a tall picture is still as wide as its width. */
const maxHeightOfWidth = 8;
const maxSide = 30_000;
const secondsToRead = 20;

const encoders: Record<Format, (image: Sharp) => Sharp> = {
  webp: (image) => image.webp({ quality: 78, effort: 2 }),
  jpg: (image) => image.flatten({ background: 'white' }).jpeg({ quality: 80 }),
  avif: (image) => image.avif({ quality: 55, effort: 2 }),
};

export interface Rendered {
  rendition: Rendition;
  bytes: Buffer;
}

/**
 * How large an image is, upright. Read from its head: not a pixel is unpacked.
 * @throws DomainError `media.too_many_pixels`, `media.broken`
 */
export async function measure(bytes: Buffer, maxPixels: number): Promise<{ width: number; height: number }> {
  const { autoOrient } = await readable(sharp(bytes, { limitInputPixels: false }).metadata());
  const { width, height } = autoOrient;
  if (!width || !height) throw broken();
  if (width * height > maxPixels || width > maxSide || height > maxSide) {
    throw refuse('too_many_pixels', `An image may have ${maxPixels} pixels, and ${maxSide} on a side.`);
  }
  return { width, height };
}

/**
 * An image anew in several widths: upright, in sRGB, its first frame only, and without anything that is not its picture
 * (where it was taken, by whom).
 * @throws DomainError `media.broken`
 */
export async function render(bytes: Buffer, formats: Format[], maxPixels: number): Promise<Rendered[]> {
  const largest = widthsFor(Number.POSITIVE_INFINITY).at(-1) as number;
  const { data, info } = await readable(
    sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error' })
      .autoOrient()
      .resize({ ...boxOf(largest), fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .timeout({ seconds: secondsToRead })
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true }),
  );
  const { width, height, channels } = info;
  const renderedOf = async (nominal: number, format: Format): Promise<Rendered> => {
    const image = sharp(data, { raw: { width, height, channels } });
    const resized = image.resize({ ...boxOf(nominal), fit: 'inside', withoutEnlargement: true });
    const encoded = await encoders[format](resized).toBuffer({ resolveWithObject: true });
    return {
      bytes: encoded.data,
      rendition: {
        file: `${nominal}.${format}`,
        contentType: contentTypes[format],
        width: encoded.info.width,
        height: encoded.info.height,
        size: encoded.data.length,
      },
    };
  };
  const rendered: Rendered[] = [];
  for (const nominal of widthsFor(width)) {
    rendered.push(...(await Promise.all(formats.map((format) => renderedOf(nominal, format)))));
  }
  return rendered;
}

function boxOf(width: number) {
  return { width, height: width * maxHeightOfWidth };
}

async function readable<Result>(reading: Promise<Result>): Promise<Result> {
  try {
    return await reading;
  } catch {
    throw broken();
  }
}

function broken() {
  return refuse('broken', 'This image cannot be read: it is damaged, or not what it seems to be.');
}
