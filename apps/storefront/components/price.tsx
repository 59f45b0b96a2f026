import type { Schemas } from '@pasar/sdk';
import { formatMoney, percentOff } from '../lib/format';
import type { Locale } from '../server/locales';

/** What it costs, and what it cost before. */
export function Price({
  price,
  before,
  locale,
  beforeLabel,
  large,
}: {
  price: Schemas['Money'] | undefined;
  before?: Schemas['Money'];
  locale: Locale;
  /** What a screen reader says of the earlier price. */
  beforeLabel?: string;
  large?: boolean;
}) {
  const off = percentOff(price, before);
  return (
    <span className="numbers inline-flex flex-wrap items-baseline gap-x-2">
      <span className={`font-bold font-display ${large ? 'text-2xl' : 'text-lg'}`}>
        {formatMoney(price, locale)}
      </span>
      {off > 0 && (
        <>
          <del className="text-soft text-xs">
            {beforeLabel && <span className="sr-only">{beforeLabel} </span>}
            {formatMoney(before, locale)}
          </del>
          <span className="rounded-sm bg-chili-wash px-1.5 font-bold text-chili text-xs">−{off}%</span>
        </>
      )}
    </span>
  );
}
