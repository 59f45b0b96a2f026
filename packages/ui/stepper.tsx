'use client';
import { NumberField } from '@base-ui/react/number-field';
import { Minus, Plus } from 'lucide-react';

export interface StepperProps {
  value: number;
  min?: number;
  max: number;
  disabled?: boolean;
  labels: { value: string; less: string; more: string };
  onChange(value: number): void;
}

/** How many. */
export function Stepper({ value, min = 1, max, disabled, labels, onChange }: StepperProps) {
  const button = 'grid size-10 place-items-center text-brand hover:bg-brand-wash disabled:text-edge';
  return (
    <NumberField.Root
      value={value}
      min={min}
      max={Math.max(max, min)}
      disabled={disabled}
      onValueChange={(next) => next !== null && next !== value && onChange(next)}
    >
      <NumberField.Group className="inline-flex items-center rounded-md border border-edge bg-surface">
        <NumberField.Decrement aria-label={labels.less} className={`${button} rounded-l-md`}>
          <Minus aria-hidden className="size-4" />
        </NumberField.Decrement>
        <NumberField.Input
          aria-label={labels.value}
          className="numbers h-10 w-11 bg-transparent text-center font-semibold"
        />
        <NumberField.Increment aria-label={labels.more} className={`${button} rounded-r-md`}>
          <Plus aria-hidden className="size-4" />
        </NumberField.Increment>
      </NumberField.Group>
    </NumberField.Root>
  );
}
