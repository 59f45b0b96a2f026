'use client';
import type { Schemas } from '@pasar/sdk';
import { Button } from '@pasar/ui/button';
import { Card, CardTitle } from '@pasar/ui/card';
import { Choice } from '@pasar/ui/choice';
import { SelectField } from '@pasar/ui/field';
import { Notice } from '@pasar/ui/notice';
import { QuietSheet } from '@pasar/ui/sheet';
import {
  Banknote,
  CreditCard,
  Gift,
  Landmark,
  LockKeyhole,
  MapPin,
  Plus,
  QrCode,
  Store,
  Wallet,
} from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useRef, useState, useTransition } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { placeOrder, quoteCheckout } from '../actions/checkout';
import { formatAddress, formatMoney, isPositive } from '../lib/format';
import { intentKey } from '../lib/intent-key';
import { refreshMe } from '../lib/me';
import { useProblemText } from '../lib/problems';
import { AddressForm } from './address-form';
import { BoughtLine } from './bought-line';
import { CheckoutSummary } from './checkout-summary';
import { GiftCardSheet } from './gift-card-form';
import { ShippingChoice } from './shipping-choice';
import { VoucherField } from './voucher-field';

type Quote = Schemas['CheckoutQuote'];
/** What store credit does not pay. */
type Method = Exclude<Schemas['PaymentMethod'], 'METHOD_UNSPECIFIED' | 'STORE_CREDIT'>;

const methods: { method: Method; Icon: typeof Wallet }[] = [
  { method: 'CARD', Icon: CreditCard },
  { method: 'EWALLET', Icon: Wallet },
  { method: 'BANK_TRANSFER', Icon: Landmark },
  { method: 'QR', Icon: QrCode },
  { method: 'COD', Icon: Banknote },
];
/** What the simulated bank does with its test cards. */
const testCards = [
  'tok_success',
  'tok_declined',
  'tok_insufficient_funds',
  'tok_slow',
  'tok_timeout',
  'tok_error',
] as const;

export interface CheckoutFormProps {
  addresses: Schemas['UserAddress'][];
  firstQuote: Quote | undefined;
  stores: Record<string, { name: string; slug: string; city: string }>;
  codes: { code: string; name: string }[];
  /** What is to be known before. */
  children?: ReactNode;
}

/** Where to, how, with what off, and paid by what: on one page, and what each choice costs beside it. */
export function CheckoutForm({ addresses: known, firstQuote, stores, codes, children }: CheckoutFormProps) {
  const t = useTranslations('checkout');
  const payments = useTranslations('payments');
  const locale = useLocale();
  const router = useRouter();
  const say = useProblemText();
  const [addresses, setAddresses] = useState(known);
  const [addressId, setAddressId] = useState(
    (known.find(({ isDefault }) => isDefault) ?? known[0])?.id ?? '',
  );
  const [shipping, setShipping] = useState<Record<string, string>>({});
  const [vouchers, setVouchers] = useState<string[]>([]);
  const [useCredit, setUseCredit] = useState(false);
  const [method, setMethod] = useState<Method>('EWALLET');
  const [card, setCard] = useState<(typeof testCards)[number]>('tok_success');
  const [quote, setQuote] = useState(firstQuote);
  const [problem, setProblem] = useState('');
  const [quoting, startQuoting] = useTransition();
  const [placing, startPlacing] = useTransition();
  const alert = useRef<HTMLDivElement>(null);
  const asked = useRef(0);
  useEffect(() => {
    if (problem) alert.current?.focus();
  }, [problem]);

  const shippingChoices = (choice: Record<string, string>) =>
    Object.entries(choice).map(([sellerId, service]) => ({ sellerId, service }));
  const requote = (change: {
    addressId?: string;
    shipping?: Record<string, string>;
    vouchers?: string[];
    useCredit?: boolean;
  }) => {
    const next = { addressId, shipping, vouchers, useCredit, ...change };
    if (!next.addressId) return;
    const nth = ++asked.current;
    startQuoting(async () => {
      const outcome = await quoteCheckout({ ...next, shipping: shippingChoices(next.shipping) }).catch(
        () => undefined,
      );
      // Meanwhile something else was chosen.
      if (nth !== asked.current) return;
      if (outcome?.ok) {
        setQuote(outcome.value);
        setProblem('');
      } else if (outcome?.code === 'access.unauthenticated') leaveForLogin();
      else setProblem(say(outcome));
    });
  };
  const leaveForLogin = () =>
    router.push(`/${locale}/login?next=${encodeURIComponent(`/${locale}/checkout`)}`);
  /** By store credit alone. */
  const isPaid = isPositive(quote?.credit) && !isPositive(quote?.toPay);
  const place = () => {
    if (!quote?.total || placing) return;
    const counted = new Set(
      quote.vouchers.filter(({ refusal }) => refusal === 'REFUSAL_UNSPECIFIED').map(({ code }) => code),
    );
    const request: Schemas['PlaceOrderRequest'] = {
      addressId,
      shipping: quote.orders.flatMap(({ sellerId, shipping }) =>
        shipping ? [{ sellerId, service: shipping.service }] : [],
      ),
      vouchers: vouchers.filter((code) => counted.has(code)),
      payment: isPaid
        ? { method: 'STORE_CREDIT' }
        : { method, useCredit, ...(method === 'CARD' && { cardToken: card }) },
      // Another tab may have changed the cart meanwhile.
      expectedTotal: quote.total,
    };
    const intent = intentKey(request, quote);
    startPlacing(async () => {
      const outcome = await placeOrder(request, intent.key).catch(() => undefined);
      if (outcome?.ok) {
        void refreshMe();
        intent.end();
        router.push(`/${locale}/pay/${outcome.value.checkoutId}`);
        return;
      }
      if (outcome?.code === 'access.unauthenticated') return leaveForLogin();
      // An answer ends the intent: what is pressed next is another one. No answer does not; it may have been placed.
      if (
        outcome &&
        !['unreachable', 'payment.unavailable', 'idempotency.in_progress'].includes(outcome.code)
      )
        intent.end();
      setProblem(say(outcome));
      if (outcome?.code === 'checkout.price_changed') requote({});
    });
  };

  return (
    <div className="grid gap-5 py-6">
      <h1 className="text-2xl">{t('title')}</h1>
      {children}
      <div ref={alert} tabIndex={-1} className="outline-none empty:hidden">
        {problem && <Notice tone="bad">{problem}</Notice>}
      </div>
      <div className="grid items-start gap-6 lg:grid-cols-[1fr_24rem]">
        <div className="grid gap-5">
          <Card className="grid gap-3 p-5">
            <CardTitle Icon={MapPin}>{t('address')}</CardTitle>
            {addresses.length === 0 ? (
              <AddressForm
                first
                onSaved={(address) => {
                  setAddresses([address]);
                  setAddressId(address.id);
                  requote({ addressId: address.id });
                }}
              />
            ) : (
              <>
                <div role="radiogroup" aria-label={t('address')} className="grid gap-2">
                  {addresses.map((address) => (
                    <Choice
                      key={address.id}
                      name="address"
                      checked={address.id === addressId}
                      onChange={() => {
                        setAddressId(address.id);
                        requote({ addressId: address.id });
                      }}
                    >
                      <span className="min-w-0">
                        <span className="font-semibold">
                          {address.recipient}
                          {address.label && <span className="font-normal text-soft"> · {address.label}</span>}
                        </span>
                        <span className="block text-soft">{formatAddress(address)}</span>
                      </span>
                    </Choice>
                  ))}
                </div>
                <QuietSheet Icon={Plus} title={t('newAddress')} closeLabel={t('close')}>
                  {(close) => (
                    <AddressForm
                      onSaved={(address) => {
                        setAddresses((all) => [...all, address]);
                        setAddressId(address.id);
                        close();
                        requote({ addressId: address.id });
                      }}
                    />
                  )}
                </QuietSheet>
              </>
            )}
          </Card>

          {quote?.orders.map((order) => (
            <Card
              key={order.sellerId}
              role="group"
              aria-label={stores[order.sellerId]?.name}
              className="grid gap-4 p-5"
            >
              <CardTitle Icon={Store}>{stores[order.sellerId]?.name ?? t('aStore')}</CardTitle>
              <ul className="grid gap-3">
                {order.lines.map((line) => (
                  <BoughtLine
                    key={line.variantId}
                    line={line}
                    count={t('times', { count: line.quantity })}
                    total={formatMoney(line.total, locale)}
                  />
                ))}
              </ul>
              <ShippingChoice
                options={order.shippingOptions}
                chosen={(quoting && shipping[order.sellerId]) || order.shipping?.service}
                onChange={(service) => {
                  const next = { ...shipping, [order.sellerId]: service };
                  setShipping(next);
                  requote({ shipping: next });
                }}
              />
            </Card>
          ))}

          <VoucherField
            chosen={vouchers}
            quoted={quote?.vouchers ?? []}
            offered={codes}
            busy={quoting}
            onChange={(next) => {
              setVouchers(next);
              requote({ vouchers: next });
            }}
          />

          <Card className="grid gap-3 p-5">
            <CardTitle Icon={Wallet}>{t('payment')}</CardTitle>
            {isPositive(quote?.creditBalance) && (
              <Choice
                type="checkbox"
                checked={useCredit}
                onChange={({ target: { checked } }) => {
                  setUseCredit(checked);
                  if (checked && method === 'COD') setMethod('EWALLET');
                  requote({ useCredit: checked });
                }}
              >
                <Gift aria-hidden className="size-5 shrink-0 text-soft" />
                <Named name={t('useCredit')}>
                  {t('creditLeft', { amount: formatMoney(quote?.creditBalance, locale) })}
                </Named>
              </Choice>
            )}
            {!isPaid && (
              <div role="radiogroup" aria-label={t('payment')} className="grid gap-2">
                {methods.map(({ method: option, Icon }) => (
                  <Choice
                    key={option}
                    name="payment"
                    value={option}
                    checked={option === method}
                    // A courier is paid all of it.
                    disabled={option === 'COD' && useCredit}
                    onChange={() => setMethod(option)}
                  >
                    <Icon aria-hidden className="size-5 shrink-0 text-soft" />
                    <Named name={payments(`methods.${option}`)}>{payments(`about.${option}`)}</Named>
                  </Choice>
                ))}
              </div>
            )}
            <GiftCardSheet onRedeemed={() => requote({})} />
            {method === 'CARD' && !isPaid && (
              <SelectField
                label={t('card')}
                hint={t('cardHint')}
                value={card}
                onChange={(event) => setCard(event.target.value as typeof card)}
              >
                {testCards.map((token) => (
                  <option key={token} value={token}>
                    {payments(`cards.${token}`)}
                  </option>
                ))}
              </SelectField>
            )}
          </Card>
        </div>
        <Card className="grid gap-4 p-5 shadow-card lg:sticky lg:top-24">
          <h2 className="text-lg">{t('summary')}</h2>
          {quote ? (
            <CheckoutSummary quote={quote} stores={stores} busy={quoting} />
          ) : (
            <p className="text-soft text-sm">{t('addressFirst')}</p>
          )}
          <Button size="lg" busy={placing} disabled={!quote || quoting} onClick={place}>
            <LockKeyhole aria-hidden className="size-5" />
            {placing ? t('placing') : t('pay')}
          </Button>
          <p className="text-soft text-xs">{t('promise')}</p>
        </Card>
      </div>
    </div>
  );
}

function Named({ name, children }: { name: string; children: ReactNode }) {
  return (
    <span>
      <span className="font-semibold">{name}</span>
      <span className="block text-soft text-xs">{children}</span>
    </span>
  );
}
