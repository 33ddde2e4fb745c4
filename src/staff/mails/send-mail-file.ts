// What lies in a mail, to be saved and never opened here: no type that a browser draws, a name of ours, an ending that no
// machine runs. web/security-headers.ts puts it into a sandbox as well.

import type { Context } from 'hono';
import { readFileOf } from '../../mail/inbound/read-mail.ts';
import type { FiledMail } from '../../store/mail/mails-in-port.ts';
import type { Desk } from '../desk.ts';
import { notice } from '../notice-page.ts';
import type { StaffEnv } from '../signed-in.ts';

/** Endings that programs for reading open; everything else is saved as bytes. */
const ENDINGS = new Set(
  'pdf doc docx odt rtf txt csv xls xlsx ods ppt pptx odp eml ics png jpg jpeg gif tif tiff heic webp mp3 ogg m4a wav mp4 zip'.split(
    ' ',
  ),
);

/** `which`: "whole", or the file's number from 1. */
export async function sendMailFile(c: Context<StaffEnv>, desk: Desk, mail: FiledMail, which: string) {
  const name = (mail.reference ?? 'mail').replaceAll(/[^A-Za-z0-9-]/g, '');
  if (which === 'whole') return save(c, `${name}.eml`, mail.bytes);
  const index = /^[1-9]\d?$/.test(which) ? Number(which) - 1 : -1;
  const file = mail.files[index];
  const bytes = file === undefined ? null : await readFileOf(mail.bytes, index);
  if (file === undefined || bytes === null) return notice(c, desk, 404, 'notFound');
  return save(c, `${name}-${which}.${endingOf(file.name)}`, bytes);
}

function endingOf(name: string): string {
  const ending = /\.(\w{1,5})$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return ENDINGS.has(ending) ? ending : 'bin';
}

function save(c: Context<StaffEnv>, name: string, bytes: Uint8Array) {
  return c.body(new Uint8Array(bytes), 200, {
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': `attachment; filename="${name}"`,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
}
