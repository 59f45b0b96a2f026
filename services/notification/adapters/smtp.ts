import type { Transporter } from 'nodemailer';
import type { Message } from '../message.js';
import type { Provider } from '../provider.js';

const remembered = 10_000;

/**
 * E-mail by SMTP (RFC 5321). A mail's Message-ID follows from its delivery, so that a mail that was sent twice, because
 * the answer to the first was lost, is one to most mailboxes.
 * @param url e.g. `smtps://name:password@smtp.example.com`
 * @param from e.g. `Pasar <no-reply@example.com>`
 */
export function smtpProvider(url: string, from: string): Provider & { close(): void } {
  let transport: Promise<Transporter> | undefined;
  // The library is loaded with the first mail: most servers on laptops never send one.
  const open = async (): Promise<Transporter> => {
    const { createTransport } = await import('nodemailer');
    const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };
    return createTransport({ url, pool: true, maxConnections: 3, ...timeouts }, { from });
  };
  const domain = /@([^\s>]+)/.exec(from)?.[1] ?? 'localhost';
  // When one of several fails they all come again: those that went are passed over.
  const sent = new Set<string>();
  return {
    channels: ['EMAIL'],
    async send(messages: Message[]) {
      transport ??= open();
      const pool = await transport;
      const results = await Promise.allSettled(
        messages
          .filter(({ id }) => !sent.has(id))
          .map(async ({ id, recipient, subject, text, html, template }) => {
            await pool.sendMail({
              to: { name: '', address: recipient },
              ...{ subject, text, html, messageId: `<${id}@${domain}>` },
              // RFC 3834: nobody's holiday mail should answer.
              headers: { 'Auto-Submitted': 'auto-generated', 'X-Pasar-Template': template },
              // A template never names a file or an address to be fetched.
              ...{ disableFileAccess: true, disableUrlAccess: true },
            });
            sent.add(id);
          }),
      );
      for (const id of sent) {
        if (sent.size <= remembered) break;
        sent.delete(id);
      }
      const failed = results.find(({ status }) => status === 'rejected') as PromiseRejectedResult | undefined;
      if (failed) throw failed.reason;
    },
    close: () => void transport?.then((pool) => pool.close()),
  };
}
