import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { toE164, twilioProvider } from './adapters/twilio.js';
import type { Message } from './message.js';
import type { Provider } from './provider.js';

let sent: { path: string; authorization: string; body: Record<string, string> }[] = [];
const server = createServer(async (request: IncomingMessage, response) => {
  let text = '';
  for await (const chunk of request) text += chunk;
  const body = Object.fromEntries(new URLSearchParams(text));
  const isRefused = body.To === '+6200';
  if (!isRefused)
    sent.push({ path: request.url ?? '', authorization: request.headers.authorization ?? '', body });
  response.writeHead(isRefused ? 400 : 201, { 'content-type': 'application/json' });
  response.end(JSON.stringify(isRefused ? { code: 21211, message: 'Invalid To' } : { sid: 'SM1' }));
});
let provider: Provider;
let url: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  provider = twilioProvider({ url, accountSid: 'AC1', authToken: 'secret', from: '+12025550123' });
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  sent = [];
});

function message(recipient: string, text = 'Bayar Rp 10.000 ✓'): Message {
  const id = crypto.randomUUID();
  const content = { subject: 'Pesanan', text, html: '', link: '/orders', template: 'payment-pending' };
  return { id, recipient, channel: 'SMS', userId: undefined, locale: 'id', ...content };
}

it('sends a text message as the provider wants it', async () => {
  await provider.send([message('0812-3456 7890')]);
  expect(sent).toEqual([
    {
      path: '/2010-04-01/Accounts/AC1/Messages.json',
      authorization: `Basic ${Buffer.from('AC1:secret').toString('base64')}`,
      body: { To: '+6281234567890', From: '+12025550123', Body: 'Bayar Rp 10.000 ✓' },
    },
  ]);
  const from = `MG${'a'.repeat(32)}`;
  await twilioProvider({ url, accountSid: 'AC1', authToken: 'x', from }).send([
    message('+62 811', 'a'.repeat(900)),
  ]);
  expect(sent[1]?.body).toMatchObject({ MessagingServiceSid: from, Body: 'a'.repeat(480) });
});

it('says what the provider refused, and sends the others once', async () => {
  const [good, bad] = [message('+62811'), message('+6200')];
  for (let i = 0; i < 2; i++)
    await expect(provider.send([good, bad])).rejects.toThrow(/answered 400.*Invalid To/);
  expect(sent).toHaveLength(1);
  await provider.send([good]);
  expect(sent).toHaveLength(1);
});

it.each([
  ['0812 345', '+62812345'],
  ['62812345', '+62812345'],
  ['+1 (202) 555-0123', '+12025550123'],
  ['0044 20 7946', '+44207946'],
  ['812345', '+62812345'],
])('reads the number %j', (phone, number) => {
  expect(toE164(phone)).toBe(number);
});
