import { ChevronRight } from 'lucide-react';
import Link from 'next/link';

export function Breadcrumbs({ label, crumbs }: { label: string; crumbs: { name: string; href: string }[] }) {
  return (
    <nav aria-label={label}>
      <ol className="flex flex-wrap items-center gap-1 text-sm text-soft">
        {crumbs.map(({ name, href }, index) => (
          <li key={href} className="inline-flex items-center gap-1">
            {index > 0 && <ChevronRight aria-hidden className="size-4" />}
            <Link href={href} prefetch={false} className="inline-flex min-h-8 items-center hover:underline">
              {name}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
