// The texts of the page to print, from the same catalogues and with the same parameters as the bot's.

import { type CallForInputs, topicsOf } from '../calls/call.ts';
import { leastOf, offeredBy, termsOf } from '../calls/publication.ts';
import { numbered } from '../calls/questionnaire.ts';
import type { Printed } from '../channels/web-chat/ports.ts';
import type { Intake } from '../dialog/engine/intake.ts';
import type { Params } from '../dialog/engine/reply.ts';
import type { Operator } from '../dialog/engine/world.ts';
import { READ_BACK } from '../dialog/organiser/gathered.ts';
import { type Language, LANGUAGES } from '../languages.ts';
import type { Translate } from '../texts/translate.ts';

type Us = Pick<Operator, 'name' | 'phone' | 'trial' | 'idleDays' | 'closedDays'>;

const ASKS = ['asks-government', 'asks-experts', 'good', 'else'];

/** For this call, in the order in which the bot offers things. */
export function buildPrinted(
  { call, hash }: { readonly call: CallForInputs; readonly hash: string },
  operator: Us,
  { choices }: Intake,
  translate: Translate,
) {
  const { name: org, phone, trial, idleDays: idle, closedDays: closed } = operator;
  const us: Params = { org, phone: phone ?? { key: 'hello.no-phone' }, idle, closed };
  return (language: Language): Printed => {
    const say = (key: string, params?: Params) =>
      translate(language, params === undefined ? { key } : { key, params }, hash);
    const labels = (values: readonly string[]) => values.map((value) => say(`choices.${value}`));
    const offered = offeredBy(call, choices.publication);
    const sent = offered.length === 0 ? [leastOf(call)] : offered;
    return {
      who: say(trial ? 'printed.who-trial' : 'printed.who', us),
      withdraw: say('printed.withdraw', us),
      beforeKeep: termsOf(call).wish === 'refused' ? unmarked(say('publication.before')) : null,
      keep: say('gathering.aloud-keep', us),
      keepAnswers: labels(['teller-yes', 'teller-minor', 'teller-no']),
      call: say('call:short'),
      story: say('printed.story'),
      topics: topicsOf(call).map(({ id, number }) => ({
        id,
        name: numbered(number, say(`call:topics.${id}.short`)),
        hints: say(`call:topics.${id}.hints.family`),
      })),
      asks: ASKS.filter((id) => id !== 'else' || call.response['anything-else'] !== 'no').map((id) => {
        const [name = '', ...hints] = asked(say(`${id}.ask`));
        return { id, name, hints: hints.length === 0 ? null : hints.join(' ') };
      }),
      howUsed: say('publication.how-used', { sentence: { key: 'call:how-used' }, issuer: { key: 'call:issuer' } }),
      publication: unmarked(say(offered.length === 0 ? 'publication.none' : 'publication.ask')),
      publicationHow: say('printed.publication-how'),
      publicationChoices: offered.map((value) => ({
        label: say(`choices.${value}`),
        sure: value === 'public-named' ? unmarked(say('publication.sure')) : null,
      })),
      sends: sent.map((value) => ({
        label: say(`choices.${value}`),
        send: say('gathering.aloud-send', { publication: { key: `publication.label.${value}` } }),
      })),
      names: labels(['full', 'initials', 'none']),
      languages: labels(LANGUAGES.map((one) => `language-${one}`)),
      readBack: labels(READ_BACK.map((how) => `read-${how}`)),
      sendAnswers: labels(['agrees-yes', 'agrees-no']),
    };
  };
}

/** The sentences of a question, without those that name a word to type, which paper cannot take. */
function asked(text: string): string[] {
  return text.split(/(?<=[.?!])\s+/u).filter((sentence) => !sentence.includes('*'));
}

/** Removes the chat's *marks* of words to type; the words stay. */
function unmarked(text: string): string {
  return text.replaceAll(/\*([^*]+)\*/gu, '$1');
}
