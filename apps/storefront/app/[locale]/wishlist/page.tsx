import { AccountPage } from '../../../components/account-page';
import { type WishedProduct, Wishlists } from '../../../components/wishlists';
import { customerApi } from '../../../lib/api';
import { productOf } from '../../../lib/catalogue';
import { translator } from '../../../lib/i18n';
import { type PageProps, privatePage } from '../../../lib/page';
import { requireSession } from '../../../lib/session';

const shownInFull = 60;

export const generateMetadata = privatePage('wish.title');

export default async function Wishlist({ params }: PageProps) {
  const { locale } = await params;
  await requireSession(locale, '/wishlist');
  const t = await translator(locale, 'wish');
  const client = await customerApi();
  const { wishlists } = await client.get('/api/v1/users/me/wishlists');
  // Products are in the gateway's cache, and are asked for one by one: there is no way to ask for many at once. So a
  // very long list shows its end by names only.
  const items = wishlists.flatMap((list) => list.items);
  const ids = [...new Set(items.map(({ productId }) => productId))];
  const found = await Promise.all(ids.slice(0, shownInFull).map((id) => productOf(id)));
  const products: Record<string, WishedProduct> = {};
  for (const { productId, variantId } of items.filter((item) => ids.indexOf(item.productId) >= shownInFull)) {
    const variants = { ...products[productId]?.variants, [variantId]: { title: '', isThere: true } };
    products[productId] = { slug: productId, image: '', variants };
  }
  for (const product of found) {
    if (!product) continue;
    const variants = product.variants.map(
      ({ id, title, price, available }) => [id, { title, price, isThere: available > 0 }] as const,
    );
    products[product.id] = {
      slug: product.slug,
      image: product.media.find(({ kind }) => kind !== 'VIDEO')?.url ?? '',
      variants: Object.fromEntries(variants),
    };
  }
  return (
    <AccountPage locale={locale} title={t('title')}>
      <Wishlists lists={wishlists} products={products} />
    </AccountPage>
  );
}
