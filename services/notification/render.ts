import { DomainError } from '@pasar/platform/errors';
import type { Channel, Locale, Params } from './message.js';
import { type Format, formatFor } from './template.js';
import { templates } from './templates.js';

export interface Rendered {
  subject: string;
  text: string;
  html: string;
  link: string;
}

const formats: Record<Locale, Format> = { id: formatFor('id'), en: formatFor('en') };

/** Text for short channels, text and HTML for mail. Every value is escaped: names are what strangers typed. */
export function render(
  name: string,
  channel: Channel,
  locale: Locale,
  params: Params,
  shopUrl: string,
): Rendered {
  const template = templates[name];
  if (!template) throw new DomainError('template.not_found', 'not_found', `There is no template ${name}.`);
  const format = formats[locale];
  const shown = inOneLine(params);
  const { subject, body } = template.texts[locale](shown, format);
  const link = template.link(params);
  const lines = (shown.lines ?? []).map(
    (line) => `${line.quantity} × ${line.title}  ${format.money(line.total)}`,
  );
  const paragraphs = body.flatMap((paragraph) =>
    paragraph === 'lines' ? (lines.length ? [lines.join('\n')] : []) : [paragraph],
  );
  const url = new URL(link, shopUrl).href;
  if (channel !== 'EMAIL') {
    // Greetings are for letters.
    const short = paragraphs.slice(1).join(' ').replaceAll('\n', ', ');
    return { subject, text: channel === 'SMS' ? `Pasar: ${short}`.slice(0, 459) : short, html: '', link };
  }
  return {
    subject,
    text: `${paragraphs.join('\n\n')}\n\n${url}\n`,
    html: toHtml(subject, paragraphs, url, locale),
    link,
  };
}

/** An in-app message; one whose template is gone says only what it was about. */
export function inApp(name: string, locale: Locale, params: Params, shopUrl: string) {
  if (!templates[name]) return { title: name, body: '', link: '/' };
  const { subject: title, text: body, link } = render(name, 'IN_APP', locale, params, shopUrl);
  return { title, body, link };
}

function toHtml(subject: string, paragraphs: string[], url: string, locale: Locale): string {
  const blocks = paragraphs
    .map((paragraph) => `<p style="margin:0 0 16px">${escapeHtml(paragraph).replaceAll('\n', '<br>')}</p>`)
    .join('');
  const open = locale === 'id' ? 'Buka di Pasar' : 'Open in Pasar';
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;background:#faf6f0;font:16px/1.5 system-ui,sans-serif;color:#2b2320">
<div style="max-width:560px;margin:0 auto;padding:32px 24px">
<div style="font-weight:700;font-size:20px;color:#9a3b1f;margin-bottom:24px">Pasar</div>
<div style="background:#fff;border-radius:12px;padding:24px">${blocks}
<a href="${escapeHtml(url)}" style="display:inline-block;background:#9a3b1f;color:#fff;padding:10px 18px;border-radius:8px;text-decoration:none">${open}</a></div>
</div></body></html>`;
}

/** A line break in a name would start a header of its own in a mail's subject, and one in a title a line of its own. */
function inOneLine({ lines, ...params }: Params): Params {
  const flat = Object.entries(params).map(([key, value]) => [
    key,
    typeof value === 'string' ? toLine(value) : value,
  ]);
  return {
    ...Object.fromEntries(flat),
    lines: lines?.map((line) => ({ ...line, title: toLine(line.title) })),
  };
}

function toLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
