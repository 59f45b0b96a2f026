/** How messages are sent. */
export type DeliveryChannel = 'EMAIL' | 'SMS' | 'PUSH';
/** How people are told; what is told in the app needs no sending. */
export type Channel = DeliveryChannel | 'IN_APP';
export type Locale = 'id' | 'en';

export function toLocale(language: string | undefined): Locale {
  return language === 'en' ? 'en' : 'id';
}

export interface MoneyText {
  /** Minor units. */
  amount: string;
  currency: string;
}

/** What templates may speak of. JSON: it is kept with the message. */
export interface Params {
  name?: string;
  number?: string;
  orderId?: string;
  total?: MoneyText;
  lines?: { title: string; quantity: number; total: MoneyText }[];
  reason?: string;
  carrier?: string;
  trackingNumber?: string;
  virtualAccount?: string;
  bank?: string;
  /** The end of its number. */
  account?: string;
  qrPayload?: string;
  /** ISO 8601. */
  expiresAt?: string;
  token?: string;
  title?: string;
  oldPrice?: MoneyText;
  productId?: string;
  variantId?: string;
  count?: number;
  url?: string;
  /** Of a product, by their names in the contract. */
  fields?: string[];
}

/** Of an in-app message. */
export interface InAppParams extends Params {
  /** Of one that was made before they were worded for their reader: as it was. */
  worded?: { title: string; body: string; link: string };
}

/** A message that is to be made of a template for one person on one channel. */
export interface Intent {
  eventId: string;
  template: string;
  channel: Channel;
  userId?: string;
  /** For those of this store whom the template concerns. */
  sellerId?: string;
  /** For people who have no profile yet. */
  recipient?: string;
  locale?: string;
  /** They help run a store, and need not know what its owner has to. */
  forStaff?: boolean;
  params: Params;
}

/** A finished message. */
export interface Message {
  /** Of its delivery: providers may use it to send once. */
  id: string;
  channel: DeliveryChannel;
  userId: string | undefined;
  recipient: string;
  subject: string;
  text: string;
  html: string;
  locale: Locale;
  template: string;
  /** Path in the storefront. */
  link: string;
}

/** Back-off before the next attempt, doubling from a second to an hour. */
export function retryDelayMs(attempts: number): number {
  return Math.min(3_600_000, 1000 * 2 ** Math.max(0, attempts - 1));
}
