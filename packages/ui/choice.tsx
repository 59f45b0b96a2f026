import type { InputHTMLAttributes } from 'react';

/** One of several that exclude each other, or with the type `checkbox` one by itself; all of it can be pressed. */
export function Choice({ children, ...input }: InputHTMLAttributes<HTMLInputElement>) {
  return (
    <label className="flex min-h-14 items-center gap-3 rounded-md border border-line bg-surface px-4 py-2.5 text-sm has-checked:border-brand has-disabled:opacity-50 has-checked:bg-brand-wash has-focus-visible:outline-3 has-focus-visible:outline-turmeric">
      <input type="radio" className="size-5 shrink-0" {...input} />
      {children}
    </label>
  );
}
