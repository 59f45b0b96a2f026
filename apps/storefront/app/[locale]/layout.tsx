import { Toasts } from '@pasar/ui/toast';
import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { Activity, type ReactNode } from 'react';
import { preload } from 'react-dom';
import { Awake } from '../../components/awake';
import { BottomBar } from '../../components/shell-controls';
import { SiteFooter } from '../../components/site-footer';
import { SiteHeader } from '../../components/site-header';
import { Translations } from '../../components/translations';
import { earlyScripts } from '../../lib/early-scripts';
import { translator } from '../../lib/i18n';
import { isLocale } from '../../server/locales';
import '../globals.css';

/** Those of the first line of every page: found by the stylesheet only, they come after the first picture of it. */
const fonts = [
  new URL('@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2', import.meta.url),
  new URL(
    '@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-wght-normal.woff2',
    import.meta.url,
  ),
];

interface Props {
  children: ReactNode;
  params: Promise<{ locale: string }>;
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbf7f0' },
    { media: '(prefers-color-scheme: dark)', color: '#16130f' },
  ],
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  if (!isLocale(locale)) return {};
  const t = await translator(locale, 'site');
  return {
    metadataBase: new URL(process.env.PASAR_SHOP_URL ?? 'http://localhost:3000'),
    title: { default: t('title'), template: `%s · Pasar` },
    description: t('description'),
    openGraph: { siteName: 'Pasar', images: ['/og.png'] },
    twitter: { card: 'summary_large_image' },
  };
}

export default async function Layout({ children, params }: Props) {
  const { locale } = await params;
  if (!isLocale(locale)) notFound();
  const t = await translator(locale, 'shell');
  for (const { pathname } of fonts)
    preload(pathname, { as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' });
  const [, nonce] = /'nonce-([^']+)'/.exec((await headers()).get('content-security-policy') ?? '') ?? [];
  return (
    <html lang={locale} suppressHydrationWarning>
      <body className="flex min-h-dvh flex-col">
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: earlyScripts }} />
        <a
          href="#main"
          className="-translate-y-20 fixed top-2 left-2 z-50 rounded-md bg-brand px-4 py-2 font-semibold text-on-brand focus:translate-y-0"
        >
          {t('skip')}
        </a>
        <Translations locale={locale} of={['shell', 'countdown', 'problems', 'wish', 'card']}>
          <Awake />
          <SiteHeader locale={locale} />
          <main id="main" tabIndex={-1} className="mx-auto w-full max-w-7xl grow px-4 outline-none lg:px-8">
            <Activity>{children}</Activity>
          </main>
          <Activity>
            <SiteFooter locale={locale} />
            <BottomBar />
            <Toasts closeLabel={t('close')} />
          </Activity>
        </Translations>
      </body>
    </html>
  );
}
