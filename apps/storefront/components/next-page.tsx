import { buttonStyle } from '@pasar/ui/button';
import Link from 'next/link';

/** The way to the rest of a list, where there is one. */
export function NextPage({ path, token, label }: { path: string; token: string; label: string }) {
  if (!token) return null;
  return (
    <Link
      href={`${path}?page=${encodeURIComponent(token)}`}
      prefetch={false}
      className={buttonStyle('secondary', 'md', 'justify-self-center')}
    >
      {label}
    </Link>
  );
}
