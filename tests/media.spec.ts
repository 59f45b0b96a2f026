import { createConnection } from 'node:net';
import type { Pasar } from '@pasar/server/pasar';
import { Upload } from 'tus-js-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Browser, type Reply } from './browser.js';
import { newCustomer, newMarket, newPicture, newProduct, newReview, orderOf, World } from './world.js';

const world = new World();
let pasar: Pasar;
let guest: Browser;
let owner: Browser;
let picture: Buffer;

beforeAll(async () => {
  pasar = await world.start();
  guest = new Browser(pasar.url as string);
  owner = await newCustomer(pasar);
  // More than one piece of the gateway.
  picture = await newPicture(2000, 1500);
  expect(picture.length).toBeGreaterThan(300_000);
});
afterAll(() => world.end());

const urlOf = (path: string) => new URL(path, pasar.url).href;
const pdf = Buffer.from('%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n%%EOF\n');

const begin = async (sizeBytes: number, purpose = 'REVIEW'): Promise<Reply> =>
  owner.post('/api/v1/uploads', { purpose, name: 'foto.jpg', sizeBytes });

const append = (url: string, offset: number, bytes: Uint8Array) =>
  guest.send('PATCH', url, bytes, {
    'content-type': 'application/offset+octet-stream',
    'tus-resumable': '1.0.0',
    'upload-offset': String(offset),
  });

describe('a picture', () => {
  it('is uploaded in one request, and shown as nothing but a picture', async () => {
    const { status, body } = await owner.upload('REVIEW', picture);
    expect(status).toBe(201);
    expect(body).toMatchObject({ contentType: 'image/jpeg', width: 2000, height: 1500 });
    for (const [accept, type] of [
      ['text/html,image/webp', 'image/webp'],
      ['text/html', 'image/jpeg'],
    ] as const) {
      const answer = await fetch(urlOf(body.url), { headers: { accept } });
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': type,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        vary: 'Accept, Origin',
      });
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect(answer.headers.get('content-length')).toBe(String(bytes.length));
    }
    const fixed = await fetch(urlOf(`/api/v1/media/${body.id}/480.webp`), { method: 'HEAD' });
    expect(fixed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(Number(fixed.headers.get('content-length'))).toBeGreaterThan(100);
    const small = await owner.upload('REVIEW', await newPicture(200, 150));
    await vi.waitFor(
      async () => {
        const answer = await fetch(urlOf(small.body.url), { headers: { accept: 'image/avif,image/webp' } });
        await answer.arrayBuffer();
        expect(answer.headers.get('content-type')).toBe('image/avif');
      },
      { timeout: 30_000, interval: 200 },
    );
  });

  it('is given in parts to who asks for them', async () => {
    const { body } = await owner.upload('REVIEW', picture);
    const url = urlOf(`/api/v1/media/${body.id}/1600.jpg`);
    const whole = await fetch(url);
    const bytes = Buffer.from(await whole.arrayBuffer());
    const [tag, length] = [whole.headers.get('etag') as string, bytes.length];
    expect(whole.headers.get('accept-ranges')).toBe('bytes');
    const part = async (headers: Record<string, string>, method = 'GET') => {
      const answer = await fetch(url, { method, headers });
      const got = Buffer.from(await answer.arrayBuffer());
      return { status: answer.status, range: answer.headers.get('content-range'), got };
    };
    for (const [range, first, last] of [
      ['bytes=0-99', 0, 99],
      [`bytes=${length - 300_000}-`, length - 300_000, length - 1],
      ['bytes=-5', length - 5, length - 1],
    ] as const) {
      const got = bytes.subarray(first, last + 1);
      for (const more of [{}, { 'if-range': tag }] as Record<string, string>[])
        expect(await part({ range, ...more })).toEqual({
          status: 206,
          range: `bytes ${first}-${last}/${length}`,
          got,
        });
    }
    const everything = { status: 200, range: null, got: bytes };
    for (const headers of [
      { range: 'bytes=0-1,4-5' },
      { range: 'nonsense' },
      { range: 'bytes=0-9', 'if-range': '"x"' },
    ])
      expect(await part(headers as Record<string, string>)).toEqual(everything);
    expect(await part({ range: `bytes=${length}-` })).toMatchObject({
      status: 416,
      range: `bytes */${length}`,
    });
    expect(await part({ range: 'bytes=0-9' }, 'HEAD')).toMatchObject({ status: 200, range: null });
  });

  it.each<[string, () => Uint8Array, string]>([
    ['a page', () => Buffer.from('<html><script>alert(1)</script></html>'), 'media.type_refused'],
    [
      'an SVG',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      'media.type_refused',
    ],
    [
      'a picture with a page behind it',
      () => Buffer.concat([picture, Buffer.from('<html>')]),
      'media.harmful',
    ],
    ['half a picture', () => picture.subarray(0, 100_000), 'media.broken'],
    ['a document', () => pdf, 'media.type_refused'],
  ])('cannot be %s', async (_, bytes, code) => {
    expect(await owner.upload('REVIEW', bytes())).toMatchObject({ status: 422, body: { code } });
  });

  it.each([
    ['no purpose', '/api/v1/media?name=x'],
    ['an unknown purpose', '/api/v1/media?purpose=WALLPAPER'],
    ['a name as long as a book', `/api/v1/media?purpose=REVIEW&name=${'x'.repeat(300)}`],
    ['an unknown parameter', '/api/v1/media?purpose=REVIEW&owner=me'],
  ])('with %s is refused', async (_, path) => {
    expect((await owner.send('POST', path, picture)).status).toBe(400);
  });

  it('that is too large for one request is refused before it is read', async () => {
    const answer = await owner.upload('REVIEW', Buffer.alloc(10_485_761));
    expect(answer).toMatchObject({ status: 413, body: { code: 'request.too_large' } });
    expect(
      (await owner.send('POST', '/api/v1/media?purpose=REVIEW', picture, { 'content-encoding': 'gzip' }))
        .status,
    ).toBe(415);
  });

  it('without a byte, or from nobody, is refused', async () => {
    expect((await owner.send('POST', '/api/v1/media?purpose=REVIEW')).status).toBe(400);
    expect((await guest.upload('REVIEW', picture)).status).toBe(401);
  });
});

describe('an upload', () => {
  it('by a tus client is interrupted, resumed and becomes a file', async () => {
    let at = '';
    let sent = 0;
    const options = {
      endpoint: urlOf('/api/v1/uploads'),
      headers: { authorization: owner.headers.authorization ?? '' },
      metadata: { filename: 'liburan ☀.jpg', purpose: 'REVIEW' },
      chunkSize: 200_000,
      retryDelays: null,
    };
    await new Promise<void>((resolve, reject) => {
      const upload = new Upload(picture, {
        ...options,
        onError: reject,
        onUploadUrlAvailable: () => {
          at = upload.url ?? '';
        },
        onChunkComplete: (_size, accepted) => {
          sent = accepted;
          void upload.abort().then(resolve);
        },
      });
      upload.start();
    });
    expect(sent).toBe(200_000);
    await new Promise<void>((resolve, reject) => {
      // Whoever has the address may go on, without an account.
      const { headers: _, chunkSize: __, ...anonymous } = options;
      const upload = new Upload(picture, {
        ...anonymous,
        uploadUrl: at,
        onError: reject,
        onSuccess: () => resolve(),
      });
      upload.start();
    });
    const { body } = await guest.get(at);
    expect(body).toMatchObject({ status: 'READY', offset: String(picture.length), refusal: '' });
    const media = await owner.get(`/api/v1/media/${body.mediaId}`);
    expect(media.body).toMatchObject({ name: 'liburan ☀.jpg', purpose: 'REVIEW', width: 2000 });
  });

  it('keeps what came before its connection broke', async () => {
    const { body } = await begin(picture.length);
    const { pathname, search, hostname, port } = new URL(body.url, pasar.url);
    const socket = createConnection(Number(port), hostname);
    const head = `PATCH ${pathname}${search} HTTP/1.1\r\nHost: x\r\nUpload-Offset: 0\r\nContent-Length: ${picture.length}\r\n\r\n`;
    socket.write(head);
    await new Promise((resolve) => socket.write(picture.subarray(0, 150_000), resolve));
    // All of it has arrived when it can be read back; the rest never will.
    socket.end();
    const offset = async () => Number((await guest.get(body.url)).body.offset);
    await vi.waitFor(async () => expect(await offset()).toBe(150_000), { timeout: 5000, interval: 20 });
    socket.destroy();
    const rest = await append(body.url, 150_000, picture.subarray(150_000));
    expect(rest.status).toBe(204);
    expect(rest.headers.get('upload-offset')).toBe(String(picture.length));
  });

  it('tells tus clients what they go by', async () => {
    const { status, headers, body } = await begin(5000);
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(body.url);
    const answer = await fetch(urlOf(body.url), { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'tus-resumable': '1.0.0',
      'upload-offset': '0',
      'upload-length': '5000',
      'cache-control': 'no-store',
    });
    expect(Date.parse(answer.headers.get('upload-expires') ?? '')).toBeGreaterThan(Date.now());
    const preflight = await fetch(urlOf(body.url), {
      method: 'OPTIONS',
      headers: { origin: 'http://localhost:3000', 'access-control-request-method': 'PATCH' },
    });
    expect(preflight.headers.get('access-control-allow-headers')).toContain('Upload-Offset');
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH');
  });

  it('that goes wrong says how', async () => {
    const { body } = await begin(5000);
    const bytes = Buffer.alloc(1000);
    expect(await append(body.url, 7, bytes)).toMatchObject({
      status: 409,
      body: { code: 'upload.offset_mismatch', offset: 0 },
    });
    expect(await append(body.url, 0, Buffer.alloc(5001))).toMatchObject({
      status: 400,
      body: { code: 'upload.too_long' },
    });
    expect((await guest.send('PATCH', body.url, bytes)).status).toBe(400);
    expect((await append(body.url.replace('token=', 'token=1'), 0, bytes)).status).toBe(403);
    expect((await append(body.url.replace(/token=.*/, ''), 0, bytes)).status).toBe(400);
    expect((await append('/api/v1/uploads/x?token=y', 0, bytes)).status).toBe(400);
    expect(await append(body.url, 0, Buffer.alloc(5000, 'a'))).toMatchObject({
      status: 422,
      body: { code: 'media.type_refused' },
    });
    expect((await guest.get(body.url)).body).toMatchObject({
      status: 'REFUSED',
      refusal: 'media.type_refused',
    });
    expect((await guest.delete(body.url)).status).toBe(204);
    expect((await guest.get(body.url)).status).toBe(404);
  });

  it.each<[string, object]>([
    ['no size', { purpose: 'REVIEW' }],
    ['a negative size', { purpose: 'REVIEW', sizeBytes: -1 }],
    ['a size beyond all measure', { purpose: 'REVIEW', sizeBytes: '9223372036854775807' }],
    ['no purpose', { sizeBytes: 5 }],
    ['an owner', { purpose: 'REVIEW', sizeBytes: 5, ownerId: crypto.randomUUID() }],
  ])('with %s is refused', async (_, body) => {
    expect((await owner.post('/api/v1/uploads', body)).status).toBe(400);
  });
});

describe('a private document', () => {
  it('is read by whoever has an address of it, to be saved', async () => {
    const { body } = await owner.upload('DOCUMENT', pdf, 'ktp.pdf');
    const path = `/api/v1/media/${body.id}/original`;
    for (const person of [guest, owner]) expect((await person.get(path)).status).toBe(404);
    const signed = await owner.post(`/api/v1/media/${body.id}:sign`, {});
    const answer = await fetch(urlOf(signed.body.urls[0]));
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="ktp.pdf"; filename*=UTF-8''ktp.pdf`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    });
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(pdf);
    const other = await newCustomer(pasar);
    expect((await other.post(`/api/v1/media/${body.id}:sign`, {})).status).toBe(404);
  });
});

it('a picture goes into a review, onto a product and a person, and is kept for them', async () => {
  const { seller } = await newMarket(pasar);
  const product = await newProduct(seller, 5);
  const buyer = await newCustomer(pasar);
  const idOf = ({ status, body }: Reply): string => {
    expect({ status, body }).toMatchObject({ status: 201 });
    return body.id;
  };
  const photo = await newPicture();
  const shown = idOf(await seller.upload('PRODUCT', photo));
  const avatar = idOf(await buyer.upload('AVATAR', photo));
  const placed = await buyer.order(orderOf(product.variantId));
  const { reviewId } = await newReview(seller, buyer, placed.body.orders[0]);
  const inReview = idOf(await buyer.upload('REVIEW', photo));

  const media = [{ url: `/api/v1/media/${shown}/960`, kind: 'IMAGE' }];
  expect((await seller.patch(`/api/v1/products/${product.productId}`, { media })).status).toBe(200);
  const avatarUrl = `/api/v1/media/${avatar}/160`;
  expect((await buyer.patch('/api/v1/users/me', { avatarUrl })).status).toBe(200);
  const withPhoto = await buyer.patch(`/api/v1/reviews/${reviewId}`, { photos: [{ mediaId: inReview }] });
  expect(withPhoto.body).toMatchObject({ photos: [{ url: `/api/v1/media/${inReview}/960`, width: 600 }] });
  const stolen = await owner.upload('REVIEW', photo);
  const theft = await buyer.patch(`/api/v1/reviews/${reviewId}`, { photos: [{ mediaId: stolen.body.id }] });
  expect(theft.status).toBe(400);
  await vi.waitFor(
    async () => {
      const rows = await world.query<{ id: string }>('media', 'select media_id as id from media_use');
      expect(rows.map(({ id }) => id).sort()).toEqual([shown, avatar, inReview].sort());
    },
    { timeout: 10_000, interval: 50 },
  );
});
