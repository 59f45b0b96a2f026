'use client';
import type { Schemas } from '@pasar/sdk';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { Picture } from './picture';
import { Price } from './price';
import { Section } from './section';

/** Kept in the browser: what somebody looks at is nobody else's business. */
const PLACE = 'pasar-seen';
const most = 12;

type Seen = Pick<Schemas['Product'], 'id' | 'slug' | 'title' | 'price'> & { image: string };

function read(): Seen[] {
  try {
    const kept = JSON.parse(localStorage.getItem(PLACE) ?? '[]');
    return Array.isArray(kept) ? kept.filter(({ id, slug }) => id && slug).slice(0, most) : [];
  } catch {
    return [];
  }
}

export function RememberViewed({ product }: { product: Seen }) {
  const { id } = product;
  useEffect(() => {
    try {
      const others = read().filter((seen) => seen.id !== id);
      localStorage.setItem(PLACE, JSON.stringify([product, ...others].slice(0, most)));
    } catch {
      // Not allowed here.
    }
  }, [id, product]);
  return null;
}

/** Shown when there is something; its price may have changed since. */
export function RecentlyViewed() {
  const t = useTranslations('shell');
  const locale = useLocale();
  const [seen, setSeen] = useState<Seen[]>([]);
  useEffect(() => setSeen(read()), []);
  if (seen.length === 0) return null;
  return (
    <Section id="seen" title={t('recentlyViewed')}>
      <ul className="shelf auto-cols-[9.5rem] gap-3 pb-2">
        {seen.map(({ id, slug, title, price, image }) => (
          <li key={id} className="snap-start">
            <Link
              href={`/${locale}/p/${slug}`}
              prefetch={false}
              className="group grid gap-2 rounded-lg text-sm"
            >
              <Picture src={image} alt="" className="rounded-lg" />
              <span className="line-clamp-2 group-hover:underline">{title}</span>
              <Price price={price} locale={locale} />
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
