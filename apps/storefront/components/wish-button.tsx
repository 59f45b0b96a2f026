'use client';
import { toast } from '@pasar/ui/toast';
import { Heart } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'use-intl/react';
import { addWish, removeWishes } from '../actions/wishes';
import { whoIsThere } from '../lib/me';
import { useProblemText } from '../lib/problems';
import { setWishes, useIsWished, type Wish, wishesOf } from '../lib/wishes';

/** A heart: red at once, and grey again if the server says no. */
export function WishButton({
  productId,
  variantId = '',
  title,
  className = '',
}: {
  productId: string;
  variantId?: string;
  title: string;
  className?: string;
}) {
  const t = useTranslations('wish');
  const locale = useLocale();
  const say = useProblemText();
  const router = useRouter();
  const path = usePathname();
  const isWished = useIsWished(productId);
  const fail = (outcome: Parameters<typeof say>[0]) => toast({ title: say(outcome), tone: 'bad' });
  const add = async () => {
    setWishes(productId, [{ listId: '', variantId }]);
    const outcome = await addWish(productId, variantId, t('listName')).catch(() => undefined);
    setWishes(productId, outcome?.ok ? [outcome.value] : []);
    if (!outcome?.ok) return fail(outcome);
    toast({
      title: t('added', { title }),
      action: { label: t('see'), run: () => router.push(`/${locale}/wishlist`) },
    });
  };
  const remove = async (before: Wish[]) => {
    setWishes(productId, []);
    const outcome = await removeWishes(before).catch(() => undefined);
    if (!outcome?.ok) {
      setWishes(productId, before);
      return fail(outcome);
    }
    toast({ title: t('removed', { title }), action: { label: t('undo'), run: () => void add() } });
  };
  const press = async () => {
    const name = (await whoIsThere())?.name;
    if (!name) return router.push(`/${locale}/login?next=${encodeURIComponent(path)}`);
    const now = await wishesOf(name, productId);
    // The last press has no answer yet.
    if (now.some(({ listId }) => !listId)) return;
    await (now.length > 0 ? remove(now) : add());
  };
  return (
    <button
      type="button"
      aria-pressed={isWished}
      aria-label={t('wish', { title })}
      onClick={() => void press()}
      className={`grid size-10 place-items-center rounded-full bg-surface/90 text-soft hover:text-chili aria-pressed:text-chili ${className}`}
    >
      <Heart aria-hidden className={`size-5 ${isWished ? 'fill-current' : ''}`} />
    </button>
  );
}
