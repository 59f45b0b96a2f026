import type { ButtonHTMLAttributes } from 'react';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';
export type ButtonSize = 'sm' | 'md' | 'lg' | 'icon';

const shape =
  'inline-flex items-center justify-center gap-2 rounded-md font-semibold transition-colors duration-150 select-none ' +
  'disabled:opacity-50 aria-disabled:opacity-50 aria-busy:cursor-progress';
const variants: Record<ButtonVariant, string> = {
  primary: 'bg-brand text-on-brand hover:bg-brand-strong',
  secondary: 'border border-edge bg-surface text-ink hover:bg-sunken',
  quiet: 'text-brand hover:bg-brand-wash',
  danger: 'bg-chili text-on-chili hover:opacity-90',
};
const sizes: Record<ButtonSize, string> = {
  sm: 'min-h-9 px-3 text-sm',
  md: 'min-h-11 px-4 text-base',
  lg: 'min-h-13 px-6 text-lg',
  icon: 'size-11',
};

/** The look of a button, for links that lead on. */
export function buttonStyle(variant: ButtonVariant = 'primary', size: ButtonSize = 'md', more = ''): string {
  return `${shape} ${variants[variant]} ${sizes[size]} ${more}`;
}

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** It is at work, and another press does nothing. */
  busy?: boolean;
}

export function Button({ variant, size, busy, className, disabled, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      aria-busy={busy || undefined}
      disabled={disabled || busy}
      className={buttonStyle(variant, size, className)}
      {...rest}
    />
  );
}
