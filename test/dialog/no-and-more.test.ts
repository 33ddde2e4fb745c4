// An open question about words: a yes that says the same again is the yes, and what is said to the bot after a no joins no text. What is
// told after a no does.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';

interface Said {
  readonly told: string;
  readonly show: string;
  readonly yes: readonly string[];
  /** After a no: other wishes, insults and commands. */
  readonly noAndMore: readonly string[];
  readonly noAndReview: string;
  readonly noAndTold: readonly string[];
  /** As good as the choice. */
  readonly noAndMine: string;
  readonly question: string;
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    told: 'They hung up on me every week for a year.',
    show: 'show me what you got on me',
    yes: ['yes show me', 'yes, show me', 'yeah read it to me', 'yes please, show me'],
    noAndMore: [
      'no you idiot. answer me',
      'no, I want to go to Mrs Martha',
      'no, you are stupid',
      'no. who reads this?',
    ],
    noAndReview: 'no. review',
    noAndTold: [
      'no, that is my story, he was shot at the door',
      'no, he was shot at the door',
      'No boots at all.',
      'Never any boots at all.',
    ],
    noAndMine: "no, that's my story",
    question: 'are you recording me? is this going to the cops',
  },
  fr: {
    told: 'On a attendu dehors toute la nuit.',
    show: "montre-moi ce que j'ai écrit",
    yes: ['oui montrez', 'oui, montrez-moi', 'oui montre-moi'],
    noAndMore: ['non tu es bête réponds-moi', 'non, je veux passer à la dame suivante', 'non, qui va lire ça ?'],
    noAndReview: 'non, relire',
    noAndTold: ["non, c'est mon histoire, on l'a tué devant la porte", 'non, il a été tué devant la porte'],
    noAndMine: "non, c'est mon histoire",
    question: 'vous m’enregistrez ? la police va lire ça',
  },
  es: {
    told: 'No me dejaron verlo hasta los tres días.',
    show: 'lo q dice hasta ahora me lo puede mostrar?',
    yes: ['si muestreme', 'sí, muéstreme', 'si muestrelo'],
    noAndMore: ['no, quiero ir con la señora Martha', 'no, contésteme tonto', 'no, ¿quién va a leer esto?'],
    noAndReview: 'no, revisar',
    noAndTold: ['no, esa es mi historia, lo mataron en la puerta', 'no, le dispararon en la puerta'],
    noAndMine: 'no, es mi historia',
    question: '¿la policía va a poder leer esto?',
  },
  pt: {
    told: 'Só achamos ele dois dias depois.',
    show: 'mostra o que eu escrevi',
    yes: ['sim, mostra', 'sim mostra pra mim', 'sim me mostra'],
    noAndMore: ['não, quero ir pra dona Marta', 'não, você é burro, responde', 'não, quem vai ler isso?'],
    noAndReview: 'não, revisar',
    noAndTold: ['não, essa é a minha história, mataram ele na porta', 'não, atiraram nele na porta'],
    noAndMine: 'não, é a minha história',
    question: 'a polícia vai conseguir ler isso?',
  },
};

const keysOf = (replies: readonly { readonly text: string }[]) => replies.map(({ text }) => text);
const textsOf = (player: Player) => player.parts.map(({ text }) => text);

async function asked(language: WholeLanguage, text: string): Promise<Player> {
  const player = new Player({ language });
  player.session = { ...player.session, language };
  for (const one of ['1', '1', '1', '1', '1', SAID[language].told]) await player.says(one);
  expect(player.session.at.prompt).toBe('story');
  await player.says(text);
  expect(player.session, text).toMatchObject({ at: { prompt: 'doubt' } });
  return player;
}

describe.each(WHOLE_LANGUAGES)('an open question about words, in %s', (language) => {
  const said = SAID[language];

  it.each(said.yes)('"%s" is the yes, and joins no text', async (text) => {
    const player = await asked(language, said.show);
    expect(keysOf(await player.says(text))).toContain('review.text');
    expect(player.session.doubt).toBeNull();
    expect(textsOf(player)).toEqual([said.told]);
  });

  it.each(said.noAndMore)('"%s" joins no text, nor do the words that were asked about', async (text) => {
    for (const open of [said.show, said.question]) {
      const player = await asked(language, open);
      await player.says(text);
      expect(textsOf(player), open).toEqual([said.told]);
      if (player.session.doubt !== null) continue;
      // They wait for *undo*.
      await player.says(lexicon.words[language].commands.undo[0] ?? '');
      expect(player.session.doubt, open).toMatchObject({ kind: 'stray' });
    }
  });

  it('obeys a command after a no', async () => {
    for (const open of [said.show, said.question]) {
      const player = await asked(language, open);
      await player.says(said.noAndReview);
      expect(player.session.at.prompt, open).toBe('review');
      expect(textsOf(player), open).toEqual([said.told]);
    }
  });

  it.each(said.noAndTold)('"%s" is told', async (text) => {
    const player = await asked(language, said.show);
    await player.says(text);
    expect(textsOf(player).join('\n')).toContain(text);
  });

  it('puts the words into the text if they are said to be a part of it', async () => {
    const player = await asked(language, said.show);
    await player.says(said.noAndMine);
    expect(textsOf(player)).toContain(said.show);
  });
});
