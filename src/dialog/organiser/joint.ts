// Several people in one document, under one limit. Only texts that were read back and agreed to can be in it; people
// with different publication choices get separate documents.

import { leastOf, type Publication, PUBLICATIONS } from '../../calls/publication.ts';
import { isPartly } from '../engine/kept-back.ts';
import { choicePrompt, definePrompt } from '../engine/prompt.ts';
import type { Choice, TextRef } from '../engine/reply.ts';
import { wordsIn } from '../engine/budget.ts';
import { caseStatus } from './case-facts.ts';
import type { Turn } from '../engine/turn.ts';
import type { PutAway } from '../engine/world.ts';
import { isLate } from '../prompts/opening/opening.ts';
import { numbersIn } from '../understanding/recognize.ts';
import { goInto } from './cases.ts';
import { nameOf } from './gathering.ts';
import { allNamed } from './named.ts';

/** Texts that can be in a joint document: agreed to, not sent, in no other one. */
function ready(turn: Turn): readonly PutAway[] {
  const taken = new Set(turn.cases().flatMap(({ session }) => session.joint?.members ?? []));
  return turn.cases().filter(({ session }) => {
    const { teller, contribution, call } = session;
    if (teller?.readBack === undefined || contribution === null || taken.has(contribution)) return false;
    // Promised under another revision of the call, whose terms have changed since.
    if (session.publication === 'confidential' && leastOf(turn.world.call) !== 'confidential') return false;
    if (isPartly(session)) return false;
    const status = caseStatus(session, turn.event.at);
    return (status === 'agreed' || status === 'closed') && session.mails.length === 0 && call.id === turn.world.call.id;
  });
}

export const joint = definePrompt('joint', {
  traits: { kind: 'step', guarded: true, consent: 'keep' },
  ask(turn) {
    if (turn.world.call.joint.allowed === 'no') {
      turn.say('wants.no-joint');
      return turn.go({ prompt: 'home' });
    }
    const all = ready(turn);
    const alone = turn.cases().filter(({ session }) => session.mails.length === 0 && isPartly(session));
    if (alone.length > 0) {
      turn.say('joint.alone', { names: { list: alone.map(({ session }) => nameRef(turn, session)), by: 'comma' } });
    }
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
          publication: { key: `publication.label.${choiceOf(turn, one)}` },
        },
      },
    }));
    turn.ask('joint.ask', undefined, { choices, commands: ['cases'], whole: true });
  },
  answer(turn, said) {
    const all = ready(turn);
    const numbers = said.aside === 'all' ? all.map((_, i) => i + 1) : numbersIn(said.text);
    const chosen = (said.tapped === null ? numbers : null)?.map((number) => all[number - 1]) ?? [];
    const byNumber = chosen.filter((one) => one !== undefined);
    const known = numbers === null && said.tapped === null ? (allNamed(turn, all, said.text) ?? []) : byNumber;
    if (known.length < 2 || known.length < chosen.length) {
      turn.say('joint.choose');
      return turn.again('short');
    }
    choose(turn, known);
  },
});

const choiceOf = ({ world }: Turn, { session }: PutAway): Publication => session.publication ?? leastOf(world.call);

function choose(turn: Turn, chosen: readonly PutAway[]): void {
  const choices = PUBLICATIONS.filter((one) => chosen.some((member) => choiceOf(turn, member) === one));
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

/** The strictest choice of the group; a person who chose more openness can agree to it in their own text. */
export const jointSplit = choicePrompt('joint-split', {
  traits: { kind: 'step', guarded: true, consent: 'keep', phrase: [] },
  values: (turn) => splitChoices(turn).map(({ value }) => value),
  ask(turn) {
    const chosen = splitAmong(turn);
    if (chosen.length < 2) return turn.go({ prompt: 'joint' });
    const groups = PUBLICATIONS.flatMap((publication): readonly TextRef[] => {
      const names = chosen
        .filter((one) => choiceOf(turn, one) === publication)
        .map(({ session }) => nameRef(turn, session));
      const label = { key: `publication.label.${publication}` };
      return names.length === 0
        ? []
        : [{ key: 'joint.group', params: { publication: label, names: { list: names, by: 'comma' } } }];
    });
    turn.ask('joint.split', { groups: { list: groups, by: 'line' } }, { choices: splitChoices(turn) });
  },
  choose(turn, value) {
    const chosen = splitAmong(turn);
    const asked = chosen.find(({ key }) => value === `ask:${key}`);
    if (asked !== undefined) return goInto(turn, asked, { kind: 'stricter' });
    const publication = PUBLICATIONS.find((one) => value === `group:${one}`);
    if (publication === undefined) return turn.again('full');
    const group = chosen.filter((one) => choiceOf(turn, one) === publication);
    const [only] = group;
    // A single text needs no joint document.
    if (group.length === 1 && only !== undefined) return goInto(turn, only);
    turn.say('joint.others-after');
    open(turn, group, publication);
  },
});

function splitChoices(turn: Turn): readonly Choice[] {
  const chosen = splitAmong(turn);
  const present = PUBLICATIONS.filter((one) => chosen.some((member) => choiceOf(turn, member) === one));
  const strictest = present.at(-1);
  const groups = present.map((publication) => ({
    value: `group:${publication}`,
    label: { key: 'joint.begin-with', params: { publication: { key: `publication.label.${publication}` } } },
  }));
  const asks = chosen
    .filter((one) => choiceOf(turn, one) !== strictest)
    .map(({ key, session }) => ({
      value: `ask:${key}`,
      label: {
        key: 'joint.ask-stricter',
        params: {
          name: nameOf(turn, session),
          publication: { key: `publication.label.${strictest ?? leastOf(turn.world.call)}` },
        },
      },
    }));
  return [...groups, ...asks];
}

/** Opens the case of the document itself, which has no answers. */
export const jointOpen = definePrompt('joint-open', {
  traits: { kind: 'step', guarded: false, consent: 'keep' },
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
  answer: (turn) => turn.again('full'),
});

function nameRef(turn: Turn, session: PutAway['session']): TextRef {
  return { key: 'joint.name', params: { name: nameOf(turn, session) } };
}
