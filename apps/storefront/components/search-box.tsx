'use client';
import type { Schemas } from '@pasar/sdk';
import { LayoutGrid, Search, Tag } from 'lucide-react';
import { useRouter, useSearchParams } from 'next/navigation';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';

type Suggestion = Schemas['Suggestion'];

/** Works as a plain form; while somebody types it says what others call it. */
export function SearchBox() {
  const t = useTranslations('shell');
  const locale = useLocale();
  const router = useRouter();
  const given = useSearchParams().get('q') ?? '';
  const [text, setText] = useState(given);
  const [suggestions, setSuggestions] = useState<Suggestion[]>([]);
  const [at, setAt] = useState(-1);
  const [open, setOpen] = useState(false);
  const list = useId();
  const form = useRef<HTMLFormElement>(null);
  // Another search, or none any more.
  const [before, setBefore] = useState(given);
  if (before !== given) {
    setBefore(given);
    setText(given);
  }
  // What was typed before the page came to life.
  useEffect(() => {
    const typed = new FormData(form.current ?? undefined).get('q');
    if (typeof typed === 'string' && typed) setText(typed);
  }, []);

  useEffect(() => {
    const prefix = text.trim();
    if (!open || prefix.length < 2) {
      setSuggestions([]);
      return;
    }
    const leaving = new AbortController();
    const timer = setTimeout(() => {
      fetch(`/api/suggest?prefix=${encodeURIComponent(prefix.slice(0, 100))}`, { signal: leaving.signal })
        .then(async (response) => setSuggestions(response.ok ? (await response.json()).suggestions : []))
        .catch(() => {});
    }, 120);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [text, open]);

  const go = (suggestion: Suggestion) => {
    setOpen(false);
    setAt(-1);
    if (suggestion.kind === 'CATEGORY') return router.push(`/${locale}/c/${suggestion.slug}`);
    if (suggestion.kind === 'BRAND') return router.push(`/${locale}/search?brand=${suggestion.slug}`);
    setText(suggestion.text);
    router.push(`/${locale}/search?q=${encodeURIComponent(suggestion.text)}`);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setOpen(false);
    if (suggestions.length === 0 || !open) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      // One more place than suggestions: the text itself.
      const places = suggestions.length + 1;
      setAt((now) => ((now + 1 + step + places) % places) - 1);
    }
    const chosen = suggestions[at];
    if (event.key === 'Enter' && chosen) {
      event.preventDefault();
      go(chosen);
    }
  };
  const isShown = open && suggestions.length > 0;
  return (
    <search className="grow">
      <form
        ref={form}
        action={`/${locale}/search`}
        className="relative"
        onSubmit={(event) => {
          event.preventDefault();
          setOpen(false);
          router.push(`/${locale}/search?q=${encodeURIComponent(text.trim())}`);
        }}
        onBlur={(event) => {
          if (!form.current?.contains(event.relatedTarget)) setOpen(false);
        }}
      >
        <Search aria-hidden className="-translate-y-1/2 absolute top-1/2 left-3.5 size-5 text-soft" />
        <input
          name="q"
          type="search"
          maxLength={200}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setOpen(true);
            setAt(-1);
          }}
          onFocus={() => setOpen(true)}
          onKeyDown={onKeyDown}
          role="combobox"
          aria-label={t('search')}
          aria-expanded={isShown}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={isShown && at >= 0 ? `${list}-${at}` : undefined}
          autoComplete="off"
          placeholder={t('searchHint')}
          className="h-11 w-full rounded-md border border-edge bg-surface pr-3 pl-11 text-base placeholder:text-soft"
        />
        <div
          id={list}
          role="listbox"
          aria-label={t('suggestions')}
          hidden={!isShown}
          className="absolute inset-x-0 top-full z-40 mt-1.5 overflow-hidden rounded-md border border-line bg-surface py-1.5 shadow-float"
        >
          {suggestions.map((suggestion, index) => {
            const Icon =
              suggestion.kind === 'CATEGORY' ? LayoutGrid : suggestion.kind === 'BRAND' ? Tag : Search;
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the field's
              <div
                key={`${suggestion.kind} ${suggestion.text}`}
                id={`${list}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === at}
                onClick={() => go(suggestion)}
                onPointerDown={(event) => event.preventDefault()}
                className="flex cursor-pointer items-center gap-3 px-4 py-2.5 hover:bg-sunken aria-selected:bg-sunken"
              >
                <Icon aria-hidden className="size-4.5 shrink-0 text-soft" />
                <span className="grow truncate">{suggestion.text}</span>
                {suggestion.kind !== 'QUERY' && (
                  <span className="text-soft text-xs">
                    {suggestion.kind === 'CATEGORY' ? t('aCategory') : t('aBrand')}
                  </span>
                )}
              </div>
            );
          })}
        </div>
      </form>
    </search>
  );
}
