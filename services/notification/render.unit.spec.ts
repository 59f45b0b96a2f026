import { describe, expect, it } from 'vitest';
import type { Locale, Params } from './message.js';
import { render } from './render.js';
import { templates } from './templates.js';

const shop = 'https://pasar.example';
const locales: Locale[] = ['id', 'en'];
const all = Object.entries(templates).flatMap(([name, { channels, sample }]) =>
  locales.flatMap((locale) => channels.map((channel) => ({ name, locale, channel, sample }))),
);

/** What a stranger may have typed wherever a template takes text. */
const hostile = `</p><script>alert("1")</script>\r\nBcc: all@example.test\n\t<img src=x onerror='x'> & co`;

function spoil(sample: Params): Params {
  return Object.fromEntries(
    Object.entries({ ...sample, name: hostile }).map(([key, value]) => {
      if (key === 'lines') return [key, sample.lines?.map((line) => ({ ...line, title: hostile }))];
      return [key, typeof value === 'string' && key !== 'expiresAt' ? hostile : value];
    }),
  );
}

describe.each(all)('$name by $channel in $locale', ({ name, channel, locale, sample }) => {
  it('says everything that it should', () => {
    const { subject, text, html, link } = render(name, channel, locale, sample, shop);
    for (const part of [subject, text, link]) {
      expect(part).not.toBe('');
      expect(part).not.toMatch(/undefined|null|NaN|\[object|Invalid Date/);
    }
    expect(link).toMatch(/^\//);
    expect(html !== '').toBe(channel === 'EMAIL');
    if (channel === 'EMAIL') {
      expect(text).toContain(sample.name);
      expect(html).toContain(`lang="${locale}"`);
      expect(html).toContain(shop);
    }
    if (channel === 'SMS') expect(text.length).toBeLessThanOrEqual(459);
    for (const { title } of sample.lines ?? []) if (text.includes('×')) expect(text).toContain(title);
  });

  it('is not broken by what strangers type', () => {
    const { subject, text, html, link } = render(name, channel, locale, spoil(sample), shop);
    expect(subject).not.toMatch(/[\r\n\t]/);
    expect(text).not.toMatch(/\r|^Bcc:/m);
    expect(html).not.toMatch(/<script|<img|onerror='/);
    // Every tag and attribute is the frame's own.
    expect(html.match(/<[a-z]+/g) ?? []).toEqual(
      (render(name, channel, locale, { ...sample }, shop).html.match(/<[a-z]+/g) ?? []).filter(Boolean),
    );
    expect(new URL(link, shop).origin).toBe(shop);
  });
});

describe('a message', () => {
  it('tells money as people write it', () => {
    const total = { amount: '15350050', currency: 'IDR' };
    const { text } = render('refund', 'IN_APP', 'id', { name: 'Sari', total }, shop);
    expect(text.replaceAll('\u00a0', ' ')).toContain('Rp 153.500,50');
    const yen = render(
      'refund',
      'IN_APP',
      'en',
      { name: 'Sari', total: { amount: '1500', currency: 'JPY' } },
      shop,
    );
    expect(yen.text).toContain('1,500');
  });

  it('speaks of the carrier only as far as it is known', () => {
    const order = { number: 'PSR-1', orderId: 'o', name: 'Sari' };
    const text = (carrier: string, trackingNumber: string) =>
      render('order-shipped', 'IN_APP', 'en', { ...order, carrier, trackingNumber }, shop).text;
    expect(text('', '')).toBe('Order PSR-1 is on its way.');
    expect(text('', 'KN1')).toBe('Order PSR-1 is on its way. KN1');
    expect(text('Kurir', '')).toBe('Order PSR-1 is on its way. Kurir');
  });

  it('gives a reason in words, never as a code', () => {
    const { sample } = templates['order-cancelled'] as (typeof templates)[string];
    const tell = (reason: string, locale: Locale) =>
      render('order-cancelled', 'EMAIL', locale, { ...sample, reason }, shop).text;
    expect(tell('payment.expired', 'en')).toContain('the time to pay was over');
    expect(tell('payment.expired', 'id')).toContain('batas waktu pembayaran sudah lewat');
    expect(tell('inventory.insufficient_stock', 'en')).not.toMatch(/Reason|insufficient_stock/);
    expect(tell('changed my mind', 'en')).toContain('Reason: changed my mind');
  });

  it('of an unknown template is none', () => {
    expect(() => render('nothing', 'EMAIL', 'id', {}, shop)).toThrow(
      expect.objectContaining({ code: 'template.not_found' }),
    );
  });
});
