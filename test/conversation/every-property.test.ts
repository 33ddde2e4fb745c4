// A property of a call changes something, or it does not exist: in the conversation, the document, the mail, at the desk, or in
// what is refused. One value is changed at a time, and whole conversations are compared.

import { describe, expect, it } from 'vitest';
import { type CallForInputs, topicsOf } from '../../src/calls/call.ts';
import { parseCall } from '../../src/calls/parse-call.ts';
import { whereInstead, whyNotServed } from '../../src/calls/why-not-served.ts';
import type { ShelvedCall } from '../../src/calls/call-registry.ts';
import { callSchema } from '../../src/calls/schema.ts';
import { buildDocument, mailFor } from '../../src/conversation/build-document.ts';
import { draftFrom } from '../../src/dialog/engine/draft-from.ts';
import { statedIn } from '../../src/calls/stated.ts';
import { recipientsOf } from '../../src/mail/recipients.ts';
import { callFacts } from '../../src/staff/call-facts.ts';
import { shelvedFixture, withTexts } from '../fixtures/calls/fixture-call.ts';
import { placed } from '../support/call-values.ts';
import { servedFixture } from '../support/forms.ts';
import { documents, Player, shelf, texts } from '../support/player.ts';

const emler = shelf.current('emler-2024');
/** Open, with the hours of the fixture, and in one base without languages. */
const BASES = [
  emler,
  { ...emler, call: { ...emler.call, channels: [{ kind: 'fax' as const, to: '+41 22 000 00 00' }] } },
  ...['invented-nested', 'invented-table', 'upr-2010-stakeholders', 'ohchr-2020-res43-1', 'joint-covid-2020'].map(
    shelvedFixture,
  ),
  ...['invented-nested', 'invented-table', 'ohchr-2020-res43-1'].map((id) => servedFixture(id)),
].map(({ call, ...texts }) => ({
  ...texts,
  call: { ...call, status: 'open' as const, deadline: ahead(call.deadline) },
}));

function ahead(deadline: CallForInputs['deadline']): CallForInputs['deadline'] {
  return typeof deadline === 'string' ? deadline : { ...deadline, date: '2027-05-24' };
}

for (const base of BASES) texts.addCall(base);

const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  ...{ hello: ['1'], safety: ['1'], keep: ['1'], story: ['Nobody came to our door.', 'next'] },
  ...{ topics: ['one by one', 'next'], 'topic-one': ['Yes, they wrote to us in March.', 'next'] },
  ...{ links: ['https://paper.example/march', 'next'], others: ['next'], 'harmed-form': ['3'], 'author-form': ['1'] },
  ...{
    'author-name': ['Ana Exemplo'],
    'author-check': ['1'],
    country: ['Peru', 'next'],
    publication: ['1'],
    'publication-sure': ['PUBLISH'],
  },
};

/** What anybody may ask of the bot. */
const ASKED = ['who reads this?', 'is it anonymous?', 'what happens then?', 'until when?', 'must I give my name?'];

/** Everything that somebody reads and that leaves, who goes the whole way; what differs by itself is not in it. */
async function wholeWay(shelved: ShelvedCall, role: 'family' | 'organisation'): Promise<string> {
  const player = new Player({ call: shelved, operator: { windowMinutes: 1 } });
  const read = [player.read(await player.hears({ kind: 'opened' }))];
  const said = new Map<string, number>();
  const say = async (text: string) => read.push(player.read(await player.says(text)));
  for (
    let left = 90;
    left > 0 && player.session.at.prompt !== 'send' && player.session.at.prompt !== 'closed';
    left--
  ) {
    const { prompt, of = '' } = player.session.at;
    const before = said.get(`${prompt} ${of}`) ?? 0;
    said.set(`${prompt} ${of}`, before + 1);
    if (prompt === 'for-whom') await say(role === 'family' ? '1' : '3');
    else if (prompt === 'story' && before === 0) for (const question of ASKED) await say(question);
    else await say((ANSWERS[prompt] ?? ['skip'])[before] ?? ['next', '1', 'yes', 'skip'][before % 4] ?? '');
  }
  if (player.session.at.prompt === 'closed') return read.join('\n\n');
  await say('SEND');
  const at = new Date(player.clock).toISOString();
  const outcome = { kind: 'accepted', server: 'mx.body.example', at } as const;
  const { reference } = player.session;
  if (reference !== null) await player.hears({ kind: 'mail', reference, mail: 'submission', outcome });
  await say('has it arrived?');
  const { session, rows: parts } = player;
  const document = (await documentsOf(player)).join('\n');
  const { body, request } = documents.mail.submission(
    mailFor(documents, shelved, draftFrom(session, parts, shelved.call), 'a@b.example'),
  );
  return [...read, document, body, JSON.stringify(request)].join('\n\n');
}

async function documentsOf({ session, rows: parts, shelved }: Player): Promise<readonly string[]> {
  const built = await buildDocument(documents, { session, parts, shelved, consents: [], final: false, file: false });
  return [JSON.stringify(built.document)];
}

/** All that a call does, in parts, the cheapest first. Ids and today's date are the same in each. */
const EFFECTS: readonly ((shelved: ShelvedCall) => Promise<string>)[] = [
  (shelved) => {
    const { call } = shelved;
    const { stated: _, ...facts } = callFacts(shelved);
    return Promise.resolve(JSON.stringify([whyNotServed(call), whereInstead(call), recipientsOf(call, []), facts]));
  },
  (shelved) => wholeWay(shelved, 'family'),
  (shelved) => wholeWay(shelved, 'organisation'),
];

/** Other questions have other texts, and so have other terms of publication. */
function changed(base: ShelvedCall, call: CallForInputs, point: string): ShelvedCall {
  const sameQuestions = JSON.stringify(topicsOf(call)) === JSON.stringify(topicsOf(base.call));
  const sameTerms = JSON.stringify(call.publication) === JSON.stringify(base.call.publication);
  if (sameQuestions && sameTerms) return { ...base, call };
  const { catalogues } = sameQuestions || call.id === emler.call.id ? base : withTexts(call);
  const shelved = { ...base, call, catalogues, hash: `${base.hash} ${point}` };
  texts.addCall(shelved);
  return shelved;
}

/** In a second base of the same call only what its form changes is tried again. */
const OF_FORM = /^\.(?:response|limit|layout)/u;

/**
 * Values that mean the same as silence to everybody but those who check a text: only the desk's page shows them. Texts of several
 * people are tried in submission/names-at-top.test.ts and dialog/wants.test.ts.
 */
const ON_THE_DESK: readonly string[] = [
  '.afterwards.unpublished-only=no',
  '.afterwards.unpublished-only=not-stated',
  '.formats.own-form=no',
  '.formats.own-form=not-stated',
  '.formats.refused[]=odt',
  '.formats.refused[]=rtf',
  '.formats.refused[]=txt',
  '.joint.allowed=no',
  '.joint.allowed=not-stated',
  '.joint.allowed=yes',
  '.joint.names-at-top=no',
  '.joint.names-at-top=not-stated',
  '.joint.names-at-top=yes',
  '.layout.executive-summary=no',
  '.layout.executive-summary=not-stated',
  '.layout.font=not-stated',
  '.limit.joint.pages=none',
  '.limit.joint.pages=not-stated',
  '.limit.joint.words=none',
  '.response(0).anything-else=not-stated',
  '.response(0).compulsory=not-stated',
  '.response(5).anything-else=yes',
  '.response(5).compulsory=no',
  '.sources[].official=false',
  '.sources[].official=true',
  '.sources[].url=not-stated',
  '.subject(3).kind=none',
  '.subject(3).kind=not-stated',
];

describe('every property of a call', () => {
  it('changes something that people hear, that leaves, or that is refused; few change only what the desk shows', async () => {
    const heard = new Set<string>();
    const shown = new Set<string>();
    const silent = new Set<string>();
    for (const base of BASES) {
      const before = EFFECTS.map((effect) => effect(base));
      for (const { point, call: value } of placed(callSchema, base.call, (to) => to)) {
        if (heard.has(point) || (base.hash.startsWith('served') && !OF_FORM.test(point))) continue;
        const parsed = parseCall(value);
        if (!parsed.ok || JSON.stringify(parsed.call) === JSON.stringify(base.call)) continue;
        const other = changed(base, parsed.call, point);
        let isHeard = false;
        for (const [n, effect] of EFFECTS.entries()) isHeard ||= (await effect(other)) !== (await before[n]);
        if (isHeard) heard.add(point);
        else (isStatedAlike(base.call, parsed.call) ? silent : shown).add(point);
      }
    }
    const only = (points: ReadonlySet<string>, ...others: readonly ReadonlySet<string>[]) =>
      [...points].filter((point) => !others.some((one) => one.has(point))).sort();
    expect(only(silent, heard, shown)).toEqual([]);
    expect(only(shown, heard)).toEqual([...ON_THE_DESK].sort());
  });
});

function isStatedAlike(one: CallForInputs, other: CallForInputs): boolean {
  return JSON.stringify(statedIn(one)) === JSON.stringify(statedIn(other));
}
