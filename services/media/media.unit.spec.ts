import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkSize,
  chooseRendition,
  contentTypes,
  type Format,
  normaliseName,
  type Rendition,
  readUploadMetadata,
  widths,
  widthsFor,
} from './media.js';

function renditionsOf(width: number, formats: Format[]): Rendition[] {
  return widthsFor(width).flatMap((nominal) =>
    formats.map((format) => ({
      file: `${nominal}.${format}`,
      contentType: contentTypes[format],
      width: Math.min(nominal, width),
      height: 1,
      size: 1,
    })),
  );
}

describe('widths', () => {
  it('are those below an image’s own, and one that holds it all', () => {
    expect(widthsFor(100)).toEqual([160]);
    expect(widthsFor(160)).toEqual([160]);
    expect(widthsFor(161)).toEqual([160, 480]);
    expect(widthsFor(5000)).toEqual(widths);
  });
});

describe('a rendition', () => {
  const anyImage = fc.integer({ min: 1, max: 4000 });

  it('is there for every width and what any client takes', () => {
    const accepts = fc.constantFrom('', '*/*', 'image/avif,image/webp,*/*', 'image/webp', 'image/jpeg');
    fc.assert(
      fc.property(anyImage, fc.constantFrom(...widths), accepts, (own, width, accept) => {
        const formats: Format[] = ['webp', 'jpg', 'avif'];
        const { rendition, negotiated } = chooseRendition(renditionsOf(own, formats), `${width}`, accept)!;
        expect(negotiated).toBe(true);
        expect(rendition.width).toBe(Math.min(width, own));
        if (!rendition.file.endsWith('.jpg')) expect(accept).toContain(rendition.contentType);
      }),
    );
  });

  it('is the format that was asked for, or none', () => {
    const early = renditionsOf(2000, ['webp', 'jpg']);
    expect(chooseRendition(early, '480.webp', '')?.rendition.file).toBe('480.webp');
    expect(chooseRendition(early, '480.avif', 'image/avif')).toBeUndefined();
    expect(chooseRendition(early, '480', 'image/avif,image/webp')?.rendition.file).toBe('480.webp');
    expect(chooseRendition(renditionsOf(300, ['jpg']), '1600.jpg', '')?.rendition.file).toBe('480.jpg');
  });

  it.each(['', '0', '481', '480.svg', '480.jpg.html', 'original', '../480', '480.JPG', '1e3'])(
    'is not %j',
    (file) => {
      expect(chooseRendition(renditionsOf(2000, ['webp', 'jpg', 'avif']), file, '*/*')).toBeUndefined();
    },
  );
});

describe('a name', () => {
  it.each([
    ['C:\\Users\\Sari\\foto.jpg', 'foto.jpg'],
    ['../../etc/passwd', 'passwd'],
    ['a\r\nSet-Cookie: x', 'a Set-Cookie x'],
    ['<b>"x"</b>', 'b'],
    ['kwitansi \u202egpj.exe', 'kwitansi gpj.exe'],
    ['', ''],
  ])('%j becomes %j', (given, name) => {
    expect(normaliseName(given)).toBe(name);
  });
});

describe('Upload-Metadata', () => {
  it('is names with values in base64', () => {
    const text = (value: string) => Buffer.from(value).toString('base64');
    const read = readUploadMetadata(`filename ${text('buku ☕.png')}, purpose ${text('REVIEW')},flag`);
    expect(Object.fromEntries(read)).toEqual({ filename: 'buku ☕.png', purpose: 'REVIEW', flag: '' });
    expect(readUploadMetadata('').size).toBe(0);
  });

  it.each(['a b c', 'a !!!', 'naïve eA=='])('refuses %j', (header) => {
    expect(() => readUploadMetadata(header)).toThrow('pairs');
  });
});

it('a size is refused that nobody can mean', () => {
  expect(() => checkSize('AVATAR', 0)).toThrow();
  expect(() => checkSize('AVATAR', 6 * 2 ** 20)).toThrow('at most');
  expect(() => checkSize('PRODUCT', 6 * 2 ** 20)).not.toThrow();
});

it('a video may be larger than an image, where it may be one', () => {
  const megabytes = (count: number) => count * 2 ** 20;
  expect(() => checkSize('PRODUCT', megabytes(50))).not.toThrow();
  expect(() => checkSize('PRODUCT', megabytes(50), 'video/mp4')).not.toThrow();
  for (const [purpose, size, type] of [
    ['PRODUCT', megabytes(50) + 1],
    ['PRODUCT', megabytes(20) + 1, 'image/jpeg'],
    ['REVIEW', megabytes(20) + 1],
  ] as const)
    expect(() => checkSize(purpose, size, type)).toThrow(/bytes at most/);
});
