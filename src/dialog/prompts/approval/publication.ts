// Step 12: asked once, on the finished text, if the call leaves anything to choose. Nothing is preselected; without an
// answer nothing leaves; publishing with names takes two steps.

import { isPartial, offeredBy, type Publication, rulesOf } from '../../../calls/publication.ts';
import type { Wording } from '../../engine/effect.ts';
import { foundIn, sayWithheld, withhold } from '../names/withheld.ts';
import { fold } from '../../understanding/fold.ts';
import { asksByMark } from '../../understanding/plain-answer.ts';
import type { Params } from '../../engine/reply.ts';
import { choicePrompt, definePrompt } from '../../engine/prompt.ts';
import { asksKeptBack, goOn } from './kept-back.ts';
import { mayRefuse } from './no-refusal.ts';
import { perhapsMeant } from '../../understanding/recognize.ts';
import { nextStep } from '../../engine/route.ts';
import type { Turn } from '../../engine/turn.ts';
import { countWords } from '../../../words.ts';

const WORDING = 'publication.ask';
/** The body's own sentence. */
const HOW_USED: Params = { sentence: { key: 'call:how-used' }, issuer: { key: 'call:issuer' } };

export const publication = choicePrompt('publication', {
  traits: { kind: 'step', guarded: true, consent: 'keep', phrase: ['public-unnamed'], needsRecordings: true },
  strict: true,
  notReported: ['public-named', 'public-unnamed'],
  values: offered,
  ask(turn) {
    const choices = offered(turn);
    if (turn.asking !== 'short') {
      sayNamesFound(turn);
      turn.say('publication.how-used', HOW_USED);
      sayRules(turn);
    }
    if (choices.length === 0) return passOn(turn);
    turn.ask(WORDING, undefined, { choices, commands: mayRefuse(turn) ? ['pause'] : ['pause', 'stop'], whole: true });
  },
  choose(turn, value) {
    const asksAgain = value === 'public-unnamed' || (value === 'public-named' && mustTakeOut(turn));
    if (asksAgain && namesFound(turn).length > 0) {
      return turn.onward({ prompt: 'names-found', ...(value === 'public-named' ? { of: value } : {}) });
    }
    return take(turn, value);
  },
  otherwise(turn, said) {
    // "No quiero que la policía lo lea" is a wish about this, not testimony.
    const { lexicon } = turn.world;
    const values = offered(turn);
    if (asksByMark(said.text) || countWords(said.text) > WISH_WORDS) return false;
    if (perhapsMeant(lexicon, turn.session.language, said.text, values) !== null) return false;
    turn.say('publication.wish', {
      confidential: values.indexOf('confidential') + 1,
      unnamed: values.indexOf('public-unnamed') + 1,
    });
    turn.again('short');
    return true;
  },
  command(turn, command) {
    if ((command !== 'next' && command !== 'skip') || turn.session.under.length === 0) return false;
    turn.resume('full');
    return true;
  },
});

function take(turn: Turn, value: string): void {
  if (value === 'public-named') return turn.onward({ prompt: 'publication-sure' });
  if (value === 'public-unnamed') return withoutNames(turn);
  return decide(turn, 'confidential', wordingOf(turn));
}

/** Other terms of the call that matter at this choice. */
function sayRules(turn: Turn): void {
  const rules = rulesOf(turn.world.call).map((rule) => ({ key: `publication.rule.${rule}` }));
  if (rules.length > 0) turn.say('publication.rules', { rules: { list: rules, by: 'line' } });
}

/** The choices of this call, in the order of the frame; none if its body publishes nothing. */
function offered({ world }: Turn): readonly Publication[] {
  return offeredBy(world.call, world.intake.choices.publication);
}

/** Nobody is asked, because the body publishes nothing. *back* does not lead here. */
function passOn(turn: Turn): void {
  turn.say('publication.none');
  turn.change({ publication: 'confidential', built: null });
  const { trail, under } = turn.session;
  if (under.length > 0) return turn.resume('full');
  turn.go(nextStep(turn, 'publication'));
  turn.session = { ...turn.session, trail };
}

/** Returns to the question who may read it, also inside a review. */
function chooseAgain(turn: Turn): void {
  if (turn.session.under.length === 0) turn.back();
  else turn.onward({ prompt: 'publication' });
}

function backCommand(turn: Turn, command: string): boolean {
  if (command !== 'back') return false;
  chooseAgain(turn);
  return true;
}

/** A longer message may be testimony. */
const WISH_WORDS = 12;

/** Publishing with names is typed out, so that no repeated tap can select it. */
export const publicationSure = definePrompt('publication-sure', {
  traits: { kind: 'step', guarded: true, consent: 'keep', needsRecordings: true },
  typed: () => ['publish'],
  ask: (turn) => turn.ask('publication.sure', undefined, { commands: ['back'] }),
  answer(turn, said) {
    if (said.typed === 'publish') return decide(turn, 'public-named', { key: 'publication.sure' });
    turn.say('publication.not-sure');
    return chooseAgain(turn);
  },
  command: backCommand,
});

function wordingOf({ world }: Turn): Wording {
  return { key: WORDING, choices: offeredBy(world.call, world.intake.choices.publication) };
}

function decide(turn: Turn, value: Publication, wording: Wording): void {
  const { publication: before } = turn.session;
  if (before !== null && before !== value) turn.remember('publication');
  turn.change({ publication: value, built: null, ...(isPartial(turn.world.call) ? { keptBack: [] } : {}) });
  turn.noteChange();
  turn.consent('publication', value, wording);
  if (asksKeptBack(turn, value)) turn.onward({ prompt: 'kept-back' });
  else goOn(turn);
}

/** A text without names cannot show a full name at its beginning. */
function withoutNames(turn: Turn): void {
  const { harmed, author } = turn.session;
  const hide = (naming: typeof harmed) => (naming.form === 'full' ? { ...naming, form: 'none' as const } : naming);
  if (harmed.form === 'full' || author.form === 'full') {
    turn.remember('harmed', 'author', 'publication');
    turn.change({ harmed: hide(harmed), author: hide(author), built: null });
    turn.say('publication.names-out', undefined, { commands: ['undo'] });
  }
  decide(turn, 'public-unnamed', wordingOf(turn));
}

function mustTakeOut({ world }: Turn): boolean {
  return world.call.publication['remove-personal-data'] === 'yes';
}

/** Names that the program finds in the text and that are not withheld; other personal data too, if it must go. */
function namesFound(turn: Turn): readonly string[] {
  const { withheld, harmed, author } = turn.session;
  const all = mustTakeOut(turn);
  const known = [...withheld, harmed.name ?? '', author.name ?? ''].map(fold).filter((name) => name !== '');
  return foundIn(turn)
    .filter(
      ({ kind, text }) =>
        (all || kind === 'person' || kind === 'officer') &&
        !known.some((name) => ` ${name} `.includes(` ${fold(text)} `)),
    )
    .flatMap(({ text }) => stillShown(text, withheld));
}

/** The words of a name that are not withheld by themselves: with "Reyes" withheld, "Daniel" of "Daniel Reyes" is left. */
function stillShown(name: string, withheld: readonly string[]): readonly string[] {
  const hidden = withheld.map((one) => ` ${fold(one)} `);
  const left = name.split(/\s+/u).filter((word) => !hidden.some((one) => one === ` ${fold(word)} `));
  return left.length === 0 ? [] : [left.join(' ')];
}

/** Shows the names that are in the text, whatever was chosen before, and offers to hide them. The author decides. */
export function sayNamesFound(turn: Turn): void {
  const { harmed, joint } = turn.session;
  const names = joint === undefined ? namesFound(turn) : [];
  if (names.length === 0) return;
  if (mustTakeOut(turn)) return turn.say('names-found.to-take-out', { text: names.join('\n') }, { commands: ['hide'] });
  const key = harmed.form === 'none' && harmed.name === undefined ? 'unnamed' : 'stand';
  turn.say(`names-found.${key}`, { text: names.join('\n') }, { commands: ['hide'] });
}

/** Public without names, but the text contains names: they are hidden, or the person says that they may stay. */
export const namesInText = choicePrompt('names-found', {
  traits: { kind: 'step', guarded: true, consent: 'keep', phrase: ['names-stay'], needsRecordings: true },
  strict: true,
  values: () => ['names-withhold', 'names-stay'],
  ask(turn) {
    const names = namesFound(turn);
    // All were hidden meanwhile: the question who may read it is left.
    if (names.length === 0) return chooseAgain(turn);
    turn.ask(
      mustTakeOut(turn) ? 'names-found.take-out' : 'names-found.ask',
      { text: names.join('\n') },
      { choices: ['names-withhold', 'names-stay'], commands: ['back'], whole: true },
    );
  },
  choose(turn, value) {
    if (value === 'names-withhold') {
      // *undo* would show them again in a text without names, so it also asks again who may read it.
      const names = namesFound(turn);
      turn.remember('publication');
      withhold(turn, names);
      sayWithheld(turn, names);
    }
    take(turn, turn.session.at.of ?? 'public-unnamed');
  },
  command: backCommand,
});

/** "Without names" was chosen, but a withheld word could not be removed everywhere. */
export const standing = choicePrompt('standing', {
  traits: { kind: 'step', guarded: true, consent: 'keep', phrase: [], needsRecordings: true },
  values: standingChoices,
  ask(turn) {
    const { key, params, choices } = standingWording(turn);
    turn.ask(key, params, { choices });
  },
  choose(turn, value) {
    if (value === 'standing-confidential') return decide(turn, 'confidential', standingWording(turn));
    turn.go({ prompt: 'send' });
    turn.aside({ prompt: 'review' });
  },
});

function standingChoices(turn: Turn): readonly string[] {
  return mayRefuse(turn) ? ['standing-review', 'standing-confidential'] : ['standing-review'];
}

function standingWording(turn: Turn) {
  const { of: words = '' } = turn.session.at;
  return { key: 'standing.ask', params: { words }, choices: standingChoices(turn), quotes: true } as const;
}
