'use client';
import {
  createContext,
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  use,
  useId,
} from 'react';

/** What is wrong with fields, by their names: a form knows it, and each of its fields says its own. */
export const FieldProblems = createContext<Record<string, string>>({});

export interface FieldProps {
  label: ReactNode;
  name?: string;
  hint?: ReactNode;
  className?: string;
}

/** A text field with its label, and what is wrong with it said where it is. */
export function Field({
  label,
  hint,
  className,
  ...rest
}: FieldProps & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <Labelled label={label} name={rest.name} hint={hint} className={className}>
      {(control) => <input {...control} {...rest} />}
    </Labelled>
  );
}

export function SelectField({
  label,
  hint,
  className,
  ...rest
}: FieldProps & SelectHTMLAttributes<HTMLSelectElement>) {
  return (
    <Labelled label={label} name={rest.name} hint={hint} className={className}>
      {(control) => <select {...control} {...rest} />}
    </Labelled>
  );
}

/** For more than a line. */
export function TextField({
  label,
  hint,
  className,
  ...rest
}: FieldProps & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return (
    <Labelled label={label} name={rest.name} hint={hint} className={className}>
      {(control) => <textarea rows={4} {...control} {...rest} />}
    </Labelled>
  );
}

function Labelled({
  label,
  name = '',
  hint,
  className = '',
  children,
}: FieldProps & {
  children(control: {
    id: string;
    className: string;
    'aria-invalid': true | undefined;
    'aria-describedby': string | undefined;
  }): ReactNode;
}) {
  const id = useId();
  const problem = use(FieldProblems)[name];
  const note = problem || hint;
  return (
    <div className={`grid content-start gap-1.5 ${className}`}>
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      {children({
        id,
        className:
          'w-full min-h-11 rounded-md border border-edge bg-surface px-3 py-2 text-base text-ink placeholder:text-soft ' +
          'aria-invalid:border-chili aria-invalid:bg-chili-wash',
        'aria-invalid': problem ? true : undefined,
        'aria-describedby': note ? `${id}-note` : undefined,
      })}
      {note && (
        <p id={`${id}-note`} className={`text-xs ${problem ? 'text-chili' : 'text-soft'}`}>
          {note}
        </p>
      )}
    </div>
  );
}
