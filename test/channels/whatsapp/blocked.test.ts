// The account on Baileys is blocked. Whoever comes by the web chat, Teams or the Cloud API is told so once, and how to go on,
// and hears there what could not be said any more.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { ACCOUNT } from '../../../src/channels/whatsapp/for-app.ts';
import { CLOUD_ENV, placeOf } from '../../support/cloud-app.ts';
import { CloudPerson } from '../../support/graph-api/cloud-person.ts';
import { startGraphApi } from '../../support/graph-api/graph-api.ts';
import type { GraphApi } from '../../support/graph-api/graph-shapes.ts';
import { Visitor } from '../../support/running-app.ts';
import { TEAMS_SETTINGS } from '../../support/teams-app.ts';
import { startTeamsNetwork, teamsPerson, type TeamsPerson, type TestNetwork } from '../../support/teams-network.ts';
import type { WhatsAppPerson } from '../../support/whatsapp-server/whatsapp-person.ts';
import { openGriot, saysInTurn, toStory, until, type Griot } from './griot.ts';

const BLOCKED = /El otro chat en el que me escribía no funciona/gu;
const HELP = /Palabras que siempre funcionan/u;
const SECRET = 'jacaranda';

let griot: Griot;
let graph: GraphApi;
let net: TestNetwork;
let port = 0;
const codes = new Map<WhatsAppPerson, string>();
let ana: WhatsAppPerson;
let rosa: WhatsAppPerson;
let tomas: WhatsAppPerson;
let there: TeamsPerson;

beforeAll(async () => {
  graph = await startGraphApi();
  net = await startTeamsNetwork();
  const { TEAMS_APP_ID, TEAMS_APP_PASSWORD, TEAMS_TENANT_ID } = TEAMS_SETTINGS;
  griot = await openGriot({ ...CLOUD_ENV, TEAMS_APP_ID, TEAMS_APP_PASSWORD, TEAMS_TENANT_ID }, 0, {
    cloud: { place: placeOf(graph), gathers: 50 },
    teamsNetwork: net.network,
  });
  ({ port } = await griot.app().listen());
  graph.webhook = new URL(`http://127.0.0.1:${port}/whatsapp/webhook`);
  ana = await griot.person('ana');
  rosa = await griot.person('rosa');
  tomas = await griot.person('tomas');
  for (const person of [ana, rosa, tomas]) {
    await toStory(person);
    await griot.app().settle();
    await saysInTurn(griot, person, ['Mi hermana cuidaba gallinas.']);
  }
  for (const [says, hears] of [
    ['siguiente', /palabra secreta/u],
    [SECRET, /misma palabra otra vez/u],
    [SECRET, /Los expertos preguntan/u],
  ] as const) {
    await rosa.says(says);
    await rosa.hears(hears);
    await griot.app().settle();
  }
  for (const person of [ana, rosa]) {
    await person.says('código');
    const { text } = await person.hears(/^Aquí está lo que pidió\.\n/u);
    codes.set(person, /\*([0-9A-Z-]{14})\*/u.exec(text)?.[1] ?? '');
  }
  griot.server.drop(griot.account, 403);
  await until(() => griot.app().whatsapp?.health() === 'forbidden');
});
afterAll(async () => {
  await griot.close();
  await graph.close();
  await net.close();
});

/** What this person wrote was received, and the line was cut off before its answer left. */
async function writesTooLate(person: WhatsAppPerson): Promise<void> {
  const { store, conversation } = griot.app();
  const from = { channel: 'whatsapp', account: ACCOUNT, address: `${person.account.lid}@lid` };
  const event = { id: 'late', at: new Date().toISOString(), kind: 'message', text: 'ayuda' } as const;
  const { person: known } = await store.receive({ from, messageId: 'late', event });
  await conversation.settle(known);
}

async function onTeams(person: TeamsPerson, text: string): Promise<string> {
  const before = person.got().length;
  expect(await person.says(text)).toBe(200);
  await until(() => person.got().length > before);
  await griot.app().settle();
  const said = person.got().slice(before);
  return said.map((one) => one.text ?? '').join('\n');
}

const times = (text: string) => text.match(BLOCKED)?.length ?? 0;

it('the web chat: told with the code that leads back there, and once', async () => {
  await writesTooLate(ana);
  const page = new Visitor(`http://localhost:${port}`);
  const { text } = await page.post('/back', { code: codes.get(ana) ?? '' });
  expect(times(text)).toBe(1);
  expect(text).toMatch(HELP);
  expect(text.search(HELP)).toBeLessThan(text.search(BLOCKED));
  expect(text).toMatch(/Este es su camino de vuelta\.\s+\S*[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/u);
  expect(text).not.toContain('gallinas');
  const further = (await page.say('Nadie de la comisaría quiso escribir su nombre.')).text;
  expect(further).toContain('Guardado');
  expect(times(further.slice(further.indexOf('Guardado')))).toBe(0);
  expect(times((await page.open()).text)).toBeLessThanOrEqual(1);
});

it('Teams: told where a code leads to; with a secret word, what waited is said after it', async () => {
  await writesTooLate(rosa);
  there = teamsPerson(net, port, 'rosa', 'es-MX');
  const came = await onTeams(there, codes.get(rosa) ?? '');
  expect(came).toContain('Ya puede seguir aquí');
  expect(times(came)).toBe(1);
  expect(came).toMatch(/\/back con un código: escriba/u);
  expect(came).not.toMatch(HELP);
  expect(await onTeams(there, 'revisar')).not.toMatch(HELP);
  const unlocked = await onTeams(there, SECRET);
  expect(unlocked).toMatch(HELP);
  expect(times(unlocked)).toBe(0);
  const next = await onTeams(there, 'Nadie nos llamó.');
  expect(times(next)).toBe(0);
  expect(next).not.toMatch(HELP);
});

it('the Cloud API: told with the first answer to whom is known by number', async () => {
  await writesTooLate(tomas);
  const here = new CloudPerson(graph, { user: 'MX.700', number: tomas.account.number });
  await here.says('Nadie nos avisó.');
  await here.hears(/^Guardado/u);
  await griot.app().settle();
  const heard = here.heard.map((one) => CloudPerson.textOf(one)).join('\n');
  expect(times(heard)).toBe(1);
  expect(heard).toMatch(HELP);
});

it('when the account works again and is blocked again, that is told again', async () => {
  const { store } = griot.app();
  await store.whatsapp.setAccount(ACCOUNT, 'linked', null);
  expect(times(await onTeams(there, 'Fue un martes.'))).toBe(0);
  await store.whatsapp.setAccount(ACCOUNT, 'stopped', 'used-elsewhere');
  expect(times(await onTeams(there, 'Llovía.'))).toBe(0);
  await store.whatsapp.setAccount(ACCOUNT, 'stopped', 'forbidden');
  expect(times(await onTeams(there, 'Nadie vino.'))).toBe(1);
});
