'use client';
import type { Schemas } from '@pasar/sdk';
import { Button } from '@pasar/ui/button';
import { Notice } from '@pasar/ui/notice';
import { usePathname } from 'next/navigation';
import { useLocale, useTranslations } from 'use-intl/react';
import { enterByProvider, linkProvider, unlinkProvider } from '../actions/outside';
import { formatDate } from '../lib/format';
import { useProblemText } from '../lib/problems';
import { useAction } from '../lib/use-action';
import { Endable } from './security-forms';

/** The third way in. */
export function OutsideEntry({ name, next, problem }: { name: string; next: string; problem: string }) {
  const t = useTranslations('outside');
  const say = useProblemText();
  const [busy, act] = useAction();
  return (
    <div className="mb-4 grid gap-4 empty:hidden">
      {problem && <Notice tone="bad">{say({ code: problem })}</Notice>}
      {name && (
        <>
          <Button variant="secondary" size="lg" busy={busy} onClick={() => act(() => enterByProvider(next))}>
            {t('enter', { name })}
          </Button>
          <p className="flex items-center gap-3 text-soft text-sm before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line">
            {t('or')}
          </p>
        </>
      )}
    </div>
  );
}

/** Providers that sign in to this account. */
export function Identities({
  identities,
  provider,
  problem,
}: {
  identities: (Schemas['LinkedIdentity'] & { name: string })[];
  /** That can be linked. */
  provider: { issuer: string; name: string } | undefined;
  problem: string;
}) {
  const t = useTranslations('outside');
  const locale = useLocale();
  const path = usePathname();
  const say = useProblemText();
  const [busy, act] = useAction();
  const isLinked = identities.some(({ issuer }) => issuer === provider?.issuer);
  return (
    <section aria-labelledby="identities" className="grid gap-3">
      <h2 id="identities" className="text-lg">
        {t('title')}
      </h2>
      {problem && <Notice tone="bad">{say({ code: problem })}</Notice>}
      <ul className="divide-y divide-line empty:hidden">
        {identities.map(({ issuer, name, email, linkedAt }) => (
          <Endable
            key={issuer}
            name={name}
            note={`${email} · ${t('since', { date: formatDate(linkedAt, locale) })}`}
            action={t('unlink')}
            label={t('unlinkOne', { name })}
            end={() => unlinkProvider(issuer)}
          />
        ))}
      </ul>
      {provider && !isLinked && (
        <>
          <p className="text-soft text-sm">{t('about', { name: provider.name })}</p>
          <Button
            variant="secondary"
            busy={busy}
            className="justify-self-start"
            onClick={() => act(() => linkProvider(path))}
          >
            {t('link', { name: provider.name })}
          </Button>
        </>
      )}
    </section>
  );
}
