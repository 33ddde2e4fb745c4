// A name that is withheld is gone from all that leaves, however it was written; a word that is also a name stays.

import { execFileSync } from 'node:child_process';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { lexicon } from '../support/player.ts';
import { operatorOn, startApp, until, type Phone, type TestApp } from '../support/running-app.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';
import { docxParagraphs, isInstalled, pdfText } from '../submission/read-back.ts';

interface Told {
  readonly harmed: string;
  readonly author: string;
  /** Each holds the one name or the other. */
  readonly named: readonly string[];
  /** In these the same letters are no name. */
  readonly stays: readonly string[];
  /** Of the names, folded: no part of them is read outside what stays. */
  readonly parts: readonly string[];
}

const TOLD: Readonly<Record<WholeLanguage, Told>> = {
  en: {
    harmed: 'Ngozi Will Okafor',
    author: "Awa N'Diaye May",
    named: [
      'Ngozi Will Okafor went out at seven.',
      'The Okafors waited and Okafor’s mother prayed.',
      'NGOZI OKAFOR and ngozi okafor, wrote the paper.',
      'NgoziWillOkafor stands on the wall, and #JusticeForOkafor.',
      'N. W. Okafor, said the file, and N. Okafor, said the report.',
      'I am Awa N’Diaye May, and they wrote Ndiaye, NDiaye and N Diaye.',
      'See https://news.example/2024/ngozi-okafor and https://news.example/awa-n%27diaye .',
    ],
    stays: ['They will not answer, and they may never answer.', 'We were 3 sisters.'],
    parts: ['ngozi', 'okafor', 'will', 'awa', 'ndiaye', 'diaye', 'may'],
  },
  fr: {
    harmed: 'Pierre N’Diaye',
    author: 'Élodie Mai-Koné',
    named: [
      'Pierre N’Diaye est sorti à sept heures.',
      'Les Ndiaye ont attendu, et tous les Ndiayes avec eux.',
      "PIERRE N'DIAYE et pierre ndiaye, dit le journal.",
      'PierreNdiaye est écrit sur le mur, et #JusticePourNdiaye.',
      'P. N’Diaye, dit le dossier ; P. Ndiaye, dit le rapport.',
      'Je suis Elodie Mai Kone, on écrit aussi Elodie Koné.',
      'Voir https://presse.example/2024/pierre-ndiaye .',
    ],
    stays: ['Une pierre est tombée au mois de mai.', 'Nous étions 3 sœurs.'],
    parts: ['pierre', 'ndiaye', 'diaye', 'elodie', 'mai', 'kone'],
  },
  es: {
    harmed: 'Julio Domingo Cruz Paz',
    author: 'Ángel Moreno Núñez',
    named: [
      'Julio Domingo Cruz Paz salió a las siete.',
      'Los Cruz Paz esperaron, y Julio Paz no volvió.',
      'JULIO DOMINGO CRUZ PAZ, dijo el diario.',
      'JulioDomingoCruzPaz está en la pared, y #JusticiaParaJulioDomingoCruzPaz.',
      'J. D. Cruz Paz, dijo el informe.',
      'Me llamo Angel Moreno Nunez, también escriben Nuñez.',
      'Vea https://diario.example/2024/julio-domingo-cruz-paz .',
    ],
    stays: ['El domingo 4 de julio pedimos paz bajo la cruz.', 'Lo mataron por ser moreno.', 'Éramos 3 hermanas.'],
    parts: ['julio', 'domingo', 'cruz', 'paz', 'angel', 'moreno', 'nunez'],
  },
  pt: {
    harmed: 'Domingos da Conceição',
    author: 'João Moreno Gonçalves',
    named: [
      'Domingos da Conceição saiu às sete.',
      'Os Conceição esperaram, e Domingos Conceicao não voltou.',
      'DOMINGOS DA CONCEICAO, disse o jornal.',
      'DomingosdaConceicao está no muro, e #JusticaParaConceicao.',
      'D. Conceição, disse o boletim.',
      'Eu sou Joao Moreno Goncalves, também escrevem Gonçalves.',
      'Veja https://jornal.example/2024/domingos-da-conceicao .',
    ],
    stays: ['Aos domingos ele ia à missa.', 'Mataram ele por ser moreno.', 'A gente era em 3 irmãs.'],
    parts: ['domingos', 'conceicao', 'joao', 'moreno', 'goncalves'],
  },
};

let smtp: TestSmtp;
let griot: TestApp;
beforeAll(async () => {
  smtp = await startSmtp();
  griot = await startApp({ env: operatorOn(smtp.port) });
});
afterAll(() => Promise.all([griot.close(), smtp.close()]));

const folded = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}'’]/gu, '')
    .toLowerCase();
const plain = (text: string) => text.replace(/\s+/gu, ' ');

/** What the person was shown of the text when the name was said back. */
const shownIn = (bubbles: string) => [...bubbles.matchAll(/^· (?:… )?(.*?)(?: …)?$/gmu)].map((match) => match[1] ?? '');

async function send(phone: Phone, language: WholeLanguage): Promise<readonly string[]> {
  const { harmed, author, named, stays } = TOLD[language];
  const { commands, greetings, typed } = lexicon.words[language];
  const [next = '', skip = '', all = ''] = [commands.next[0], commands.skip[0], commands['skip-all'][0]];
  await phone.saysAll([greetings[0] ?? '', '1', '1', '1', [...named, ...stays].join('\n'), next, skip, next, all]);
  const shown: string[] = [];
  const answers: Readonly<Record<string, string>> = {
    'harmed-form': '3',
    'author-form': '3',
    'harmed-name': harmed,
    'author-name': author,
    'harmed-check': '1',
    'author-check': '1',
    'read-back': '4',
    publication: '2',
    'names-found': '1',
    send: typed.send[0] ?? '',
  };
  for (let turns = 0; turns < 30; turns++) {
    const { at, mails } = await phone.session();
    if (mails.length > 0) return shown;
    const said = await phone.asks(answers[at.prompt] ?? next);
    // Shown with the second name, the first one is settled.
    if (at.prompt === 'author-name') shown.push(...shownIn(said));
  }
  throw new Error(`it stays at ${(await phone.session()).at.prompt}`);
}

describe('no harm 3: what is withheld is nowhere in the mail, and words that are no names stand', () => {
  test.each(WHOLE_LANGUAGES)('%s', async (language) => {
    const { parts, named, stays } = TOLD[language];
    const before = smtp.received.length;
    const shown = await send(griot.phone(`+00 000 02${WHOLE_LANGUAGES.indexOf(language)}`, language), language);
    await until(() => smtp.received.length > before);
    const received = smtp.received.at(-1);
    if (received === undefined) throw new Error('no mail');
    const { mail } = received;
    const files = mail.attachments.map(({ content }) => new Uint8Array(content as ArrayBuffer));
    const [docx, pdf] = files;
    if (docx === undefined || pdf === undefined) throw new Error('no files');
    const zip = unzipSync(docx);
    const told = (await docxParagraphs(docx)).map(({ text }) => text).join('\n');

    // Where nothing but our own words may stand: no letter of a name.
    const ours = {
      subject: mail.subject ?? '',
      headers: mail.headers
        .filter(({ key }) => key !== 'date')
        .map(({ key, value }) => `${key}: ${value}`)
        .join('\n'),
      names: mail.attachments.map(({ filename }) => filename ?? '').join('\n'),
      properties: Object.entries(zip)
        .filter(([name]) => /docProps|header|footer|comments|notes/u.test(name))
        .map(([, part]) => strFromU8(part).replace(/<[^>]*>/gu, ' '))
        .join('\n'),
      'pdf information': isInstalled('pdfinfo', '-v') ? pdfInfo(pdf) : '',
    };
    const distinct = parts.filter((part) => part.length > 4);
    for (const [where, text] of Object.entries(ours)) {
      for (const part of distinct) expect(folded(text), `${part} in ${where}`).not.toContain(part);
    }
    // Addresses of links stand in places of their own.
    for (const [name, part] of Object.entries(zip).filter(([one]) => !one.includes('theme'))) {
      for (const one of distinct.filter((each) => !stays.some((text) => folded(text).includes(each)))) {
        expect(folded(strFromU8(part)).includes(one), `${one} in ${name}`).toBe(false);
      }
    }

    // In the text: nothing but the sentences in which it is no name.
    const read: [string, string][] = [
      ['docx', told],
      ['mail', mail.text ?? ''],
    ];
    if (isInstalled('pdftotext', '-v')) read.push(['pdf', pdfText(pdf)]);
    for (const [where, text] of read) {
      if (where !== 'mail') for (const sentence of stays) expect(plain(text), where).toContain(sentence);
      const rest = folded(stays.reduce((left, sentence) => left.replace(sentence, ' '), plain(text)));
      for (const part of distinct) expect(rest, `${part} in ${where}`).not.toContain(part);
      for (const sentence of named) expect(plain(text)).not.toContain(sentence);
    }
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.filter((line) => !plain(told).includes(plain(line)))).toEqual([]);
  });
});

/** Also the outline and the metadata. */
function pdfInfo(bytes: Uint8Array): string {
  const run = (...args: string[]) => execFileSync('pdfinfo', [...args, '-'], { input: bytes, encoding: 'utf8' });
  return [run(), run('-meta'), run('-dests'), run('-url')].join('\n');
}
