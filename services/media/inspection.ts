import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileTypeFromBuffer } from 'file-type';
import { type Purpose, refuse, takesDocuments, takesVideos } from './media.js';
import { mp4 } from './videos.js';

const images = new Set(['image/jpeg', 'image/png', 'image/apng', 'image/webp', 'image/gif', 'image/avif']);
const pdf = 'application/pdf';

/** Split, so that this file is not taken for what it looks for. */
const testVirus = ['$EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!'].join('');

/** What no image and no document has in it, and what a browser or a server would run. */
const active = /<script|<html[\s>]|<!doctype html|<iframe|<\?php\s/i;
/** Archives and programs that readers find wherever they begin. Long enough not to occur by chance. */
const carried = ['Rar!\x1a\x07', '7z\xbc\xaf\x27\x1c', 'MSCF\0\0\0\0', '#!/bin/sh', '#!/bin/bash'];
/** What makes a PDF do something by itself, or carry something else. */
const activePdf = /\/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)\b/;

/** Looked through at a time: half a millisecond, between which others have their turn. */
const windowBytes = 2 ** 18;
/** The longest of what is looked for is shorter. */
const overlap = 100;

/**
 * What a file is, found in its bytes: neither its name nor what its sender says of it counts.
 * @throws DomainError `media.type_refused`, `media.harmful`
 */
export async function inspect(bytes: Buffer, purpose: Purpose): Promise<string> {
  const type = (await fileTypeFromBuffer(bytes).catch(() => undefined))?.mime ?? '';
  const found = { virus: false, active: false, carried: false, activePdf: false };
  for (let at = 0; at < bytes.length; at += windowBytes) {
    // Latin-1 keeps one character a byte.
    const text = bytes.toString('latin1', at, at + windowBytes + overlap);
    found.virus ||= text.includes(testVirus);
    found.active ||= active.test(text);
    found.carried ||= carried.some((signature) => text.includes(signature));
    found.activePdf ||= type === pdf && activePdf.test(unescapeNames(text));
    await nextTurn();
  }
  if (found.virus) throw harmful('It contains a virus signature.');
  const isTaken =
    images.has(type) || (type === pdf && takesDocuments(purpose)) || (type === mp4 && takesVideos(purpose));
  if (!isTaken) {
    const more = takesDocuments(purpose)
      ? ' and PDF documents'
      : takesVideos(purpose)
        ? ' and MP4 videos'
        : '';
    throw refuse(
      'type_refused',
      `JPEG, PNG, WebP, GIF and AVIF images${more} are taken, and this is something else.`,
    );
  }
  if (found.active) throw harmful('It contains a script or a page.');
  if (found.carried || endsInZip(bytes)) throw harmful('It contains another file.');
  if (type !== pdf && bytes.subarray(0, 1024).includes('%PDF-')) throw harmful('It is also a PDF.');
  if (found.activePdf) throw harmful('A PDF may not run anything or carry other files.');
  return type;
}

/** A ZIP (and so a JAR or an APK) is read from its end: a directory, and a record that says where it is. */
function endsInZip(bytes: Buffer): boolean {
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  return end >= 0 && end >= bytes.length - 65_557 && bytes.lastIndexOf('PK\x01\x02', end, 'latin1') >= 0;
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
