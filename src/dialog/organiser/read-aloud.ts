// Before a contributor's text is sent it is read back to them in their language, and they agree to exactly this text.
// The reader, the way, the time and the language are kept with their consents.

import { agreedText } from '../engine/draft-from.ts';
import { choice, choicePrompt, definePrompt } from '../engine/prompt.ts';
import { readersInWords } from '../engine/kept-back.ts';
import { nextStep } from '../engine/route.ts';
import type { Turn } from '../engine/turn.ts';
import type { Said } from '../engine/world.ts';
import { READ_BACK, type Teller } from './gathered.ts';
import { nameOf } from './gathering.ts';
import { allStillAgree, sentTogether } from './joint-members.ts';
import { aloudIn, languageName } from './teller.ts';
import { answersNoName, isPlainName, languageChoice } from './typed-answers.ts';
import { sayItIsPublished } from '../prompts/approval/no-refusal.ts';
import { sendToOverLimit, showAll } from '../prompts/approval/read-back.ts';
import { askAboutPlaces } from '../prompts/names/name-places.ts';
import { showCode } from '../understanding/commands.ts';
import { cleanName, fold } from '../understanding/fold.ts';
import { isNoLabel, withoutLead } from '../understanding/names/typed-name.ts';

function fingerprintOfText(turn: Turn): string {
  return turn.world.fingerprint(agreedText(turn.session, turn.parts(), turn.world.call));
}

/** True if exactly this text was read back to its contributor and agreed to; people who write for themselves need no reader. */
export function isAgreed(turn: Turn): boolean {
  const { teller, gathers } = turn.session;
  if (turn.session.joint !== undefined) return allStillAgree(turn);
  return gathers === undefined || teller?.readBack?.of === fingerprintOfText(turn);
}

function change(turn: Turn, changed: Partial<Teller>): void {
  const { teller } = turn.session;
  if (teller !== undefined) turn.change({ teller: { ...teller, ...changed } });
}

export const readerName = definePrompt('reader-name', {
  traits: { kind: 'step', guarded: false, consent: 'keep' },
  literal: true,
  ask(turn) {
    if (askAboutPlaces(turn)) return;
    if (isAgreed(turn)) return turn.go(nextStep(turn, 'reader-name'));
    turn.ask('gathering.reader', { name: nameOf(turn) }, { commands: ['pause'] });
  },
  answer(turn, said) {
    if (said.typed !== null) {
      turn.say('typed-not-here');
      return turn.again('short');
    }
    takeReader(turn, said);
  },
  command: mustAnswer,
});

function takeReader(turn: Turn, said: Said): void {
  if (answersNoName(turn, said, 'gathering.reader-why')) return;
  const by = cleanName(withoutLead(turn.world.lexicon, said.text));
  if (isNoLabel(by) || by.length > 60 || fold(by).split(' ').length > 8) {
    turn.say('names.unfit');
    return turn.again('short');
  }
  if (!isPlainName(turn, by)) return turn.go({ prompt: 'reader-check', of: by });
  readBy(turn, by);
}

function readBy(turn: Turn, by: string): void {
  change(turn, { reader: { by } });
  turn.go({ prompt: 'reader-how' });
}

/** Words that may be no name are said back before they count as the reader's. */
export const readerCheck = choicePrompt('reader-check', {
  traits: { kind: 'step', guarded: false, consent: 'keep', phrase: [] },
  values: () => ['yes', 'no'],
  ask(turn) {
    const { of } = turn.session.at;
    if (of === undefined) return turn.go({ prompt: 'reader-name' });
    turn.ask('gathering.reader-sure', { by: of }, { choices: ['yes', 'no'], whole: true });
  },
  choose(turn, value) {
    const { of } = turn.session.at;
    if (value === 'yes' && of !== undefined) readBy(turn, of);
    else turn.go({ prompt: 'reader-name' });
  },
  otherwise(turn, said) {
    takeReader(turn, said);
    return true;
  },
  command: mustAnswer,
});

const HOW = READ_BACK.map((how) => `read-${how}`);

export const readerHow = choicePrompt('reader-how', {
  traits: { kind: 'step', guarded: false, consent: 'keep', phrase: [] },
  values: () => HOW,
  ask: (turn) => turn.ask('gathering.how', { name: nameOf(turn) }, { choices: HOW }),
  choose(turn, value) {
    const how = READ_BACK.find((one) => value === `read-${one}`) ?? 'aloud';
    change(turn, { reader: { by: turn.session.teller?.reader?.by ?? '', how } });
    turn.go({ prompt: 'reader-language' });
  },
  command: mustAnswer,
});

export const readerLanguage = definePrompt('reader-language', {
  traits: { kind: 'step', guarded: false, consent: 'keep', phrase: [] },
  asksLanguage: true,
  ...languageChoice({
    prompt: 'reader-language',
    text: 'gathering.how-language',
    choose: (turn, told) => turn.go({ prompt: 'reader-agrees', of: told }),
    command: mustAnswer,
  }),
});

const AGREED = 'gathering.aloud-send';

/** The whole text as it will leave, then the question, both to be read to them. */
export const readerAgrees = definePrompt('reader-agrees', {
  traits: { kind: 'step', guarded: true, consent: 'keep', phrase: [] },
  ...choice({
    strict: true,
    values: () => ['agrees-yes', 'agrees-no'],
    ask(turn) {
      if (turn.asking === 'short') return askWhether(turn);
      turn.effects.push({ kind: 'build', final: false, file: false });
    },
    choose(turn, value) {
      if (value === 'agrees-yes') return agreed(turn);
      turn.say('gathering.not-agreed');
      turn.session = { ...turn.session, at: { prompt: 'read-back' } };
      turn.aside({ prompt: 'review' });
    },
    command: mustAnswer,
  }),
  built(turn, document) {
    if (document.sections.length === 0) {
      turn.say('read-back.empty');
      return turn.go({ prompt: 'story' });
    }
    if (sendToOverLimit(turn, document)) return;
    turn.say('gathering.read-text', { name: nameOf(turn) });
    showAll(turn, document);
    sayItIsPublished(turn, 'again', aloudIn(turn));
    turn.say(AGREED, aloudParams(turn), { language: aloudIn(turn) });
    askWhether(turn);
  },
});

function aloudParams(turn: Turn) {
  return { publication: readersInWords(turn) };
}

function askWhether(turn: Turn): void {
  turn.ask('gathering.agrees', { name: nameOf(turn) }, { choices: ['agrees-yes', 'agrees-no'] });
}

function agreed(turn: Turn): void {
  const { teller, at } = turn.session;
  if (teller === undefined) return;
  const { reader, ...rest } = teller;
  const { by, how = 'aloud' } = reader ?? { by: '' };
  const language = at.of ?? teller.told ?? turn.session.language;
  const readBack = { by, how, language, at: turn.event.at, of: fingerprintOfText(turn) };
  turn.change({ teller: { ...rest, readBack } });
  const value = JSON.stringify({ by, how, language });
  turn.consent('read-back', value, { key: AGREED, params: aloudParams(turn) }, 'author', aloudIn(turn));
  turn.say('gathering.agreed', { name: nameOf(turn), language: languageName(language) });
  giveCode(turn);
  turn.go(nextStep(turn, 'reader-name'));
}

/** The person gets it with the first yes, and it is valid as long as the text is kept. */
function giveCode(turn: Turn): void {
  const { teller } = turn.session;
  if (teller === undefined || teller.code === true) return;
  const code = turn.world.newCode('withdrawal');
  turn.effects.push({ kind: 'code.make', code: { kind: 'withdrawal', code, to: 'person', until: null } });
  turn.change({ teller: { ...teller, code: true } });
  const shown = showCode(code);
  turn.say('codes.withdrawal', { code: shown, name: nameOf(turn) }, { secret: shown });
}

function mustAnswer(turn: Turn, command: string): boolean {
  if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
  turn.say('gathering.must-read');
  turn.again('short');
  return true;
}

/** Agreed to, and waiting for others to join; it can also go alone. */
export const ready = definePrompt('ready', {
  traits: { kind: 'step', guarded: false, consent: 'keep' },
  ask(turn) {
    if (!isAgreed(turn)) return turn.go({ prompt: 'reader-name' });
    if (sentTogether(turn) !== null) return turn.ask('jointly.sent-there', undefined, { commands: ['cases'] });
    turn.ask('joint.ready', { name: nameOf(turn) }, { commands: ['together', 'next', 'new', 'cases'] });
  },
  answer(turn) {
    if (sentTogether(turn) !== null) return turn.again('full');
    turn.say('joint.rests');
    turn.again('short');
  },
  command(turn, command) {
    if (command !== 'next') return false;
    turn.go({ prompt: 'send' });
    return true;
  },
});
