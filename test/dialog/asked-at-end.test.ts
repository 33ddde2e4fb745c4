// "Confidential", "sans nom" while telling; fear around a question; "bon", "non laisse", "I'm alone".

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { lexicon, Player, shelf } from '../support/player.ts';

interface Said {
  readonly told: string;
  readonly wishes: readonly string[];
  /** Who may read it, at any prompt before it is asked. */
  readonly readers: readonly string[];
  /** The same wish in what is told. */
  readonly toldToo: string;
  /** Has such words in it, and tells. */
  readonly tells: readonly string[];
  readonly fears: readonly string[];
  /** The same question without fear. */
  readonly asks: string;
  readonly nothing: readonly string[];
  readonly alone: readonly string[];
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    told: 'The prosecutor never received us.',
    wishes: ['confidential', 'no name', 'keep it confidential please', 'I want to be anonymous'],
    readers: [
      'only the UN should read it, I don’t want it public',
      "I'd rather only the UN reads it, not the newspapers",
      'nobody else should read it',
    ],
    toldToo: 'I don’t want it public what they did to my sister, they left her naked on the station floor',
    tells: ['They buried him without a name.', 'The report was confidential and nobody showed it to us.'],
    fears: ["I'm scared, can the police read this?", 'im afraid, will the police see this?'],
    asks: 'can the police read this?',
    nothing: ['never mind', 'no leave it'],
    alone: ["yes I'm alone", 'yes i am alone on the computer'],
  },
  fr: {
    told: 'Le procureur ne nous a jamais reçus.',
    wishes: ['confidentiel', 'sans nom', 'gardez ça confidentiel svp', 'je veux rester anonyme'],
    readers: ['je préfère que seuls les gens de l’ONU le lisent', 'je ne veux pas que ce soit rendu public'],
    toldToo: 'je ne veux pas que ce soit publié dans leurs journaux, ils ont traîné ma sœur nue par terre',
    tells: [
      'Ils l’ont enterré sans nom.',
      'Le rapport était confidentiel et personne ne nous l’a montré.',
      'bon. on m’a tout raconté.',
    ],
    fears: ["j'ai peur, est-ce que la police peut lire", "j'ai très peur, est-ce que la police va lire ça ?"],
    asks: 'est-ce que la police peut lire',
    nothing: ['bon', 'non laisse'],
    alone: ['oui je suis seul sur le pc', 'oui je suis seule'],
  },
  es: {
    told: 'El fiscal nunca nos recibió.',
    wishes: ['confidencial', 'sin nombre', 'que sea confidencial por favor', 'quiero ser anónima'],
    readers: [
      'mejor que lo lean solo los de la onu no quiero que salga publico',
      'no yo quiero mandarlo pero que no sea publico',
      'solo los expertos que no lo vea nadie mas',
    ],
    toldToo: 'no quiero que salga público, a mi hermana la desnudaron en la comisaría y la golpearon',
    tells: ['Lo enterraron sin nombre.', 'El informe era confidencial y nadie nos lo mostró.'],
    fears: ['tengo miedo, la policia puede leer esto?', 'me da miedo, ¿la policía puede leer esto?'],
    asks: '¿la policía puede leer esto?',
    nothing: ['bueno', 'no, déjelo'],
    alone: ['sí estoy sola', 'si estoy solo en la computadora'],
  },
  pt: {
    told: 'O promotor nunca recebeu a gente.',
    wishes: ['confidencial', 'sem nome', 'quero que seja confidencial por favor', 'quero ficar anônima'],
    readers: ['melhor só o pessoal da onu ler, não quero que saia público', 'prefiro que só a ONU leia'],
    toldToo: 'não quero que saia no jornal público, deixaram minha irmã nua no chão da delegacia',
    tells: ['Enterraram ele sem nome.', 'O laudo era confidencial e ninguém mostrou pra gente.'],
    fears: ['estou com medo, a policia pode ler isso?', 'tenho medo, a polícia pode ler isso?'],
    asks: 'a polícia pode ler isso?',
    nothing: ['bom', 'não, deixa'],
    alone: ['sim estou sozinha', 'sim estou sozinho no computador'],
  },
};

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const { told, wishes, readers, toldToo, tells, fears, asks, nothing, alone } = SAID[language];
  const undo = lexicon.words[language].commands.undo[0] ?? '';

  async function after(...more: readonly string[]): Promise<Player> {
    const player = new Player({ language });
    for (const text of ['👋', '1', '1', '1', '1', told, ...more]) await player.says(text);
    return player;
  }
  const textsOf = (player: Player) => player.parts.map(({ text }) => text);

  it.each(wishes)('"%s" is in no text: it is asked at the end, and *undo* asks about it', async (text) => {
    const player = await after();
    expect((await player.says(text))[0]?.text).toBe('talk.at-end-confidential');
    expect(textsOf(player)).toEqual([told]);
    expect(player.session.publication).toBeNull();
    await player.says(undo);
    expect(player.session.doubt).toMatchObject({ kind: 'stray', text });
  });

  it.each(readers)(
    '"%s" is about who reads, at every prompt before that; nobody is asked whether to stop',
    async (text) => {
      const { next, skip } = lexicon.words[language].commands;
      const [goOn = '', leaveOut = ''] = [next[0], skip[0]];
      for (const way of [[], [goOn], [goOn, leaveOut], [goOn, leaveOut, '1']]) {
        const player = await after(...way);
        const place = player.session.at.prompt;
        const said = (await player.says(text)).map((reply) => reply.text);
        expect([place, said[0]]).toEqual([place, 'talk.at-end-confidential']);
        expect(said).not.toContain('doubt.plain.stop');
        expect(textsOf(player)).toEqual([told]);
        expect(player.session.publication).toBeNull();
      }
    },
  );

  it('the same wish in what is told leaves it in the text', async () => {
    const player = await after(toldToo);
    expect(textsOf(player)).toEqual([told, toldToo]);
  });

  it('no choice is named that the call does not have', async () => {
    const call = shelf.current('emler-2024');
    const publication = { ...call.call.publication, default: 'always' as const };
    const player = new Player({ language, call: { ...call, call: { ...call.call, publication } } });
    for (const text of ['👋', '1', '1', '1', '1', told]) await player.says(text);
    expect((await player.says(readers[0] ?? '')).map((reply) => reply.text)).toContain('talk.at-end');
  });

  it.each(tells)('"%s" is told', async (text) => {
    expect(textsOf(await after(text))).toEqual([told, text]);
  });

  it.each(fears)('"%s": the fear is answered first, then the question', async (text) => {
    const said = await (await after()).says(text);
    expect(said.slice(0, 2).map((one) => one.text)).toEqual(['talk.fear', 'questions.police']);
  });

  it('a question without fear has its answer alone', async () => {
    expect((await (await after()).says(asks))[0]?.text).toBe('questions.police');
  });

  it.each(nothing)('"%s" is answered, and in no text', async (text) => {
    const player = await after(text);
    expect(textsOf(player)).toEqual([told]);
    expect(player.session.at.prompt).toBe('story');
  });

  it.each(alone)('"%s", about who may watch, goes on', async (text) => {
    const player = new Player({ language });
    for (const one of ['👋', '1']) await player.says(one);
    expect(player.session.at.prompt).toBe('safety');
    await player.says(text);
    expect(player.session.at.prompt).toBe('keep');
  });
});
