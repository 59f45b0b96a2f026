'use client';
import type { Schemas } from '@pasar/sdk';
import { Button } from '@pasar/ui/button';
import { TextField } from '@pasar/ui/field';
import { Sheet } from '@pasar/ui/sheet';
import { toast } from '@pasar/ui/toast';
import { ThumbsUp } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { reportReview, voteReview } from '../actions/reviews';
import { useMe, whoIsThere } from '../lib/me';
import { useAction } from '../lib/use-action';
import { ActionForm } from './action-form';

const reasons = ['SPAM', 'OFFENSIVE', 'FALSE', 'PRIVATE', 'OTHER'] as const;

/** Reviews that the reader said are helpful. */
const Votes = createContext<string[]>([]);

/** The page is the same for everybody; what its reader voted for is asked for by it, once for all of these reviews. */
export function OwnVotes({ reviewIds, children }: { reviewIds: string[]; children: ReactNode }) {
  const name = useMe()?.name;
  const [votes, setVotes] = useState<string[]>([]);
  const query = new URLSearchParams(reviewIds.map((id) => ['review', id])).toString();
  useEffect(() => {
    setVotes([]);
    if (!name || !query) return;
    let isOver = false;
    fetch(`/api/votes?${query}`)
      .then(async (response) => {
        if (response.ok && !isOver) setVotes(await response.json());
      })
      // To vote once more does no harm.
      .catch(() => {});
    return () => {
      isOver = true;
    };
  }, [name, query]);
  return <Votes value={votes}>{children}</Votes>;
}

/** What readers do with a review: say that it helped, or that it should not be here. */
export function ReviewActions({ id, helpful }: { id: string; helpful: number }) {
  const t = useTranslations('reviewActions');
  const locale = useLocale();
  const path = usePathname();
  const router = useRouter();
  const before = use(Votes).includes(id);
  const [vote, setVote] = useState<{ count: number; isMine: boolean }>();
  const { count, isMine } = vote ?? { count: helpful, isMine: before };
  const [reporting, setReporting] = useState(false);
  const [busy, act] = useAction();
  const asMember = async (work: () => void) => {
    if ((await whoIsThere())?.name) work();
    else router.push(`/${locale}/login?next=${encodeURIComponent(`${path}#reviews`)}`);
  };
  const press = () =>
    act(
      () => voteReview(id, !isMine),
      (review) => setVote({ count: review.helpful, isMine: !isMine }),
    );
  return (
    <p className="-ml-3 flex flex-wrap items-center">
      <Button
        variant="quiet"
        size="sm"
        busy={busy}
        aria-pressed={isMine}
        onClick={() => void asMember(press)}
        className="aria-pressed:bg-brand-wash"
      >
        <ThumbsUp aria-hidden className={`size-4 ${isMine ? 'fill-current' : ''}`} />
        {t('helpful')}
        {count > 0 && <span className="numbers font-normal">({count})</span>}
      </Button>
      <button
        type="button"
        onClick={() => void asMember(() => setReporting(true))}
        className="min-h-9 rounded-sm px-3 text-soft text-xs hover:underline"
      >
        {t('report')}
      </button>
      {reporting && (
        <Sheet open onOpenChange={setReporting} title={t('reportTitle')} closeLabel={t('close')}>
          {(close) => (
            <ActionForm
              send={(given) =>
                reportReview(id, {
                  reason: given('reason') as Schemas['ReportRequest']['reason'],
                  detail: given('detail'),
                })
              }
              onDone={() => {
                toast({ title: t('reported') });
                close();
              }}
              submit={t('send')}
            >
              <fieldset className="grid gap-1">
                <legend className="mb-1 font-medium text-sm">{t('why')}</legend>
                {reasons.map((reason) => (
                  <label key={reason} className="flex min-h-10 items-center gap-3 text-sm">
                    <input type="radio" name="reason" value={reason} required className="size-5" />
                    {t(`reasons.${reason}`)}
                  </label>
                ))}
              </fieldset>
              <TextField name="detail" label={t('detail')} maxLength={1000} rows={2} />
            </ActionForm>
          )}
        </Sheet>
      )}
    </p>
  );
}
