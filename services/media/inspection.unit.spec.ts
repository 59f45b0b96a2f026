import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { measure, render } from './images.js';
import { inspect } from './inspection.js';
import { imageOf, noise } from './testing.js';

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error) => error.code,
  );

const images = new Map<string, Buffer>();
beforeAll(async () => {
  for (const format of ['jpeg', 'png', 'webp', 'gif', 'avif'] as const) {
    images.set(format, await imageOf(64, 48, format));
  }
});
const image = (format: string) => images.get(format) as Buffer;
const pdf = (body: string) => Buffer.from(`%PDF-1.7\n1 0 obj\n<< ${body} >>\nendobj\n%%EOF\n`, 'latin1');
const zip = Buffer.concat([
  Buffer.from('PK\x03\x04'),
  Buffer.alloc(40),
  Buffer.from('PK\x01\x02'),
  Buffer.alloc(42),
  Buffer.from('PK\x05\x06'),
  Buffer.alloc(18),
]);
const eicar = `X5O!P%@AP[4\\PZX54(P^)7CC)7}${['$EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!'].join('')}$H+H*`;

describe('a file', () => {
  it.each(['jpeg', 'png', 'webp', 'gif', 'avif'])('that is a %s is an image', async (format) => {
    expect(await inspect(image(format), 'REVIEW')).toBe(`image/${format}`);
  });

  it('that is a PDF is taken for documents only', async () => {
    expect(await inspect(pdf('/Type /Catalog'), 'DOCUMENT')).toBe('application/pdf');
    expect(await codeOf(inspect(pdf('/Type /Catalog'), 'REVIEW'))).toBe('media.type_refused');
  });

  it.each<[string, () => Buffer | string]>([
    ['nothing that is known', () => 'halo'],
    ['a page', () => '<!doctype html><html><body onload=alert(1)>'],
    ['an SVG', () => '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'],
    ['an SVG with a script', () => '<?xml version="1.0"?><svg><script>alert(1)</script></svg>'],
    ['an archive', () => zip],
    ['a program', () => Buffer.concat([Buffer.from('MZ'), noise(500)])],
    ['a program of Linux', () => Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01', 'latin1'), noise(500)])],
    ['a video', () => Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1')],
    ['one byte', () => 'a'],
  ])('that is %s is refused', async (_, bytes) => {
    expect(await codeOf(inspect(Buffer.from(bytes() as string, 'latin1'), 'DOCUMENT'))).toMatch(
      /^media\.(type_refused|harmful)$/,
    );
  });

  it('that carries a virus signature is refused, whatever it is', async () => {
    expect(await codeOf(inspect(Buffer.from(eicar), 'DOCUMENT'))).toBe('media.harmful');
    const hidden = Buffer.concat([image('jpeg'), Buffer.from(eicar)]);
    expect(await codeOf(inspect(hidden, 'REVIEW'))).toBe('media.harmful');
  });

  it.each<[string, (image: Buffer) => Buffer]>([
    ['a page behind it', (bytes) => Buffer.concat([bytes, Buffer.from('<HTML><body>x')])],
    [
      'a script in its head',
      (bytes) => Buffer.concat([bytes.subarray(0, 20), Buffer.from('<ScRiPt>x'), bytes.subarray(20)]),
    ],
    ['PHP behind it', (bytes) => Buffer.concat([bytes, Buffer.from('<?php system($_GET[0]);')])],
    ['an archive behind it', (bytes) => Buffer.concat([bytes, zip])],
    ['an archive with a comment behind it', (bytes) => Buffer.concat([bytes, zip, Buffer.from('catatan')])],
    ['a RAR behind it', (bytes) => Buffer.concat([bytes, Buffer.from('Rar!\x1a\x07\x01\x00', 'latin1')])],
    ['a shell script behind it', (bytes) => Buffer.concat([bytes, Buffer.from('\n#!/bin/sh\nrm -rf /')])],
    [
      'a PDF in its head',
      (bytes) => Buffer.concat([bytes.subarray(0, 20), Buffer.from('%PDF-1.7\n'), bytes.subarray(20)]),
    ],
  ])('that is an image with %s is refused', async (_, spoil) => {
    for (const format of ['jpeg', 'gif']) {
      expect(await codeOf(inspect(spoil(image(format)), 'REVIEW'))).toBe('media.harmful');
    }
  });

  it.each([
    '/OpenAction << /S /JavaScript /JS (app.alert) >>',
    '/S /J#61vaScript',
    '/S /Launch /F (cmd.exe)',
    '/Names << /EmbeddedFiles 3 0 R >>',
    '/AcroForm << /XFA 4 0 R >>',
  ])('that is a PDF with %s is refused', async (body) => {
    expect(await codeOf(inspect(pdf(body), 'DOCUMENT'))).toBe('media.harmful');
  });

  it('may be a picture that a telephone has put another picture behind', async () => {
    const motion = Buffer.concat([image('jpeg'), image('jpeg'), noise(100_000)]);
    expect(await inspect(motion, 'REVIEW')).toBe('image/jpeg');
  });
});

describe('an image', () => {
  const maxPixels = 1_000_000;

  it('with more pixels than it may have is refused before one is unpacked', async () => {
    const bomb = pngOfSize(30_000, 30_000);
    expect(bomb.length).toBeLessThan(2000);
    expect(await codeOf(measure(bomb, 60_000_000))).toBe('media.too_many_pixels');
    expect(await codeOf(measure(await imageOf(1001, 1000, 'png'), maxPixels))).toBe('media.too_many_pixels');
    expect(await measure(await imageOf(1000, 1000, 'png'), maxPixels)).toEqual({ width: 1000, height: 1000 });
  });

  it('that lies about its size is refused', async () => {
    expect(await codeOf(render(pngOfSize(900, 900), ['webp'], maxPixels))).toBe('media.broken');
  });

  it('that is cut off or damaged is refused', async () => {
    const whole = await imageOf(400, 300, 'jpeg');
    expect(await codeOf(render(whole.subarray(0, whole.length / 2), ['webp'], maxPixels))).toBe(
      'media.broken',
    );
    expect(await codeOf(measure(Buffer.concat([whole.subarray(0, 30), noise(500)]), maxPixels))).toBe(
      'media.broken',
    );
  });

  it('is opened by readers of images only', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    expect(await codeOf(measure(svg, maxPixels))).toBe('media.broken');
    expect(await codeOf(measure(pdf('/Type /Catalog'), maxPixels))).toBe('media.broken');
  });

  it('is rendered upright in several widths, without what it says of its maker', async () => {
    const taken = await sharp(await imageOf(600, 400, 'jpeg'))
      .withExif({ IFD0: { Copyright: 'Rahasia Sari' }, IFD3: { GPSLatitude: '6/1 54/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect(taken.toString('latin1')).toContain('Rahasia Sari');
    expect(await measure(taken, maxPixels)).toEqual({ width: 400, height: 600 });
    const rendered = await render(taken, ['webp', 'jpg', 'avif'], maxPixels);
    expect(rendered.map(({ rendition: { file, width, height } }) => ({ file, width, height }))).toEqual(
      [
        { nominal: 160, width: 160, height: 240 },
        { nominal: 480, width: 400, height: 600 },
      ].flatMap(({ nominal, ...size }) =>
        ['webp', 'jpg', 'avif'].map((format) => ({ file: `${nominal}.${format}`, ...size })),
      ),
    );
    for (const { bytes, rendition } of rendered) {
      expect(await inspect(bytes, 'REVIEW')).toBe(rendition.contentType);
      expect(bytes.toString('latin1')).not.toContain('Rahasia');
      expect((await sharp(bytes).metadata()).exif).toBeUndefined();
    }
  });

  it.each(['png', 'webp', 'gif', 'avif'] as const)(
    'with a see-through %s becomes a JPEG on white',
    async (format) => {
      const clear = sharp({ create: { width: 20, height: 20, channels: 4, background: '#ff000000' } });
      const [jpeg] = await render(await clear.toFormat(format).toBuffer(), ['jpg'], maxPixels);
      const { data } = await sharp(jpeg?.bytes).raw().toBuffer({ resolveWithObject: true });
      expect(Math.min(...data)).toBeGreaterThan(245);
    },
  );

  it('that is very tall keeps its width', async () => {
    const tall = await sharp({ create: { width: 500, height: 6000, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();
    const sizes = (await render(tall, ['webp'], 10_000_000)).map(({ rendition }) => rendition);
    expect(sizes.map(({ width, height }) => [width, height])).toEqual([
      [107, 1280],
      [320, 3840],
      [500, 6000],
    ]);
  });
});

/** A PNG that says how large it is, and of whose pixels there is one row. */
function pngOfSize(width: number, height: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([1, 0, 0, 0, 0], 8);
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const whole = Buffer.alloc(body.length + 8);
    whole.writeUInt32BE(data.length, 0);
    body.copy(whole, 4);
    whole.writeUInt32BE(crc32(body), body.length + 4);
    return whole;
  };
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(1 + Math.ceil(width / 8)))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
