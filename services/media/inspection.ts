import { fileTypeFromBuffer } from 'file-type';
import { type Purpose, refuse, takesDocuments } from './media.js';

const images = new Set(['image/jpeg', 'image/png', 'image/apng', 'image/webp', 'image/gif', 'image/avif']);
const pdf = 'application/pdf';

/** Split, so that this file is not taken for what it looks for. */
const testVirus = ['$EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!'].join('');

/** What no image and no document has in it, and what a browser or a server would run. */
const active = /<script|<html|<!doctype html|<iframe|<\?php/i;
/** Archives and programs that readers find wherever they begin. Long enough not to occur by chance. */
const carried = ['Rar!\x1a\x07', '7z\xbc\xaf\x27\x1c', 'MSCF\0\0\0\0', '#!/bin/sh', '#!/bin/bash'];
/** What makes a PDF do something by itself, or carry something else. */
const activePdf = /\/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)\b/;

/**
 * What a file is, found in its bytes: neither its name nor what its sender says of it counts.
 * @throws DomainError `media.type_refused`, `media.harmful`
 */
export async function inspect(bytes: Buffer, purpose: Purpose): Promise<string> {
  // Latin-1 keeps one character a byte.
  const text = bytes.toString('latin1');
  if (text.includes(testVirus)) throw harmful('It contains a virus signature.');
  const type = (await fileTypeFromBuffer(bytes).catch(() => undefined))?.mime ?? '';
  if (!images.has(type) && !(type === pdf && takesDocuments(purpose))) {
    const wanted = takesDocuments(purpose) ? 'a JPEG, PNG, WebP, GIF or AVIF image or a PDF' : 'an image';
    throw refuse('type_refused', `This is not ${wanted}: JPEG, PNG, WebP, GIF and AVIF images are taken.`);
  }
  if (active.test(text)) throw harmful('It contains a script or a page.');
  if (carried.some((signature) => text.includes(signature)) || endsInZip(text)) {
    throw harmful('It contains another file.');
  }
  if (type !== pdf && text.slice(0, 1024).includes('%PDF-')) throw harmful('It is also a PDF.');
  if (type === pdf && activePdf.test(unescapeNames(text))) {
    throw harmful('A PDF may not run anything or carry other files.');
  }
  return type;
}

/** A ZIP (and so a JAR or an APK) is read from its end: a directory, and a record that says where it is. */
function endsInZip(text: string): boolean {
  const end = text.lastIndexOf('PK\x05\x06');
  return end >= 0 && end >= text.length - 65_557 && text.lastIndexOf('PK\x01\x02', end) >= 0;
}

/** `/J#61vaScript` is `/JavaScript` (ISO 32000-1, 7.3.5). */
function unescapeNames(text: string): string {
  return text.replace(/#([0-9a-fA-F]{2})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function harmful(detail: string) {
  return refuse('harmful', detail);
}
