'use client';
import type { Schemas } from '@pasar/sdk';
import { Badge } from '@pasar/ui/badge';
import { Button } from '@pasar/ui/button';
import { Card } from '@pasar/ui/card';
import { Field } from '@pasar/ui/field';
import { Sheet, type SheetProps } from '@pasar/ui/sheet';
import { toast } from '@pasar/ui/toast';
import { Tool } from '@pasar/ui/tool';
import { Heart, Pencil, Plus, ShoppingBasket, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import {
  addWish,
  createWishlist,
  deleteWishlist,
  moveWishToCart,
  removeWishes,
  renameWishlist,
} from '../actions/wishes';
import { knowCartCount } from '../lib/me';
import type { Outcome } from '../lib/outcome';
import { useAction } from '../lib/use-action';
import { setWishes } from '../lib/wishes';
import { ActionButton } from './action-button';
import { ActionForm } from './action-form';
import { NothingHere } from './nothing-here';
import { Picture } from './picture';
import { Price } from './price';

/** What the catalogue says now of something on a list. */
export interface WishedProduct {
  slug: string;
  image: string;
  variants: Record<string, { title: string; price?: Schemas['Money']; isThere: boolean }>;
}

export function Wishlists({
  lists,
  products,
}: {
  lists: Schemas['Wishlist'][];
  products: Record<string, WishedProduct>;
}) {
  const t = useTranslations('wish');
  const locale = useLocale();
  if (lists.every(({ items }) => items.length === 0)) {
    return (
      <NothingHere
        heading="h2"
        Icon={Heart}
        title={t('none')}
        help={t('noneHelp')}
        href={`/${locale}/search`}
        way={t('look')}
      />
    );
  }
  return (
    <>
      {lists.map((list) => (
        <List key={list.id} list={list} products={products} deletable={lists.length > 1} />
      ))}
      <NameSheet
        title={t('newList')}
        save={createWishlist}
        trigger={
          <Button variant="secondary" className="justify-self-start">
            <Plus aria-hidden className="size-5" />
            {t('newList')}
          </Button>
        }
      />
    </>
  );
}

function List({
  list,
  products,
  deletable,
}: {
  list: Schemas['Wishlist'];
  products: Record<string, WishedProduct>;
  deletable: boolean;
}) {
  const t = useTranslations('wish');
  const locale = useLocale();
  const router = useRouter();
  const [gone, setGone] = useState<string[]>([]);
  const [busy, act] = useAction();
  const leave = (variantId: string) => setGone((before) => [...before, variantId]);
  const comeBack = (variantId: string) => setGone((before) => before.filter((id) => id !== variantId));
  const remove = ({ productId, variantId, title }: Schemas['WishlistItem']) => {
    leave(variantId);
    const undo = () => {
      comeBack(variantId);
      act(
        () => addWish(productId, variantId, list.name),
        () => router.refresh(),
      );
    };
    act(
      () => removeWishes([{ listId: list.id, variantId }]),
      () => {
        setWishes(productId, []);
        toast({ title: t('removed', { title }), action: { label: t('undo'), run: undo } });
      },
      (text) => {
        comeBack(variantId);
        toast({ title: text, tone: 'bad' });
      },
    );
  };
  const move = ({ productId, variantId, title }: Schemas['WishlistItem']) =>
    act(
      () => moveWishToCart({ listId: list.id, variantId }),
      ({ itemCount }) => {
        leave(variantId);
        setWishes(productId, []);
        knowCartCount(itemCount);
        toast({
          title: t('moved', { title }),
          action: { label: t('toCart'), run: () => router.push(`/${locale}/cart`) },
        });
      },
    );
  return (
    <section aria-label={list.name} className="grid grid-cols-1 gap-3">
      <div className="flex flex-wrap items-center gap-1">
        <h2 className="mr-auto text-lg">{list.name}</h2>
        <NameSheet
          title={t('rename')}
          name={list.name}
          save={(name) => renameWishlist(list.id, name)}
          trigger={<Tool Icon={Pencil} label={t('renameOne', { name: list.name })} />}
        />
        {deletable && (
          <ActionButton aria-label={t('deleteOne', { name: list.name })} run={() => deleteWishlist(list.id)}>
            <Trash2 aria-hidden className="size-4" />
          </ActionButton>
        )}
      </div>
      {list.items.every(({ variantId }) => gone.includes(variantId)) && (
        <p className="text-soft text-sm">{t('emptyList')}</p>
      )}
      <ul className="grid grid-cols-1 gap-3">
        {list.items
          .filter(({ variantId }) => !gone.includes(variantId))
          .map((item) => {
            const product = products[item.productId];
            const variant = product?.variants[item.variantId];
            const isCheaper =
              variant?.price &&
              item.addedPrice &&
              BigInt(variant.price.amount) < BigInt(item.addedPrice.amount);
            return (
              <li key={item.variantId}>
                <Card className="grid grid-cols-[5rem_minmax(0,1fr)] gap-4 p-3 sm:grid-cols-[6rem_minmax(0,1fr)_auto] sm:items-center">
                  <Picture src={product?.image ?? ''} alt="" className="rounded-md" />
                  <div className="grid content-start gap-0.5">
                    {product ? (
                      <Link
                        href={`/${locale}/p/${product.slug}`}
                        prefetch={false}
                        className="font-medium hover:underline"
                      >
                        {item.title}
                      </Link>
                    ) : (
                      <p className="font-medium">{item.title}</p>
                    )}
                    {variant?.title && !item.title.endsWith(variant.title) && (
                      <p className="text-soft text-xs">{variant.title}</p>
                    )}
                    <Price
                      price={variant?.price}
                      before={isCheaper ? item.addedPrice : undefined}
                      beforeLabel={t('before')}
                      locale={locale}
                    />
                    <p className="flex flex-wrap gap-2">
                      {isCheaper && <Badge tone="hot">{t('cheaper')}</Badge>}
                      {!variant?.isThere && <Badge>{product ? t('soldOut') : t('gone')}</Badge>}
                    </p>
                  </div>
                  <div className="col-span-2 flex gap-2 sm:col-span-1">
                    <Button
                      variant="secondary"
                      size="sm"
                      busy={busy}
                      disabled={!variant?.isThere}
                      className="grow"
                      onClick={() => move(item)}
                    >
                      <ShoppingBasket aria-hidden className="size-4.5" />
                      {t('toBasket')}
                    </Button>
                    <Tool
                      Icon={Trash2}
                      label={t('remove', { title: item.title })}
                      busy={busy}
                      onClick={() => remove(item)}
                    />
                  </div>
                </Card>
              </li>
            );
          })}
      </ul>
    </section>
  );
}

function NameSheet({
  trigger,
  title,
  name = '',
  save,
}: {
  trigger: SheetProps['trigger'];
  title: string;
  name?: string;
  save(name: string): Promise<Outcome<unknown>>;
}) {
  const t = useTranslations('wish');
  const router = useRouter();
  return (
    <Sheet title={title} closeLabel={t('close')} trigger={trigger}>
      {(close) => (
        <ActionForm
          send={(given) => save(given('name'))}
          onDone={() => {
            close();
            router.refresh();
          }}
          submit={t('save')}
          button={{ className: 'justify-self-start' }}
        >
          <Field name="name" label={t('name')} defaultValue={name} required maxLength={60} />
        </ActionForm>
      )}
    </Sheet>
  );
}
