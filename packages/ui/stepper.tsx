'use client';
import { Minus, Plus } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';

export interface StepperProps {
  value: number;
  min?: number;
  max: number;
  disabled?: boolean;
  labels: { value: string; less: string; more: string };
  onChange(value: number): void;
}

/** How many: pressed, typed, or with the arrows of the keyboard. */
export function Stepper({ value, min = 1, max, disabled, labels, onChange }: StepperProps) {
  /** While somebody types, also what is no number yet. */
  const [draft, setDraft] = useState<string>();
  const most = Math.max(max, min);
  const set = (next: number) => {
    const kept = Math.min(most, Math.max(min, next));
    if (kept !== value) onChange(kept);
  };
  const type = (text: string) => {
    if (!/^\d{0,6}$/.test(text)) return;
    setDraft(text);
    if (Number(text) >= min) set(Number(text));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    setDraft(undefined);
    set(value + step);
  };
  const button = 'grid size-10 place-items-center text-brand hover:bg-brand-wash disabled:text-edge';
  return (
    <div className="inline-flex items-center rounded-md border border-edge bg-surface">
      <button
        type="button"
        aria-label={labels.less}
        disabled={disabled || value <= min}
        onClick={() => set(value - 1)}
        className={`${button} rounded-l-md`}
      >
        <Minus aria-hidden className="size-4" />
      </button>
      <input
        inputMode="numeric"
        autoComplete="off"
        aria-label={labels.value}
        disabled={disabled}
        value={draft ?? value}
        onChange={({ target }) => type(target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => setDraft(undefined)}
        className="numbers h-10 w-11 bg-transparent text-center font-semibold"
      />
      <button
        type="button"
        aria-label={labels.more}
        disabled={disabled || value >= most}
        onClick={() => set(value + 1)}
        className={`${button} rounded-r-md`}
      >
        <Plus aria-hidden className="size-4" />
      </button>
    </div>
  );
}
