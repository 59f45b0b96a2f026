'use client';
import { Button, type ButtonProps } from '@pasar/ui/button';
import { Field, FieldProblems, type FieldProps } from '@pasar/ui/field';
import { Notice } from '@pasar/ui/notice';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { Outcome } from '../lib/outcome';
import { useAction } from '../lib/use-action';

export interface ActionFormProps<T> {
  /** @param given the text of a field, by its name */
  send(given: (name: string) => string): Promise<Outcome<T>>;
  /** @returns what is still missing, before anything is sent */
  check?(): string;
  onDone?(value: T, form: HTMLFormElement): Promise<void> | void;
  /** What its button says, and how that looks. */
  submit: ReactNode;
  button?: ButtonProps;
  /** What else may help when it was refused. */
  help?: ReactNode;
  className?: string;
  children?: ReactNode;
}

/** A form that stays where it is: sent once at a time, and what was refused is said in it. */
export function ActionForm<T>({
  send,
  check,
  onDone,
  submit,
  button,
  help,
  className = 'grid gap-4',
  children,
}: ActionFormProps<T>) {
  const [problem, setProblem] = useState('');
  const [fields, setFields] = useState<Record<string, string>>({});
  const [busy, act] = useAction();
  const refuse = (text: string, wrong: Record<string, string> = {}) => {
    setProblem(text);
    setFields(wrong);
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const given = (name: string) => {
      const text = String(data.get(name) ?? '');
      // A space may belong to a password.
      return /password$/i.test(name) ? text : text.trim();
    };
    const missing = check?.();
    if (missing) return refuse(missing);
    act(
      () => send(given),
      async (value) => {
        refuse('');
        await onDone?.(value, form);
      },
      refuse,
    );
  };
  return (
    <form onSubmit={onSubmit} className={className}>
      {problem && (
        <Notice tone="bad">
          {problem} {help}
        </Notice>
      )}
      <FieldProblems value={fields}>{children}</FieldProblems>
      <Button type="submit" busy={busy} {...button}>
        {submit}
      </Button>
    </form>
  );
}

/** @param isNew it is chosen here, and has to be good enough */
export function PasswordField({ isNew, name = 'password', ...rest }: FieldProps & { isNew?: boolean }) {
  return (
    <Field
      type="password"
      name={name}
      autoComplete={isNew ? 'new-password' : 'current-password'}
      required
      minLength={isNew ? 8 : undefined}
      maxLength={200}
      {...rest}
    />
  );
}
