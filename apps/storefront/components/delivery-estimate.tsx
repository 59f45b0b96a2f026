'use client';
import type { Schemas } from '@pasar/sdk';
import { Button } from '@pasar/ui/button';
import { SelectField } from '@pasar/ui/field';
import { Sheet } from '@pasar/ui/sheet';
import { Truck } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { type Delivery, keepPlace, type Place, readPlace } from '../lib/delivery';
import { formatMoney } from '../lib/format';
import { useMe } from '../lib/me';
import { useDays } from '../lib/use-days';

/** What it costs to bring one, and how long it takes. The page is the same for everybody; this is asked for by it. */
export function DeliveryEstimate({
  sellerId,
  from,
  variant: { weightGrams, lengthMm, widthMm, heightMm },
}: {
  sellerId: string;
  /** The city of the store. */
  from: string;
  variant: Schemas['Variant'];
}) {
  const t = useTranslations('delivery');
  const locale = useLocale();
  const days = useDays();
  const me = useMe();
  const [chosen, setChosen] = useState<Place | null>();
  const [delivery, setDelivery] = useState<Delivery>();
  useEffect(() => setChosen(readPlace() ?? null), []);
  const isKnown = chosen || (chosen === null && me?.name);
  useEffect(() => {
    if (!isKnown) return setDelivery(undefined);
    const query = new URLSearchParams({
      ...chosen,
      seller: sellerId,
      weight: String(weightGrams),
      length: String(lengthMm),
      width: String(widthMm),
      height: String(heightMm),
    });
    let isOver = false;
    fetch(`/api/delivery?${query}`)
      .then(async (response) => {
        if (response.ok && !isOver) setDelivery(await response.json());
      })
      // Checkout will tell.
      .catch(() => {});
    return () => {
      isOver = true;
    };
  }, [isKnown, chosen, sellerId, weightGrams, lengthMm, widthMm, heightMm]);
  const choose = (place: Place | undefined) => {
    keepPlace(place);
    setChosen(place ?? null);
  };
  const { to, options = [] } = delivery ?? {};
  const [cheapest] = options;
  const fastest = options.toSorted((a, b) => a.maxDays - b.maxDays)[0];
  const describe = (option: Schemas['ShippingOption']) =>
    t('option', {
      cost: formatMoney(option.cost, locale),
      days: days(option),
    });
  return (
    <div className="flex items-start gap-3 rounded-lg bg-sunken p-4 text-sm" data-testid="delivery">
      <Truck aria-hidden className="mt-0.5 size-5 shrink-0 text-brand" />
      <div className="min-w-0 grow">
        <p aria-live="polite">
          {!to ? (
            t('from', { city: from })
          ) : !cheapest ? (
            t('nobody', { city: to.city })
          ) : (
            <>
              <span className="block">{t('route', { from, to: to.city })}</span>
              <span className="numbers block font-semibold">{describe(cheapest)}</span>
              {fastest && fastest.maxDays < cheapest.maxDays && (
                <span className="numbers block text-soft">{t('faster', { option: describe(fastest) })}</span>
              )}
            </>
          )}
        </p>
        <Sheet
          title={t('where')}
          closeLabel={t('close')}
          trigger={
            <Button variant="quiet" size="sm" className="-ml-3 -mb-2">
              {to ? t('change') : t('choose')}
            </Button>
          }
        >
          {(close) => (
            <CityChoice
              now={to}
              onChoose={(place) => {
                choose(place);
                close();
              }}
              // Who is signed in may go back to the own address.
              hasHome={Boolean(me?.name && chosen)}
            />
          )}
        </Sheet>
      </div>
    </div>
  );
}

function CityChoice({
  now,
  hasHome,
  onChoose,
}: {
  now: Place | undefined;
  hasHome: boolean;
  onChoose(place: Place | undefined): void;
}) {
  const t = useTranslations('delivery');
  const [provinces, setProvinces] = useState<Schemas['Province'][]>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    fetch('/api/destinations')
      .then(async (response) => setProvinces(await response.json()))
      .catch(() => setFailed(true));
  }, []);
  const keyOf = ({ province, city }: Place) => `${province}/${city}`;
  return (
    <div className="grid gap-4">
      <p className="text-soft text-sm">{failed ? t('unreachable') : t('about')}</p>
      <SelectField
        label={t('city')}
        disabled={!provinces}
        value={now ? keyOf(now) : ''}
        onChange={({ target }) => {
          const [province = '', city = ''] = target.value.split('/');
          onChoose({ city, province });
        }}
      >
        <option value="" disabled>
          {provinces ? t('choose') : t('loading')}
        </option>
        {provinces?.map(({ name, cities }) => (
          <optgroup key={name} label={name}>
            {cities.map((city) => (
              <option key={city} value={keyOf({ province: name, city })}>
                {city}
              </option>
            ))}
          </optgroup>
        ))}
      </SelectField>
      {hasHome && (
        <Button variant="secondary" onClick={() => onChoose(undefined)}>
          {t('home')}
        </Button>
      )}
    </div>
  );
}
