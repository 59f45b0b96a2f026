import type { Schemas } from '@pasar/sdk';
import { Activity } from 'react';
import { type Card, ProductCard } from './product-card';

export function ProductGrid({ hits, eager = 0 }: { hits: Schemas['Hit'][]; eager?: number }) {
  return (
    <ul className="max-sm:*:nth-[n+7]:far-card grid grid-cols-2 gap-3 sm:grid-cols-3 sm:gap-4 lg:grid-cols-4">
      <Cards hits={hits} eager={eager} />
    </ul>
  );
}

/** So many come to life at once. */
const together = 4;

/** An `Activity` in the other: each comes to life in a piece of work of its own, and the page answers in between. */
function Cards({ hits, eager }: { hits: Schemas['Hit'][]; eager: number }) {
  if (hits.length === 0) return null;
  return (
    <Activity>
      {hits.slice(0, together).map((hit, index) => (
        <li key={hit.id}>
          <ProductCard hit={cardOf(hit)} eager={index < eager} />
        </li>
      ))}
      <Cards hits={hits.slice(together)} eager={eager - together} />
    </Activity>
  );
}

function cardOf(hit: Schemas['Hit']): Card {
  const { id, slug, title, image, price, compareAtPrice, flashEndsAt, rating, ratingCount, city, inStock } =
    hit;
  return { id, slug, title, image, price, compareAtPrice, flashEndsAt, rating, ratingCount, city, inStock };
}
