'use client';
import type { Schemas } from '@pasar/sdk';
import { Field } from '@pasar/ui/field';
import { useTranslations } from 'use-intl/react';
import { addAddress, changeAddress } from '../actions/profile';
import { ActionForm } from './action-form';

const fields = [
  { name: 'recipient', autoComplete: 'name', required: true, maxLength: 120 },
  {
    name: 'phone',
    autoComplete: 'tel',
    required: true,
    maxLength: 24,
    inputMode: 'tel',
    pattern: '\\+?[0-9 \\(\\)\\-]{5,24}',
  },
  { name: 'line1', autoComplete: 'address-line1', required: true, maxLength: 200, wide: true },
  { name: 'line2', autoComplete: 'address-line2', required: false, maxLength: 200, wide: true },
  { name: 'city', autoComplete: 'address-level2', required: true, maxLength: 100 },
  { name: 'province', autoComplete: 'address-level1', required: true, maxLength: 100 },
  {
    name: 'postalCode',
    autoComplete: 'postal-code',
    required: true,
    maxLength: 12,
    inputMode: 'numeric',
    pattern: '[A-Za-z0-9 \\-]{3,12}',
  },
  { name: 'label', autoComplete: 'off', required: false, maxLength: 40 },
] as const;

export function AddressForm({
  first,
  address,
  onSaved,
}: {
  /** The one to change; without it, it is a new one. */
  address?: Schemas['UserAddress'];
  /** The only one so far, so it is where things go. */
  first?: boolean;
  onSaved(address: Schemas['UserAddress']): void;
}) {
  const t = useTranslations('address');
  return (
    <ActionForm
      send={(given) => {
        const texts = Object.fromEntries(fields.map(({ name }) => [name, given(name)]));
        return address
          ? changeAddress(address.id, texts)
          : addAddress({ ...texts, country: 'ID', isDefault: first ?? false });
      }}
      onDone={onSaved}
      submit={t('save')}
      button={{ className: 'justify-self-start' }}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        {fields.map(({ name, ...rest }) => {
          const { wide, ...attributes } = { wide: false, ...rest };
          return (
            <Field
              key={name}
              name={name}
              label={attributes.required ? t(name) : t('optional', { field: t(name) })}
              defaultValue={address?.[name]}
              className={wide ? 'sm:col-span-2' : ''}
              {...attributes}
            />
          );
        })}
      </div>
    </ActionForm>
  );
}
