'use client';
import { Button } from '@pasar/ui/button';
import { EmptyState } from '@pasar/ui/empty-state';
import { CloudOff } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { useTranslations } from 'use-intl/react';

export default function Failed({ error, reset }: { error: Error & { digest?: string }; reset(): void }) {
  const t = useTranslations('problems');
  const router = useRouter();
  const [trying, start] = useTransition();
  return (
    <EmptyState
      picture={<CloudOff className="size-9" />}
      title={t('failed')}
      action={
        <Button
          busy={trying}
          onClick={() =>
            start(() => {
              router.refresh();
              reset();
            })
          }
        >
          {t('tryAgain')}
        </Button>
      }
    >
      <p>{t('failedText')}</p>
      {error.digest && <p className="text-xs">{t('reference', { digest: error.digest })}</p>}
    </EmptyState>
  );
}
