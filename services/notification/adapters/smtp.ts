import type { Transporter } from 'nodemailer';
import type { Provider } from '../provider.js';
import { eachOnce } from './each-once.js';

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
  return {
    channels: ['EMAIL'],
    send: eachOnce(async ({ id, recipient, subject, text, html, template }) => {
      transport ??= open();
      const pool = await transport;
      await pool.sendMail({
        to: { name: '', address: recipient },
        ...{ subject, text, html, messageId: `<${id}@${domain}>` },
        // RFC 3834: nobody's holiday mail should answer.
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Pasar-Template': template },
        // A template never names a file or an address to be fetched.
        ...{ disableFileAccess: true, disableUrlAccess: true },
      });
    }),
    close: () => void transport?.then((pool) => pool.close()),
  };
}
