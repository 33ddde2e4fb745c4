// Texts as a person sees them: the body and the terms of the first call filled in, and a value for every other place.

import { callFilesIn, readCallFiles } from '../../src/calls/load-calls.ts';
import { inEveryLanguage } from '../../src/calls/catalogue.ts';
import { DIALOGS } from '../../src/cli/call-roots.ts';
import type { Language } from '../../src/languages.ts';
import { loadCatalogue, LOCALES, templatesOf } from '../../src/texts/catalogues.ts';
import { momentFormat } from '../../src/texts/local-format.ts';
import { callFiller } from '../../src/texts/terms.ts';

const MOMENT = new Date('2026-11-24T20:05:00Z');

const SAMPLES: Readonly<Record<string, string>> = {
  org: 'Casa Exemplo',
  operator: 'Casa Exemplo',
  phone: '+00 000 000',
  reference: 'GR-7K3Q9X',
  code: 'ABCD-EFGH-JKMN',
  recipient: 'inputs@body.example',
  server: 'mx.body.example',
  host: 'mx.body.example',
  url: 'https://casa.example',
  name: 'Ana',
  text: '…',
  title: '…',
};

export type Appears = (text: string) => string;

/** Fills the texts of one language. */
export function appearsIn(language: Language): Appears {
  const bot = templatesOf(loadCatalogue('bot')[language]);
  const [call] = callFilesIn(DIALOGS, LOCALES).map(readCallFiles);
  const fillCall =
    call?.call === undefined || call.call === null
      ? (text: string) => text
      : callFiller(language, (key) => bot.get(key), {
          call: call.call,
          catalogues: inEveryLanguage(call.files.id, call.catalogues),
        });
  const day = momentFormat(language, { dateStyle: 'long', timeZone: 'UTC' })(MOMENT);
  const hour = momentFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' })(
    MOMENT,
  );
  const unitOf = (unit: string) => (bot.get(`units.${unit}_other`) ?? '{{count}}').replace('{{count}}', '12');
  return (text) =>
    fillCall(text)
      .replace(/\{\{\w+, (\w+)\}\}/gu, (_, unit: string) => unitOf(unit))
      .replace(/\{\{(\w+)\}\}/gu, (_, name: string) => {
        if (/date/iu.test(name)) return day;
        if (/time|until/iu.test(name)) return hour;
        return (
          SAMPLES[name] ??
          (/^(?:number|count|limit|left|more|over|last|of|told|words|pages|first|least|days|total)$/u.test(name)
            ? '12'
            : `‹${name}›`)
        );
      });
}
