// A message whose turn fails is tried three times, then set aside; the next one is taken, and *stop* and *delete* go through.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HopelessTurnError } from '../../src/conversation/set-aside.ts';
import type { Effect } from '../../src/dialog/engine/effect.ts';
import { PROMPT } from '../../src/dialog/prompts/prompts.ts';
import { PROMPT_IDS } from '../../src/dialog/prompts/prompt-ids.ts';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../src/languages.ts';
import type { TurnToSave } from '../../src/store/turns/turn-work.ts';
import { texts } from '../support/player.ts';
import {
  BEGIN,
  NOON,
  operatorOn,
  type Phone,
  startApp,
  STORY,
  type TestApp,
  TO_SEND,
  Visitor,
} from '../support/running-app.ts';

let griot: TestApp;
let phone: Phone;
beforeEach(async () => {
  griot = await startApp();
  phone = griot.phone('+00 000 0111');
});
afterEach(async () => {
  vi.restoreAllMocks();
  await griot.close();
});

/** To the story, in the person's own language. */
const HELLO: Readonly<Record<WholeLanguage, string>> = { en: 'hello', fr: 'bonjour', es: 'hola', pt: 'olá' };
const begin = (language: WholeLanguage) => [HELLO[language], ...BEGIN.slice(1)];

const say = (language: WholeLanguage, key: string) => texts.translate(language, { key }, '');
/** The first line: what stands whatever the markup. */
const first = (language: WholeLanguage, key: string) => say(language, key).split('\n')[0] ?? '';

/** Every save fails that has this in it. Counts how often. */
function saveFails(when: (turn: TurnToSave) => boolean): { tries: number } {
  const { store } = griot.app;
  const saveTurn = store.saveTurn.bind(store);
  const seen = { tries: 0 };
  store.saveTurn = (turn) => {
    if (!when(turn)) return saveTurn(turn);
    seen.tries += 1;
    return Promise.reject(new Error('a fault in the program'));
  };
  return seen;
}
const poison = (turn: TurnToSave) => turn.pending.event.kind === 'message' && /poison/iu.test(turn.pending.event.text);

describe('no harm 2: a poisoned inbox', () => {
  for (const language of WHOLE_LANGUAGES) {
    it(`is tried three times, set aside with a calm word in ${language}, and the next message is taken`, async () => {
      phone = griot.phone('+00 000 0112', language);
      await phone.saysAll(begin(language));
      const seen = saveFails(poison);
      expect(await phone.asks('POISON for the engine')).toContain(first(language, 'set-aside.told'));
      expect(seen.tries).toBe(3);
      await phone.says(STORY);
      expect(await phone.kept()).toEqual([STORY]);
      const person = (await phone.person()) ?? '';
      // Kept, sealed, where the staff and the person find it.
      const lines = await griot.app.store.transcript(person, null);
      expect(lines.map(({ text }) => text)).toContain('POISON for the engine');
    });
  }

  it('tells the staff once, by reference and state and nothing else', async () => {
    await phone.saysAll(TO_SEND);
    saveFails(poison);
    await phone.says('poison one');
    await phone.says('poison two');
    const { staffNeeds } = griot.app.store;
    const due = await staffNeeds.due(griot.now.toISOString());
    const { reference } = await phone.session();
    expect(due).toMatchObject([{ kind: 'set-aside', reference }]);
    expect(JSON.stringify(due)).not.toContain('poison');
    const [need] = due;
    if (need === undefined) throw new Error('nobody is told');
    expect(await staffNeeds.claim(need, griot.now.toISOString())).toBe(true);
    await staffNeeds.told(need, true);
    expect(await staffNeeds.due(griot.now.toISOString())).toEqual([]);
  });

  it('counts across restarts', async () => {
    await phone.saysAll(BEGIN);
    const { store } = griot.app;
    const event = { id: 'poisoned', at: NOON, kind: 'message', text: 'poison' } as const;
    const { person } = await store.receive({ from: phone.address, messageId: event.id, event });
    expect((await store.noteFailed(person, null))?.times).toBe(1);
    expect((await store.noteFailed(person, null))?.times).toBe(2);
    await griot.reopen();
    expect(await griot.app.store.nextTurn(person)).toBeNull();
    const { store: again } = griot.app;
    await again.receive({ from: phone.address, messageId: 'other', event: { ...event, id: 'other' } });
    await again.noteFailed(person, null);
    await again.noteFailed(person, null);
    const seen = saveFails(poison);
    await griot.app.conversation.settle(person);
    expect(seen.tries).toBe(1);
  });

  it('is set aside at once where another try would only meet the same', async () => {
    await phone.saysAll(BEGIN);
    const hear = vi.spyOn(PROMPT['for-whom'], 'answer').mockImplementation(() => {
      throw new HopelessTurnError('ran into its limit');
    });
    expect(await phone.asks(STORY)).toContain(first('en', 'set-aside.told'));
    expect(hear).toHaveBeenCalledTimes(1);
  });

  it('a disk that is full is no fault of the message: it waits, uncounted', async () => {
    await phone.saysAll(BEGIN);
    const { store } = griot.app;
    const saveTurn = store.saveTurn.bind(store);
    store.saveTurn = () => Promise.reject(Object.assign(new Error('database or disk is full'), { errcode: 13 }));
    for (let i = 0; i < 4; i++) await expect(phone.says(STORY, 'm-full')).rejects.toThrow('full');
    store.saveTurn = saveTurn;
    await phone.says('And there is room again.');
    expect(await phone.kept()).toEqual([STORY, 'And there is room again.']);
  });

  it('a message that ended the process twice is set aside at the start, unread, and the next is taken', async () => {
    await phone.saysAll(BEGIN);
    const { store } = griot.app;
    const event = (id: string, text: string) => ({ id, at: NOON, kind: 'message', text }) as const;
    const { person } = await store.receive({ from: phone.address, messageId: 'k', event: event('k', 'deadly') });
    await store.receive({ from: phone.address, messageId: 'n', event: event('n', STORY) });
    // The process died in it, was started again, noted that it begins, and died once more.
    await store.noteBegun((await store.nextTurn(person))?.inboxId ?? '', 'an earlier run');
    const hear = vi.spyOn(PROMPT['for-whom'], 'answer');
    await griot.reopen();
    expect(hear.mock.calls.map(([, said]) => said.text)).toEqual([STORY]);
    expect(await phone.kept()).toEqual([STORY]);
    expect(await phone.reads()).toContain(first('en', 'set-aside.told'));
  });

  it('one that a start takes and comes back from is not held against it', async () => {
    await phone.saysAll(BEGIN);
    const event = { id: 'w', at: NOON, kind: 'message', text: STORY } as const;
    for (const id of ['w1', 'w2', 'w3']) {
      await griot.app.store.receive({ from: phone.address, messageId: id, event: { ...event, id } });
      await griot.reopen();
    }
    expect(await phone.kept()).toEqual([STORY, STORY, STORY]);
  });

  it('keeps nothing of somebody under age', async () => {
    await phone.saysAll(['hello', '1', '1', '2']);
    saveFails(poison);
    await phone.says('poison of a child');
    const person = (await phone.person()) ?? '';
    expect(JSON.stringify(await griot.app.store.transcript(person, null))).not.toContain('poison');
  });

  it('what only happened is kept as it came, sealed, and waits for nothing', async () => {
    await phone.saysAll(BEGIN);
    const person = (await phone.person()) ?? '';
    saveFails(({ pending }) => pending.event.kind === 'staff-words');
    const words = { id: 's1', at: NOON, kind: 'staff-words', text: 'Words of a colleague.' } as const;
    await griot.app.store.post(person, words);
    await griot.app.conversation.settle(person);
    expect(await griot.app.store.peopleWaiting()).toEqual([]);
    await phone.says(STORY);
    expect(await phone.kept()).toEqual([STORY]);
  });
});

describe('no harm 2: the under-18 screen', () => {
  const WORDS: Readonly<Record<WholeLanguage, string>> = {
    en: 'no no I am the mother it was my son who was sixteen',
    fr: 'non non je suis la mère celui qui avait seize ans était mon fils',
    es: 'no no yo soy la mama el que tenia dieciseis era mi hijo',
    pt: 'não não eu sou a mãe quem tinha dezesseis era o meu filho',
  };
  const YES: Readonly<Record<WholeLanguage, string>> = { en: 'yes', fr: 'oui', es: 'sí', pt: 'sim' };
  for (const language of WHOLE_LANGUAGES) {
    it(`offers nothing to a story that does not exist, in ${language}`, async () => {
      phone = griot.phone('+00 000 0113', language);
      await phone.saysAll([HELLO[language], '1', '1', '2']);
      for (const text of [WORDS[language], YES[language], '1', YES[language]]) {
        expect((await phone.asks(text)).length).toBeGreaterThan(0);
      }
      expect(griot.logged.join('')).not.toContain('a fault in the program');
    });
  }
});

describe('no harm 2: stop and delete go through in every state', () => {
  /** Whatever was kept, the conversation stands at this prompt. */
  function stand(prompt: (typeof PROMPT_IDS)[number]): void {
    const { store } = griot.app;
    const nextTurn = store.nextTurn.bind(store);
    store.nextTurn = async (person) => {
      const turn = await nextTurn(person);
      if (turn === null || turn.session === null) return turn;
      return { ...turn, session: { ...(turn.session as object), at: { prompt }, under: [] } };
    };
  }
  const WORDS = { en: ['stop', 'delete'], fr: ['stop', 'effacer'], es: ['parar', 'borrar'], pt: ['parar', 'apagar'] };

  it.each(PROMPT_IDS.map((prompt, index) => [prompt, WHOLE_LANGUAGES[index % 4] ?? 'en'] as const))(
    'at %s (%s), whatever the save of it fails over',
    async (prompt, language) => {
      phone = griot.phone('+00 000 0114', language);
      await phone.saysAll([...begin(language), STORY]);
      stand(prompt);
      const { store } = griot.app;
      const saveTurn = store.saveTurn.bind(store);
      const answered = () => griot.sent.filter(({ to }) => to === phone.address.address).length;
      /** Every kind of effect that the save of a turn had in it here. One that none has cannot fail it. */
      const met = new Set<Effect['kind']>();
      const goThrough = async (fails: (turn: TurnToSave) => boolean, over: string) => {
        saveFails((turn) => {
          for (const { kind } of turn.effects) met.add(kind);
          return fails(turn);
        });
        for (const word of WORDS[language]) {
          const before = answered();
          await phone.says(word);
          await griot.app.settle();
          expect(answered(), `${word}, over ${over}`).toBeGreaterThan(before);
        }
        store.saveTurn = saveTurn;
      };
      await goThrough(() => true, 'all');
      await goThrough(() => false, 'nothing');
      // A set goes on to what is added while it is walked.
      for (const kind of met) await goThrough(({ effects }) => effects.some((one) => one.kind === kind), kind);
      saveFails(() => true);
      expect(await phone.asks(WORDS[language][1] ?? 'delete')).toContain(first(language, 'set-aside.erase'));
      const { farewell } = await phone.says({ en: 'ERASE', fr: 'DÉTRUIRE', es: 'ELIMINAR', pt: 'EXCLUIR' }[language]);
      expect(farewell).not.toEqual([]);
      expect(await phone.person()).toBeNull();
    },
  );

  it('over a prompt that throws, and a session that cannot be read', async () => {
    await phone.saysAll([...BEGIN, STORY]);
    for (const name of ['answer', 'ask', 'command'] as const) {
      vi.spyOn(PROMPT.story, name).mockImplementation(() => {
        throw new Error('a fault in the program');
      });
    }
    expect(await phone.asks('more of the story')).toContain(first('en', 'set-aside.told'));
    expect(await phone.asks('stop')).toContain(first('en', 'set-aside.nothing-to-stop'));
    expect(await phone.asks('delete')).toContain('ERASE');
    vi.restoreAllMocks();
    const { store } = griot.app;
    const nextTurn = store.nextTurn.bind(store);
    store.nextTurn = async (person) => {
      const turn = await nextTurn(person);
      return turn === null ? null : { ...turn, session: { v: 1, broken: true } };
    };
    expect(await phone.asks('hello?')).toContain(first('en', 'set-aside.told'));
    expect(await phone.asks('delete')).toContain('ERASE');
    expect((await phone.says('ERASE')).farewell).not.toEqual([]);
    expect(await phone.person()).toBeNull();
  });

  it('ERASE says nothing where something else was asked since', async () => {
    await phone.saysAll([...BEGIN, STORY]);
    const { store } = griot.app;
    const saveTurn = store.saveTurn.bind(store);
    saveFails(() => true);
    await phone.says('delete');
    store.saveTurn = saveTurn;
    await phone.says('back');
    await phone.says('ERASE');
    expect(await phone.kept()).toEqual([STORY]);
  });
});

describe('no harm 2: what waits to leave', () => {
  it('is held back by stop where nothing can be saved, and a build that throws stops nobody', async () => {
    await griot.close();
    griot = await startApp({ env: { ...operatorOn(9), SEND_WINDOW_MINUTES: '10' } });
    phone = griot.phone('+00 000 0115');
    await phone.saysAll(TO_SEND.slice(0, -1));
    const { store } = griot.app;
    const consents = store.consents.bind(store);
    store.consents = () => Promise.reject(new Error('a build that throws'));
    expect(await phone.asks('3')).toContain(first('en', 'set-aside.told'));
    expect(await phone.asks('stop')).not.toContain(first('en', 'set-aside.told'));
    store.consents = consents;
    await phone.saysAll(['1', 'hello', '3', 'SEND']);
    const { reference } = await phone.session();
    expect((await store.mail(reference ?? ''))[0]?.state).toBe('waiting');
    saveFails(() => true);
    expect(await phone.asks('stop')).toContain(first('en', 'set-aside.stopped'));
    expect((await store.mail(reference ?? ''))[0]?.state).toBe('cancelled');
  });
});

describe('no harm 2: the web page', () => {
  it('is there after a restart, and goes on, whatever the turn over its opening or a message does', async () => {
    const { port } = await griot.app.listen();
    const visitor = new Visitor(`http://127.0.0.1:${port}`);
    saveFails(({ pending }) => pending.event.kind === 'opened');
    expect((await visitor.open()).status).toBe(200);
    saveFails(poison);
    expect(await visitor.say('poison')).toMatchObject({ status: 200 });
    await griot.reopen();
    visitor.url = `http://127.0.0.1:${(await griot.app.listen()).port}`;
    const again = await visitor.open();
    expect(again.status).toBe(200);
    expect((await visitor.say('hello')).text).toContain('safety');
  });
});
