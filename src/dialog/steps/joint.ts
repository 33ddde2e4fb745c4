// Several people in one document, under one limit. Only texts that were read back and agreed can go in; where people chose
// differently who may read it, each choice has a document of its own.

import { standingOf, wordsIn } from '../case-line.ts';
import { wordLimitOf } from '../call.ts';
import { PUBLICATIONS, type Publication } from '../draft.ts';
import type { BuiltDocument } from '../event.ts';
import { asideIn } from '../commands.ts';
import { nameOf } from '../gathering.ts';
import { choicePrompt, type Prompt } from '../prompt.ts';
import { numberIn, numbersIn } from '../recognize.ts';
import type { Choice, Param, TextRef } from '../reply.ts';
import type { Turn } from '../turning.ts';
import type { PutAway } from '../world.ts';
import { isLate } from './opening.ts';

/** Texts that can go into a document for all: agreed, not sent, in no other one. */
function ready(turn: Turn): readonly PutAway[] {
  const taken = new Set(turn.cases().flatMap(({ session }) => session.joint?.members ?? []));
  return turn.cases().filter(({ session }) => {
    const { teller, contribution, call } = session;
    if (teller?.readBack === undefined || contribution === null || taken.has(contribution)) return false;
    const standing = standingOf(session, turn.event.at);
    return (
      (standing === 'agreed' || standing === 'closed') && session.mails.length === 0 && call.id === turn.world.call.id
    );
  });
}

export const joint: Prompt = {
  ask(turn) {
    const all = ready(turn);
    if (all.length < 2) {
      turn.say('joint.too-few');
      return turn.go({ prompt: 'home' });
    }
    const choices = all.map((one): Choice => ({
      value: one.key,
      label: {
        key: 'joint.line',
        params: {
          ...{ name: nameOf(turn, one.session), words: wordsIn(one.session) },
          publication: { key: `publication.label.${one.session.publication ?? 'confidential'}` },
        },
      },
    }));
    turn.ask('joint.ask', undefined, { choices, commands: ['cases'], whole: true });
  },
  hear(turn, said) {
    const all = ready(turn);
    const numbers = asideIn(turn.world.lexicon, said.text) === 'all' ? all.map((_, i) => i + 1) : numbersIn(said.text);
    const chosen = (said.tapped === null ? numbers : null)?.map((number) => all[number - 1]) ?? [];
    const known = chosen.filter((one) => one !== undefined);
    if (known.length < 2 || known.length < chosen.length) {
      turn.say('joint.choose');
      return turn.again('short');
    }
    choose(turn, known);
  },
};

const choiceOf = ({ session }: PutAway): Publication => session.publication ?? 'confidential';

function choose(turn: Turn, chosen: readonly PutAway[]): void {
  const choices = PUBLICATIONS.filter((one) => chosen.some((member) => choiceOf(member) === one));
  const [first] = choices;
  if (choices.length === 1 && first !== undefined) return open(turn, chosen, first);
  turn.go({ prompt: 'joint-split', of: chosen.map(({ key }) => key).join(' ') });
}

function open(turn: Turn, chosen: readonly PutAway[], publication: Publication): void {
  const members = chosen.flatMap(({ session }) => session.contribution ?? []);
  turn.leaveFor({ kind: 'joint', members, publication });
}

function splitAmong(turn: Turn): readonly PutAway[] {
  const keys = (turn.session.at.of ?? '').split(' ');
  return ready(turn).filter(({ key }) => keys.includes(key));
}

/** The strictest choice among them; whoever chose more openness may agree to it, in their own text. */
export const jointSplit: Prompt = choicePrompt({
  values: (turn) => splitChoices(turn).map(({ value }) => value),
  ask(turn) {
    const chosen = splitAmong(turn);
    if (chosen.length < 2) return turn.go({ prompt: 'joint' });
    const groups = PUBLICATIONS.flatMap((publication): readonly TextRef[] => {
      const names = chosen.filter((one) => choiceOf(one) === publication).map(({ session }) => nameRef(turn, session));
      const label = { key: `publication.label.${publication}` };
      return names.length === 0
        ? []
        : [{ key: 'joint.group', params: { publication: label, names: { list: names, by: 'comma' } } }];
    });
    turn.ask('joint.split', { groups: { list: groups, by: 'line' } }, { choices: splitChoices(turn) });
  },
  choose(turn, value) {
    if (value.startsWith('ask:'))
      return turn.leaveFor({ kind: 'case', key: value.slice('ask:'.length), then: 'stricter' });
    const chosen = splitAmong(turn);
    const publication = PUBLICATIONS.find((one) => value === `group:${one}`);
    if (publication === undefined) return turn.again('full');
    const group = chosen.filter((one) => choiceOf(one) === publication);
    const [only] = group;
    // One text alone needs no document for several.
    if (group.length === 1 && only !== undefined) return turn.leaveFor({ kind: 'case', key: only.key });
    turn.say('joint.others-after');
    open(turn, group, publication);
  },
});

function splitChoices(turn: Turn): readonly Choice[] {
  const chosen = splitAmong(turn);
  const present = PUBLICATIONS.filter((one) => chosen.some((member) => choiceOf(member) === one));
  const strictest = present.at(-1);
  const groups = present.map((publication) => ({
    value: `group:${publication}`,
    label: { key: 'joint.begin-with', params: { publication: { key: `publication.label.${publication}` } } },
  }));
  const asks = chosen
    .filter((one) => choiceOf(one) !== strictest)
    .map(({ key, session }) => ({
      value: `ask:${key}`,
      label: {
        key: 'joint.ask-stricter',
        params: {
          name: nameOf(turn, session),
          publication: { key: `publication.label.${strictest ?? 'confidential'}` },
        },
      },
    }));
  return [...groups, ...asks];
}

/** Opens the case of the document itself, which holds nobody's answers. */
export const jointOpen: Prompt = {
  ask(turn) {
    const { members = [] } = turn.session.joint ?? {};
    const contribution = turn.world.newId('contribution');
    const opened = turn.world.newId('case');
    turn.effects.push({ kind: 'open-case', case: opened, contribution }, { kind: 'join', members });
    turn.change({ case: opened, contribution, late: isLate(turn) });
    if (turn.session.late) turn.flag('late');
    turn.flag('organiser-word');
    turn.session = { ...turn.session, trail: [] };
    turn.go({ prompt: 'read-back' });
    turn.session = { ...turn.session, trail: [] };
  },
  hear: (turn) => turn.again('full'),
};

/** "Amina 610, Carlos 480, 1,180 left", and whose text is not in it because it changed since. */
export function sayBudget(turn: Turn, document: BuiltDocument): void {
  const { members = [] } = turn.session.joint ?? {};
  const lost = document.missing ?? [];
  const shown = members.filter((id) => !lost.includes(id));
  const list = shown.map((id, index): TextRef => ({
    key: 'joint.member',
    params: { name: memberName(turn, id), words: wordsOf(document, index + 1) },
  }));
  const limit = wordLimitOf(turn.world.call, true);
  if (limit === null) turn.say('joint.budget-unlimited', { list: { list, by: 'comma' } });
  else if (document.words <= limit)
    turn.say('joint.budget', { list: { list, by: 'comma' }, left: limit - document.words });
  if (lost.length > 0) {
    const names = lost.map((id): TextRef => ({ key: 'joint.name', params: { name: memberName(turn, id) } }));
    turn.say('joint.missing', { names: { list: names, by: 'comma' } });
  }
}

function wordsOf(document: BuiltDocument, number: number): number {
  return Object.entries(document.wordsBySlot).reduce(
    (sum, [slot, words]) => (slot.startsWith(`m${number}/`) ? sum + words : sum),
    0,
  );
}

function memberOf(turn: Turn, contribution: string): PutAway | undefined {
  return turn.cases().find(({ session }) => session.contribution === contribution);
}

function memberName(turn: Turn, contribution: string): Param {
  const member = memberOf(turn, contribution);
  return member === undefined ? '' : nameOf(turn, member.session);
}

function nameRef(turn: Turn, session: PutAway['session']): TextRef {
  return { key: 'joint.name', params: { name: nameOf(turn, session) } };
}

/** True where everybody's text that is in it still is the one that they agreed to. */
export function allStillAgree(turn: Turn): boolean {
  const { members = [], out = [] } = turn.session.joint ?? {};
  const inIt = members.filter((id) => !out.includes(id));
  return inIt.every((id) => memberOf(turn, id)?.session.teller?.readBack !== undefined);
}

/** Over the limit: whose text is how long, and what each would have to lose. */
export const jointOver: Prompt = {
  ask: (turn) => void turn.effects.push({ kind: 'build', final: false, file: false }),
  built(turn, document) {
    const limit = wordLimitOf(turn.world.call, true);
    const over = limit === null ? 0 : document.words - limit;
    if (over <= 0) {
      turn.say('over-limit.fits', { words: document.words });
      return turn.resume('full');
    }
    const choices = jointMembers(turn).map(({ key, session }): Choice => {
      const words = wordsIn(session);
      const params = { name: nameOf(turn, session), words, lose: Math.min(words, over) };
      return { value: key, label: { key: 'joint.over-line', params } };
    });
    turn.ask(
      'joint.over',
      { words: document.words, over, limit: document.words - over },
      { choices, commands: ['cases'] },
    );
  },
  hear(turn, said) {
    const members = jointMembers(turn);
    const key = said.tapped ?? members[(numberIn(said.text) ?? 0) - 1]?.key;
    if (key !== undefined && members.some((one) => one.key === key))
      return turn.aside({ prompt: 'joint-member', of: key });
    turn.say('over-limit.choose');
    turn.again('short');
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
    turn.say('over-limit.must');
    turn.again('short');
    return true;
  },
};

function jointMembers(turn: Turn): readonly PutAway[] {
  return (turn.session.joint?.members ?? []).flatMap((id) => memberOf(turn, id) ?? []);
}

export const jointMember: Prompt = choicePrompt({
  values: () => ['joint-shorten', 'joint-leave-out'],
  ask(turn) {
    const member = jointMembers(turn).find(({ key }) => key === turn.session.at.of);
    if (member === undefined) return turn.resume('full');
    turn.ask(
      'joint.what',
      { name: nameOf(turn, member.session) },
      { choices: ['joint-shorten', 'joint-leave-out'], commands: ['back'] },
    );
  },
  choose(turn, value) {
    const member = jointMembers(turn).find(({ key }) => key === turn.session.at.of);
    turn.resume('full');
    const { joint: together } = turn.session;
    if (member === undefined || together === undefined) return;
    if (value === 'joint-shorten') return turn.leaveFor({ kind: 'case', key: member.key, then: 'shorten' });
    leaveOut(turn, member.session.contribution ?? '');
    turn.say('joint.left-out', { name: nameOf(turn, member.session) });
  },
});

function leaveOut(turn: Turn, contribution: string): void {
  const members = (turn.session.joint?.members ?? []).filter((id) => id !== contribution);
  turn.effects.push({ kind: 'join', members });
  turn.change({ joint: { members }, built: null });
}

/** One of them took their words back: out before it is sent; afterwards the body is asked to take back that part. */
export function memberLeft(turn: Turn, contribution: string, number: number): void {
  const { joint: together, mails } = turn.session;
  if (together === undefined) return;
  turn.change({ joint: { members: together.members.filter((id) => id !== contribution) }, built: null });
  const sent = mails.filter(({ mail }) => mail !== 'withdrawal').at(-1);
  if (sent === undefined) return;
  if (!turn.facts.mailLeft && sent.outcome === 'waiting') {
    // Its mail was taken back with the words; without them it is another text.
    turn.change({ mails: mails.filter((one) => one !== sent), at: { prompt: 'read-back' }, under: [], trail: [] });
    return;
  }
  if (sent.outcome === 'refused' || sent.outcome === 'bounced') return;
  const { reference } = sent;
  turn.effects.push({ kind: 'withdraw', reference, ask: 'withdraw', part: number });
  const mail = { reference, mail: 'withdrawal', leavesAt: turn.event.at, outcome: 'waiting' } as const;
  turn.change({ mails: [...mails, mail] });
}
