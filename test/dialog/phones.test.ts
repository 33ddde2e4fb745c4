// "Is it dangerous on this phone?", "I think they are watching my phone": who can read it there, another phone, and a code.

import { describe, expect, it } from 'vitest';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../src/languages.ts';
import { lexicon, Player, type PlayerOptions } from '../support/player.ts';

interface Said {
  readonly story: string;
  readonly asks: string;
  readonly fears: string;
  readonly tells: string;
  /** A wish for a code, and nothing else. */
  readonly code: string;
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    story: 'They shot my brother in March.',
    asks: "I'm on my sister-in-law's phone, is it dangerous?",
    fears: "I'm scared, I think they are watching my phone",
    tells: 'The police tapped our phone for months and so we changed it.',
    code: "I want to continue on my daughter's phone, what is the code",
  },
  fr: {
    story: 'Ils ont tué mon frère en mars.',
    asks: "j'utilise le téléphone de ma belle-sœur, c'est dangereux ?",
    fears: "j'ai peur, je crois que mon téléphone est surveillé",
    tells: 'La police a mis notre téléphone sur écoute pendant des mois, alors on en a changé.',
    code: 'ce téléphone est à mon cousin, je veux continuer sur le mien, il me faut un code',
  },
  es: {
    story: 'Mataron a mi hermano en marzo.',
    asks: 'uso el celular prestado de mi cuñada, ¿es peligroso?',
    fears: 'tengo miedo, creo que están vigilando mi celular',
    tells: 'La policía vigilaba nuestro celular desde enero y por eso lo cambiamos.',
    code: 'me da un codigo para seguir desde la compu de mi hija?',
  },
  pt: {
    story: 'Mataram o meu irmão em março.',
    asks: 'eu uso o celular emprestado da minha cunhada, é perigoso?',
    fears: 'tenho medo moça, acho que estão vigiando meu celular',
    tells: 'A polícia vigiou o nosso celular por meses e por isso a gente trocou.',
    code: 'Este telefone é da vizinha. Me dá um código para eu entrar no meu?',
  },
};
const MESSENGER = { seenBy: 'messenger', takesFiles: false, goOn: 'https://casa.example/back' } as const;

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const { story, asks, fears, tells, code } = SAID[language];

  async function after(options: PlayerOptions, ...said: readonly string[]): Promise<Player> {
    const player = new Player({ language, ...options });
    for (const text of said) await player.says(text);
    return player;
  }
  const telling = () => after({ channel: MESSENGER }, '👋', '1', '1', '1', '1', story);
  const keys = async (player: Player, text: string) => (await player.says(text)).map((reply) => reply.text);

  it('a question while telling is answered, and is in the text only if its person says so', async () => {
    const player = await telling();
    expect(await keys(player, asks)).toEqual(['safety.messenger', 'safety.elsewhere', 'doubt.question']);
    expect(player.parts.map(({ text }) => text)).toEqual([story]);
    expect(player.session.doubt).toMatchObject({ text: asks });
  });

  it('fear for the phone is answered with help, and with what holds of the phone; the words stay', async () => {
    const player = await telling();
    const said = await keys(player, fears);
    expect(said).toEqual(expect.arrayContaining(['safety.messenger', 'safety.elsewhere']));
    expect(player.parts.map(({ text }) => text)).toEqual([story, fears]);
  });

  it('what is told of a phone is saved, and nothing else', async () => {
    const player = await telling();
    expect(await keys(player, tells)).toEqual(['saved.plain']);
    expect(player.parts.map(({ text }) => text)).toEqual([story, tells]);
  });

  it('a wish for a code stays one', async () => {
    const player = await telling();
    expect(await keys(player, code)).not.toContain('safety.elsewhere');
  });

  it('at the question of safety both get the advice, and are no testimony', async () => {
    for (const text of [asks, fears]) {
      const player = await after({ channel: MESSENGER }, '👋', '1');
      expect(await keys(player, text)).toContain('safety.advice');
      expect([player.session.at.prompt, player.held]).toEqual(['safety', []]);
    }
  });

  it('no code is named if the channel has none', async () => {
    const player = await after({}, '👋', '1', '1', '1', '1', story);
    const said = await keys(player, asks);
    expect(said).toContain('safety.network');
    expect(said).not.toContain('safety.elsewhere');
    expect(lexicon.ofPhones.size).toBeGreaterThan(0);
  });
});
