import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isId, normalisePage, slugOf, slugWithSuffix } from './seller.js';

const page = {
  name: 'Toko',
  description: '',
  city: '',
  province: '',
  logoUrl: '',
  bannerUrl: '',
  openingHours: [],
};

describe('slugs', () => {
  it.each([
    ['Toko Bu Sri & Co.', 'toko-bu-sri-co'],
    ['  Kopi Gayó — Aceh  ', 'kopi-gayo-aceh'],
    ['ＢＡＴＩＫ １２', 'batik-12'],
    ['me', 'toko-me'],
    ['東京', 'toko'],
    ['!!!', 'toko'],
    ['01890a5d-ac96-774b-bcce-b302099a8057', 'toko-01890a5d-ac96-774b-bcce-b302099a8057'],
  ])('of %s is %s', (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });

  it('of any name are a path segment that nothing else means, and stay as they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (name) => {
        const slug = slugOf(name);
        expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        expect(slug.length).toBeLessThanOrEqual(105);
        expect(slug).not.toBe('me');
        expect(isId(slug)).toBe(false);
        expect(slugOf(slug)).toBe(slug);
        expect(slugWithSuffix(slug, 'abc123').length).toBeLessThanOrEqual(120);
      }),
    );
  });
});

describe('a store’s page', () => {
  it('stands on clean lines', () => {
    expect(normalisePage({ ...page, name: ' Toko \n Sri ', city: ' Solo ' })).toMatchObject({
      name: 'Toko Sri',
      city: 'Solo',
    });
  });

  it.each([
    'javascript:alert(1)',
    'http://example.com/a.png',
    '//evil.example/a.png',
    '/\\evil.example',
    'a.png',
  ])('takes no picture from %s', (bannerUrl) => {
    expect(() => normalisePage({ ...page, bannerUrl })).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ field: 'bannerUrl' })] }),
    );
  });

  it('takes pictures over https and our own', () => {
    normalisePage({ ...page, logoUrl: 'https://example.com/a.png', bannerUrl: '/media/banner.svg' });
  });

  it('needs a name', () => {
    expect(() => normalisePage({ ...page, name: ' a \n ' })).toThrow(
      expect.objectContaining({ code: 'request.invalid' }),
    );
  });
});
