// Two messages in flight in each of a hundred conversations; messages that come twice; a network that says "later".

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TENANT_ID } from '../../support/microsoft-login.ts';
import { openTeamsApp, until, type TeamsApp } from '../../support/teams-app.ts';
import { teamsPerson, type TeamsPerson } from '../../support/teams-network.ts';

let teams: TeamsApp;
beforeEach(async () => {
  teams = await openTeamsApp();
});
afterEach(() => teams.close());

const addressOf = (name: string) => ({ channel: 'teams', account: TENANT_ID, address: `29:${name}` });

/** What was kept of a person's words, in order, once every turn is taken. */
async function kept(name: string): Promise<readonly (string | null)[]> {
  const { person = '' } = (await teams.app.store.personAt(addressOf(name))) ?? {};
  await teams.app.conversation.settle(person);
  const lines = await teams.app.store.transcript(person, null);
  return lines.filter(({ from }) => from === 'person').map(({ text }) => text);
}

async function answers(name: string): Promise<readonly string[]> {
  const { person = '' } = (await teams.app.store.personAt(addressOf(name))) ?? {};
  const { contribution } = (await teams.app.store.session(person)) as { contribution: string };
  return (await teams.app.store.parts(contribution)).map(({ text }) => text);
}

async function toTheStory(person: TeamsPerson, name: string): Promise<void> {
  for (const said of ['oi', 'continuar', 'continuar', 'sim', 'família']) {
    expect(await person.says(said)).toBe(200);
    await kept(name);
    // Who answers has read what was asked.
    await teams.app.settle();
  }
}

describe('the race', () => {
  it('two messages in flight, a hundred conversations: none is lost, none is written twice', async () => {
    const names = Array.from({ length: 100 }, (_, i) => `corrida-${i}`);
    const people = names.map((name) => teamsPerson(teams.net, teams.port, name));
    await Promise.all(people.map((person, i) => toTheStory(person, `corrida-${i}`)));
    const statuses = await Promise.all(
      people.flatMap((person, i) => [
        person.says(`Primeira mensagem da família ${i}, que não pode se perder.`),
        person.says(`Segunda mensagem da família ${i}, enviada ao mesmo tempo.`),
      ]),
    );
    expect(statuses.every((status) => status === 200)).toBe(true);
    for (const [i, name] of names.entries()) {
      await kept(name);
      expect((await answers(name)).toSorted()).toEqual([
        `Primeira mensagem da família ${i}, que não pode se perder.`,
        `Segunda mensagem da família ${i}, enviada ao mesmo tempo.`,
      ]);
    }
    await until(() => people.every((person) => person.got().some(({ text }) => text?.startsWith('Guardado') === true)));
  });

  it('fault 14: a redelivered message is recorded once, before, between and after other turns', async () => {
    const person = teamsPerson(teams.net, teams.port, 'eco');
    await toTheStory(person, 'eco');
    const story = person.activity({ text: 'Isto aconteceu uma vez só, e eu conto uma vez só.' });
    expect(await Promise.all([person.post(story), person.post(story), person.post(story)])).toEqual([200, 200, 200]);
    await person.says('E isto veio depois, quando ninguém mais perguntou.');
    expect(await person.post(story)).toBe(200);
    await kept('eco');
    expect(await answers('eco')).toEqual([
      'Isto aconteceu uma vez só, e eu conto uma vez só.',
      'E isto veio depois, quando ninguém mais perguntou.',
    ]);
  });

  it('an edit that comes twice is one edit; another one is another', async () => {
    const person = teamsPerson(teams.net, teams.port, 'edita');
    await toTheStory(person, 'edita');
    await person.says('A primeira versão do que eu queria contar.');
    const id = person.lastId();
    await kept('edita');
    const edit = (text: string) => person.activity({ type: 'messageUpdate', id, text });
    for (const text of ['A segunda versão do que eu queria contar.', 'A terceira versão do que eu queria contar.']) {
      await person.post(edit(text));
      await person.post(edit(text));
    }
    await kept('edita');
    expect(await answers('edita')).toEqual(['A terceira versão do que eu queria contar.']);
  });
});

describe('a network that says "later"', () => {
  it.each([412, 429, 502, 504])('%i: the reply comes, once, and in order', async (status) => {
    const person = teamsPerson(teams.net, teams.port, `tarde-${status}`);
    // Four times: the library tries a 5xx again by itself, then it is ours to wait.
    for (let i = 0; i < 4; i++) teams.net.refusals.push({ status });
    await person.says('oi');
    await until(() => teams.net.refusals.length === 0 || teams.net.refusals.length === 3, 110_000);
    teams.net.refusals.length = 0;
    await new Promise((resolve) => setTimeout(resolve, 100));
    teams.pass(1);
    await teams.app.settle();
    const got = person.got().map(({ text }) => text ?? '');
    expect(got[0]).toMatch(/Sou um programa/u);
    expect(new Set(got).size).toBe(got.length);
    expect(got.at(-1)).toMatch(/Primeiro, a sua segurança/u);
  });

  it('403: nobody can be written to there any more; it is passed over', async () => {
    const person = teamsPerson(teams.net, teams.port, 'saiu');
    for (let i = 0; i < 20; i++) teams.net.refusals.push({ status: 403, code: 'ConversationBlockedByUser' });
    await person.says('oi');
    await until(() => teams.net.refusals.length < 20);
    teams.net.refusals.length = 0;
    await teams.app.settle();
    await person.says('continuar');
    await until(() => person.got().some(({ text }) => (text ?? '').includes('segurança')));
  });
});

it('no harm 13: what is typed ahead of a question answers nothing, and counts once it was asked', async () => {
  const person = teamsPerson(teams.net, teams.port, 'adianta');
  const session = async () => {
    const { person: id = '' } = (await teams.app.store.personAt(addressOf('adianta'))) ?? {};
    return (await teams.app.store.session(id)) as { at: { prompt: string }; kept: boolean };
  };
  const settled = async () => {
    await kept('adianta');
    await teams.app.settle();
  };
  await person.says('oi');
  await settled();
  // From here on nothing of ours reaches her.
  teams.net.refusals.push(...Array.from({ length: 20 }, () => ({ status: 412 })));
  for (const said of ['continuar', 'continuar', 'sim']) {
    await person.says(said);
    await kept('adianta');
  }
  expect(await session()).toMatchObject({ at: { prompt: 'safety' }, kept: false });
  teams.net.refusals.length = 0;
  teams.pass(1);
  await settled();
  expect(person.got().at(-1)?.text).toMatch(/^Talvez você tenha escrito isto antes/u);
  for (const said of ['continuar', 'sim']) {
    await person.says(said);
    await settled();
  }
  expect(await session()).toMatchObject({ kept: true });
});
