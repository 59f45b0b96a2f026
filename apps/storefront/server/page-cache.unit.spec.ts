import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { cut, join, type Page, PageCache } from './page-cache.js';
import { joinGzipped } from './page-gzip.js';

const page = (text: string, more: Partial<Page> = {}): Page => ({
  status: 200,
  headers: {},
  parts: [Buffer.from(text)],
  ...more,
});
const textOf = (shown: Page) => Buffer.concat(shown.parts).toString();

/** A cache whose clock stands, and a shop whose page says how often it was rendered. */
function kit({ maxBytes = 1 << 20 } = {}) {
  const clock = { now: 0 };
  const cache = new PageCache({ freshMs: 1_000, staleMs: 2_000, maxBytes, now: () => clock.now });
  const shop = { rendered: 0, fails: false, more: {} as Partial<Page> };
  const get = (key = '/id') =>
    cache.get(key, async () => {
      shop.rendered += 1;
      const text = `${key} ${shop.rendered}`;
      await Promise.resolve();
      if (shop.fails) throw new Error('the API is away');
      return page(text, shop.more);
    });
  return { clock, shop, get };
}

describe('cached pages', () => {
  it('are rendered once, however many ask at once', async () => {
    const { shop, get } = kit();
    const shown = await Promise.all(Array.from({ length: 20 }, () => get()));
    expect(new Set(shown.map(textOf)).size).toBe(1);
    expect(shop.rendered).toBe(1);
  });

  it('are shown while they are rendered anew, and never when they are older than allowed', async () => {
    const { clock, shop, get } = kit();
    await get();
    clock.now = 1_000;
    expect(textOf(await get())).toBe('/id 1');
    clock.now = 1_001;
    expect(textOf(await get())).toBe('/id 1');
    expect(shop.rendered).toBe(2);
    await new Promise((resolve) => setImmediate(resolve));
    expect(textOf(await get())).toBe('/id 2');
    clock.now = 5_000;
    expect(textOf(await get())).toBe('/id 3');
  });

  it('age from when their rendering began, not from when it ended', async () => {
    const clock = { now: 0 };
    const cache = new PageCache({ freshMs: 1_000, staleMs: 2_000, maxBytes: 1_000, now: () => clock.now });
    await cache.get('/', async () => {
      clock.now = 1_900;
      return page('slow');
    });
    clock.now = 2_001;
    expect(textOf(await cache.get('/', async () => page('new')))).toBe('new');
  });

  it('are not kept when they failed, are broken or are somebody’s own', async () => {
    for (const more of [{ status: 500 }, { headers: { 'set-cookie': 'a=b' } }]) {
      const { shop, get } = kit();
      shop.more = more;
      await get();
      expect(textOf(await get())).toBe('/id 2');
    }
    const { shop, get } = kit();
    shop.fails = true;
    await expect(get()).rejects.toThrow('the API is away');
    shop.fails = false;
    expect(textOf(await get())).toBe('/id 2');
  });

  it('are shown as long as they may be while the API is away', async () => {
    const { clock, shop, get } = kit();
    await get();
    shop.fails = true;
    clock.now = 1_500;
    expect(textOf(await get())).toBe('/id 1');
    clock.now = 2_001;
    await expect(get()).rejects.toThrow('the API is away');
  });

  it('are forgotten, those that were used longest ago first, when there are too many', async () => {
    const { shop, get } = kit({ maxBytes: 20 });
    await get('/a');
    await get('/b');
    await get('/a');
    await get('/c');
    await get('/d');
    shop.rendered = 100;
    expect(textOf(await get('/a'))).not.toBe('/a 101');
    expect(textOf(await get('/b'))).toBe('/b 101');
  });
});

describe('nonces', () => {
  it('stand wherever the mark stood', () => {
    const parts = cut(Buffer.from('<a MARK><b MARKMARK></c>'), Buffer.from('MARK'));
    expect(parts).toHaveLength(4);
    expect(join(parts, Buffer.from('n')).toString()).toBe('<a n><b nn></c>');
    expect(join(cut(Buffer.from('none'), Buffer.from('MARK')), Buffer.from('n')).toString()).toBe('none');
  });

  it('stand there in what is compressed, too', async () => {
    const mark = Buffer.from('MARK');
    const long = 'A paragraph that comes again and again. '.repeat(5_000);
    const scripts = Array.from({ length: 40 }, (_, n) => `<script nonce="MARK" src="/chunk-${n}.js">`);
    for (const text of ['', 'MARK', 'no nonce', `MARK${long}MARKMARK${long}MARK`, scripts.join('')]) {
      const shown = page('', { parts: cut(Buffer.from(text), mark) });
      // The parts are compressed once, the nonces differ.
      for (const nonce of ['abcdefgh', 'mN0-_xyZ', 'MARKMARK']) {
        const sent = await joinGzipped(shown, Buffer.from(nonce));
        expect(gunzipSync(sent).toString()).toBe(text.replaceAll('MARK', nonce));
      }
    }
    const twice = page('', { parts: [Buffer.from(long), Buffer.from(long)] });
    expect((await joinGzipped(twice, Buffer.from('abcdefgh'))).length).toBeLessThan(long.length / 100);
  });
});
