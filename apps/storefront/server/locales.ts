/** The languages of the storefront; the first one is for those who speak none of them. */
export const locales = ['id', 'en'] as const;
export type Locale = (typeof locales)[number];

export const LOCALE_COOKIE = 'pasar-locale';

export function isLocale(text: string | undefined): text is Locale {
  return locales.includes(text as Locale);
}

/** `/en/cart` → `en` */
export function localeOf(path: string): Locale | undefined {
  const first = path.split('/', 2)[1];
  return isLocale(first) ? first : undefined;
}

/** What somebody chose before, or else what the browser asks for. */
export function chooseLocale(chosen: string | undefined, acceptLanguage: string | undefined): Locale {
  if (isLocale(chosen)) return chosen;
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
      const quality = parameters.map((text) => /^\s*q=([0-9.]+)/.exec(text)?.[1]).find(Boolean);
      return { language: tag.split('-', 1)[0], quality: Number(quality ?? 1) };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality);
  for (const { language } of wanted) {
    // Browsers wrote `in` for Indonesian for a long time.
    const known = language === 'in' ? 'id' : language;
    if (isLocale(known)) return known;
  }
  return locales[0];
}
