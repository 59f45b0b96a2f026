import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { smtpProvider } from './adapters/smtp.js';
import type { Message } from './message.js';

let mails: { to: string; text: string }[] = [];
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo: ({ address }, _session, done) =>
    done(address.startsWith('refused') ? new Error('no such mailbox') : null),
  onData(stream, session, done) {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('end', () => {
      mails.push({ to: session.envelope.rcptTo[0]!.address, text: Buffer.concat(chunks).toString() });
      done();
    });
  },
});
let provider: ReturnType<typeof smtpProvider>;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as { port: number };
  provider = smtpProvider(`smtp://127.0.0.1:${port}`, 'Pasar <no-reply@pasar.example>');
});
afterAll(async () => {
  provider.close();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});
beforeEach(() => {
  mails = [];
});

function message(recipient: string, bend: Partial<Message> = {}): Message {
  const id = crypto.randomUUID();
  const content = { subject: 'Pesanan Anda ✓', text: 'Halo', html: '<p>Halo</p>', link: '/orders' };
  const to = { id, recipient, channel: 'EMAIL' as const, userId: undefined, locale: 'id' as const };
  return { ...to, ...content, template: 'order-confirmed', ...bend };
}

it('sends a mail with both of its bodies and an id that follows from the delivery', async () => {
  const sent = message('sari@example.test');
  await provider.send([sent]);
  expect(mails).toHaveLength(1);
  expect(mails[0]).toMatchObject({ to: 'sari@example.test' });
  expect(mails[0]!.text).toContain(`Message-ID: <${sent.id}@pasar.example>`);
  expect(mails[0]!.text).toContain('multipart/alternative');
  expect(mails[0]!.text).toContain('From: Pasar <no-reply@pasar.example>');
});

it('takes nobody else into a mail, whatever a name or a subject holds', async () => {
  const bad = message('sari@example.test', { subject: 'Hi\r\nBcc: thief@example.test' });
  await provider.send([bad]);
  expect(mails.map(({ to }) => to)).toEqual(['sari@example.test']);
  expect(mails[0]!.text).not.toMatch(/^Bcc:/m);
  await expect(provider.send([message('a@example.test, thief@example.test')])).rejects.toThrow();
  expect(mails.map(({ to }) => to)).not.toContain('thief@example.test');
});

it('sends the others when one is refused, and not again when they come again', async () => {
  const batch = [message('one@example.test'), message('refused@example.test'), message('two@example.test')];
  await expect(provider.send(batch)).rejects.toThrow('no such mailbox');
  for (const one of [batch[0]!, batch[2]!]) await provider.send([one]);
  await expect(provider.send([batch[1]!])).rejects.toThrow();
  expect(mails.map(({ to }) => to).toSorted()).toEqual(['one@example.test', 'two@example.test']);
});
