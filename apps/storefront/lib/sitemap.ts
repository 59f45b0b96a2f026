import { locales } from '../server/locales';

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? '');
}

export const urlSetStart =
  '<?xml version="1.0" encoding="UTF-8"?>\n' +
  '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n';
export const urlSetEnd = '</urlset>\n';

/** A page, where it is in the other languages, and when it changed. */
export function urlEntry(shop: string, path: string, changed?: string): string {
  const at = (locale: string) => escapeXml(`${shop}/${locale}${path}`);
  const others = locales
    .map((locale) => `<xhtml:link rel="alternate" hreflang="${locale}" href="${at(locale)}"/>`)
    .join('');
  const lastmod = changed ? `<lastmod>${escapeXml(changed)}</lastmod>` : '';
  return `<url><loc>${at(locales[0])}</loc>${lastmod}${others}</url>\n`;
}

export function sitemapIndex(urls: string[]): string {
  const entries = urls.map((url) => `<sitemap><loc>${escapeXml(url)}</loc></sitemap>\n`).join('');
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries}</sitemapindex>\n`
  );
}
