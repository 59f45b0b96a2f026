'use client';
import type { Schemas } from '@pasar/sdk';
import { Badge } from '@pasar/ui/badge';
import { Button } from '@pasar/ui/button';
import { Card } from '@pasar/ui/card';
import { EmptyState } from '@pasar/ui/empty-state';
import { Sheet, type SheetProps } from '@pasar/ui/sheet';
import { toast } from '@pasar/ui/toast';
import { Tool } from '@pasar/ui/tool';
import { MapPin, Pencil, Plus, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'use-intl/react';
import { addAddress, changeAddress, deleteAddress } from '../actions/profile';
import { formatAddress } from '../lib/format';
import { useAction } from '../lib/use-action';
import { ActionButton } from './action-button';
import { AddressForm } from './address-form';

type Address = Schemas['UserAddress'];

/** Where things may go. */
export function AddressBook({ addresses }: { addresses: Address[] }) {
  const t = useTranslations('addresses');
  const router = useRouter();
  const [busy, act] = useAction();
  const remove = (address: Address) =>
    act(
      () => deleteAddress(address.id),
      () => {
        router.refresh();
        const { id: _, ...again } = address;
        const undo = () =>
          act(
            () => addAddress(again),
            () => router.refresh(),
          );
        toast({ title: t('deleted', { name: address.recipient }), action: { label: t('undo'), run: undo } });
      },
    );
  const add = (
    <AddressSheet
      title={t('new')}
      first={addresses.length === 0}
      trigger={
        <Button variant={addresses.length > 0 ? 'secondary' : 'primary'} className="justify-self-start">
          <Plus aria-hidden className="size-5" />
          {t('new')}
        </Button>
      }
    />
  );
  if (addresses.length === 0) {
    return (
      <EmptyState heading="h2" picture={<MapPin className="size-9" />} title={t('none')} action={add}>
        <p>{t('noneHelp')}</p>
      </EmptyState>
    );
  }
  return (
    <>
      <ul className="grid grid-cols-1 gap-3">
        {addresses.map((address) => (
          <li key={address.id}>
            <Card className="grid gap-3 p-4">
              <div className="text-sm">
                <p className="flex flex-wrap items-center gap-2">
                  <span className="font-semibold text-base">{address.recipient}</span>
                  {address.label && <Badge>{address.label}</Badge>}
                  {address.isDefault && <Badge tone="brand">{t('isDefault')}</Badge>}
                </p>
                <p className="numbers">{address.phone}</p>
                <p className="text-soft">{formatAddress(address)}</p>
              </div>
              <div className="-mx-3 -mb-1 flex flex-wrap gap-1">
                <AddressSheet
                  title={t('change')}
                  address={address}
                  trigger={
                    <Tool Icon={Pencil} label={t('changeOne', { name: address.recipient })}>
                      {t('change')}
                    </Tool>
                  }
                />
                {!address.isDefault && (
                  <ActionButton run={() => changeAddress(address.id, { isDefault: true })}>
                    {t('makeDefault')}
                  </ActionButton>
                )}
                <Tool
                  Icon={Trash2}
                  label={t('deleteOne', { name: address.recipient })}
                  busy={busy}
                  onClick={() => remove(address)}
                >
                  {t('delete')}
                </Tool>
              </div>
            </Card>
          </li>
        ))}
      </ul>
      {add}
    </>
  );
}

function AddressSheet({
  trigger,
  title,
  address,
  first,
}: {
  trigger: SheetProps['trigger'];
  title: string;
  address?: Address;
  first?: boolean;
}) {
  const t = useTranslations('addresses');
  const router = useRouter();
  return (
    <Sheet title={title} closeLabel={t('close')} trigger={trigger}>
      {(close) => (
        <AddressForm
          address={address}
          first={first}
          onSaved={() => {
            close();
            router.refresh();
          }}
        />
      )}
    </Sheet>
  );
}
