// A recording on Teams, as an audio file: real speech, fetched over real HTTP, written down, accepted.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heard, startSpeechService, type SpeechService } from '../../support/speech-service.ts';
import { CAN_SPEAK, film, spokenOpus } from '../../support/spoken.ts';
import { openTeamsApp, until, type TeamsApp } from '../../support/teams-app.ts';
import { teamsPerson, type TeamsPerson } from '../../support/teams-network.ts';

const WORDS = 'Ninguém nos avisou. Ficamos dois dias procurando.';

describe.skipIf(!CAN_SPEAK)(
  `a recording on Teams${CAN_SPEAK ? '' : ' (skipped: espeak-ng and ffmpeg are not both installed)'}`,
  () => {
    let service: SpeechService;
    let teams: TeamsApp;
    let mother: TeamsPerson;
    beforeAll(async () => {
      service = await startSpeechService(heard(WORDS));
      teams = await openTeamsApp({ TRANSCRIBE_URL: service.url.href });
      mother = teamsPerson(teams.net, teams.port, 'lucia');
    });
    afterAll(async () => {
      await teams.close();
      await service.close();
    });

    const reads = async (words: RegExp) => {
      await until(() => mother.got().some(({ text }) => words.test(text ?? '')), 110_000);
      await teams.app.settle();
    };

    async function sends(name: string, fileType: string, bytes: Buffer): Promise<void> {
      teams.net.files.set(name, (response) => void response.end(bytes));
      const attachment = {
        contentType: 'application/vnd.microsoft.teams.file.download.info',
        name,
        content: { downloadUrl: `${teams.net.origin}/files/${name}`, fileType },
      };
      expect(await mother.post(mother.activity({ attachments: [attachment] }))).toBe(200);
    }

    it('is fetched, written down, and counts once she has accepted it', async () => {
      await mother.says('oi');
      await reads(/sou um programa/iu);
      for (const [says, answer] of [
        ['1', /^Esta conta é de uma organização/mu],
        ['1', /Podemos guardar/u],
        ['1', /Quem está escrevendo/u],
        ['1', /Leve o tempo/u],
      ] as const) {
        await mother.says(says);
        await reads(answer);
      }
      const bytes = spokenOpus(WORDS, 'pt');
      await sends('nota.ogg', 'ogg', bytes);
      await reads(/Vou escrever o que você disse/u);
      await reads(/Isto é o que entendi[^]*Ninguém nos avisou/u);
      expect(service.received[0]?.bytes.equals(bytes)).toBe(true);
      await mother.says('1');
      await reads(/Pode continuar a sua história/u);
      expect(await teams.app.store.voice.count()).toBe(0);
    });

    it('that is a film, or not there, gets a calm word and is not kept', async () => {
      await sends('nota.m4a', 'm4a', film('mp4'));
      await reads(/Não posso usar isso/u);
      const gone = {
        contentType: 'application/vnd.microsoft.teams.file.download.info',
        name: 'x.ogg',
        content: { downloadUrl: `${teams.net.origin}/files/never-there.ogg`, fileType: 'ogg' },
      };
      await mother.post(mother.activity({ attachments: [gone] }));
      await reads(/não chegou inteiro/u);
      expect(await teams.app.store.voice.count()).toBe(0);
    });
  },
);
