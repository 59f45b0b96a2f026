'use client';
import { toast } from '@pasar/ui/toast';
import { useTransition } from 'react';
import type { Outcome } from './outcome';
import { useProblemText } from './problems';

/** Runs what the server is to do, and says what went wrong. */
export function useAction(): [
  busy: boolean,
  run: <T>(
    work: () => Promise<Outcome<T>>,
    onDone?: (value: T) => Promise<void> | void,
    onProblem?: (text: string, fields: Record<string, string>) => Promise<void> | void,
  ) => void,
] {
  const say = useProblemText();
  const [busy, start] = useTransition();
  return [
    busy,
    (work, onDone, onProblem = (title) => void toast({ title, tone: 'bad' })) =>
      start(async () => {
        const outcome = await work().catch(() => undefined);
        if (outcome?.ok) await onDone?.(outcome.value);
        else await onProblem(say(outcome), outcome?.fields ?? {});
      }),
  ];
}
