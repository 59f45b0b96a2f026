import type { Message } from '../message.js';
import type { Provider } from '../provider.js';
import { eachOnce } from './each-once.js';

export interface TwilioAccount {
  /** Where its API is, e.g. `https://api.twilio.com`. */
  url: string;
  accountSid: string;
  authToken: string;
  /** A number of the account in E.164, a sender's name, or the id of a messaging service (`MG…`). */
  from: string;
}

const timeoutMs = 10_000;
/** Longer ones are cut into many parts, each of which is paid for. */
const longest = 480;

/**
 * Text messages by Twilio's Messages resource, or a provider that speaks it. It knows no idempotency key: a message whose
 * answer was lost is sent again, as the outbox of any mail server would.
 */
export function twilioProvider({ url, accountSid, authToken, from }: TwilioAccount): Provider {
  const address = new URL(`/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`, url);
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  const sender = /^MG[\da-f]{32}$/i.test(from) ? 'MessagingServiceSid' : 'From';
  return {
    channels: ['SMS'],
    send: eachOnce(async ({ recipient, text }: Message) => {
      const response = await fetch(address, {
        method: 'POST',
        headers: { Authorization: authorization },
        body: new URLSearchParams({ To: toE164(recipient), [sender]: from, Body: text.slice(0, longest) }),
        signal: AbortSignal.timeout(timeoutMs),
        redirect: 'error',
      });
      const answer = await response.text();
      if (!response.ok)
        throw new Error(`the SMS provider answered ${response.status}: ${answer.slice(0, 200)}`);
    }),
  };
}

/** People write their numbers as they like, in Indonesia mostly with a 0 for +62. */
export function toE164(phone: string): string {
  const digits = phone.replaceAll(/[^\d+]/g, '').replace(/^00/, '+');
  if (digits.startsWith('+')) return digits;
  return digits.startsWith('62') ? `+${digits}` : `+62${digits.replace(/^0/, '')}`;
}
