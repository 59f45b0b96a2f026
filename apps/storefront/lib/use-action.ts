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
    onDone: (value: T) => void,
    onProblem?: (text: string) => void,
  ) => void,
] {
  const say = useProblemText();
  const [busy, start] = useTransition();
  return [
    busy,
    (work, onDone, onProblem = (title) => toast({ title, tone: 'bad' })) =>
      start(async () => {
        const outcome = await work().catch(() => undefined);
        if (outcome?.ok) onDone(outcome.value);
        else onProblem(say(outcome ?? { code: 'unreachable', detail: '' }));
      }),
  ];
}
