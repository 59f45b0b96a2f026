'use client';
import { Badge } from '@pasar/ui/badge';
import { X } from 'lucide-react';
import Link from 'next/link';
import { formatNumber } from '../lib/format';

interface Facet {
  key: string;
  label: string;
  count: string;
  href: string;
  isOn: boolean;
}

export function FacetList({ title, items }: { title: string; items: Facet[] }) {
  if (items.length === 0) return null;
  return (
    <section className="grid gap-1.5">
      <h2 className="font-sans font-semibold text-sm tracking-normal first-letter:uppercase">{title}</h2>
      <ul className="grid gap-0.5">
        {items.map(({ key, label, count, href, isOn }) => (
          <li key={key}>
            <Link
              href={href}
              prefetch={false}
              aria-current={isOn || undefined}
              className="-mx-2 flex min-h-9 items-center justify-between gap-2 rounded-sm px-2 text-sm hover:bg-sunken aria-[current]:bg-brand-wash aria-[current]:font-semibold aria-[current]:text-brand-strong"
            >
              <span>{label}</span>
              {isOn ? <X aria-hidden className="size-4" /> : <Badge>{formatNumber(Number(count))}</Badge>}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
