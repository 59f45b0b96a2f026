import { describe, expect, it } from 'vitest';
import { sitemapIndex, urlEntry } from './sitemap.js';

describe('a sitemap', () => {
  it('names a page in every language, and when it changed', () => {
    const entry = urlEntry('https://shop.example', '/p/kopi-gayo', '2026-11-21T20:00:00Z');
    expect(entry).toContain('<loc>https://shop.example/id/p/kopi-gayo</loc>');
    expect(entry).toContain('hreflang="en" href="https://shop.example/en/p/kopi-gayo"');
    expect(entry).toContain('<lastmod>2026-11-21T20:00:00Z</lastmod>');
  });

  it('cannot be broken by an address', () => {
    expect(urlEntry('https://shop.example', `/p/a&b"><x>'`)).not.toMatch(/<x>|&b|">'/);
    expect(sitemapIndex(['https://shop.example/?a=1&b=2'])).toContain('?a=1&amp;b=2');
  });
});
