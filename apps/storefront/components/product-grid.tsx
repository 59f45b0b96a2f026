import type { Schemas } from '@pasar/sdk';
import { type Card, ProductCard } from './product-card';

export function ProductGrid({ hits, eager = 0 }: { hits: Schemas['Hit'][]; eager?: number }) {
  return (
    <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 sm:gap-4 lg:grid-cols-4">
      {hits.map((hit, index) => (
        <li key={hit.id}>
          <ProductCard hit={cardOf(hit)} eager={index < eager} />
        </li>
      ))}
    </ul>
  );
}

function cardOf(hit: Schemas['Hit']): Card {
  const { id, slug, title, image, price, compareAtPrice, flashEndsAt, rating, ratingCount, city, inStock } =
    hit;
  return { id, slug, title, image, price, compareAtPrice, flashEndsAt, rating, ratingCount, city, inStock };
}
