// The ways to a call for people: its link with a QR code for print, its word, and a link into WhatsApp.

import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { renderSVG, renderUnicodeCompact } from 'uqr';
import { isPast } from '../calls/call.ts';
import { whyNotServed } from '../calls/why-not-served.ts';
import { loadGoodCalls } from '../calls/load-calls.ts';
import { readConfig } from '../config/config.ts';
import { shownPath } from './call-place.ts';
import { DIALOGS, LOCALES } from './call-roots.ts';
import { type Given, type Io, OperatorError, UsageError } from './command.ts';

interface LinkGiven {
  readonly svg?: string | undefined;
  readonly whatsapp?: string | undefined;
}

/** Prints them, also for a call that is not open yet: leaflets are printed before. */
export function callLink(
  { values: { svg, whatsapp }, positionals: [id = ''] }: Given<LinkGiven>,
  io: Io,
): Promise<number> {
  const number = whatsapp?.replaceAll(/[\s().-]/gu, '') ?? null;
  if (number !== null && !/^\+[1-9]\d{6,14}$/u.test(number)) {
    throw new UsageError('--whatsapp: the number of the account, with + and its country');
  }
  const { calls } = loadGoodCalls(DIALOGS, LOCALES);
  const call = calls.find((one) => one.id === id);
  if (call === undefined) {
    const known = calls.map((one) => one.id).join(', ') || 'none';
    throw new OperatorError(`There is no call "${id}" that can be read. There are: ${known}.`);
  }
  const { config } = readConfig(io.environment);
  const link = new URL(`c/${call.id}`, config.publicUrl).href;
  const word = call.word ?? call.id;
  io.say(`link      ${link}`);
  io.say(`word      ${word}   (the first message in a messenger, alone)`);
  if (number !== null) io.say(`WhatsApp  https://wa.me/${number.slice(1)}?text=${encodeURIComponent(word)}`);
  io.say('');
  io.say(renderUnicodeCompact(link, { border: 2 }));
  if (svg !== undefined) {
    const file = resolve(svg);
    writeFileSync(file, renderSVG(link, { border: 4 }));
    io.say(`Written: ${shownPath(file)}`);
  }
  if (io.environment['PUBLIC_URL'] === undefined)
    io.warn('PUBLIC_URL is not set: this link works on this machine only.');
  const why = whyNotServed(call);
  if (why !== null)
    io.warn(`This call cannot be served as it stands (${why}): the link says so. See griot call check.`);
  else if (call.status === 'closed' || isPast(call, new Date().toISOString())) {
    io.warn('This call is over: the link says so, unless CALL names it and late texts are taken.');
  }
  return Promise.resolve(0);
}
