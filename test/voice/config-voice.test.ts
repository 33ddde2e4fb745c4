// Where voices may go: said wrong, nothing starts.

import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';

const OPERATOR = { OPERATOR_NAME: 'Casa Exemplo', OPERATOR_PHONE: '+00 000 0100', MAIL_FROM: 'texts@casa.example' };

describe('the configuration of voice', () => {
  it('is none by itself, and keeps recordings for seven days at most', () => {
    expect(readConfig({}).config.voice).toEqual({ transcribe: null, speak: null, typedByStaff: false, keepDays: 7 });
  });

  it.each(['http://127.0.0.1:8000', 'http://localhost:8000/v1', 'http://[::1]:8000'])(
    'may be this machine: %s',
    (url) => {
      expect(readConfig({ TRANSCRIBE_URL: url }).config.voice.transcribe?.elsewhere).toBe(false);
    },
  );

  it('may be another machine with the switch, over https, and never in a trial', () => {
    const elsewhere = { TRANSCRIBE_URL: 'https://speech.example', TRANSCRIBE_ELSEWHERE: 'true' };
    expect(readConfig({ ...OPERATOR, ...elsewhere }).config.voice.transcribe?.elsewhere).toBe(true);
    expect(() => readConfig(elsewhere)).toThrow(/TRANSCRIBE_URL: in a trial nothing leaves/u);
    expect(() => readConfig({ ...OPERATOR, TRANSCRIBE_URL: 'https://speech.example' })).toThrow(
      /TRANSCRIBE_ELSEWHERE=true/u,
    );
    expect(() => readConfig({ ...OPERATOR, ...elsewhere, TRANSCRIBE_URL: 'http://speech.example' })).toThrow(
      /must be https/u,
    );
    expect(() => readConfig({ TRANSCRIBE_URL: 'http://a:b@127.0.0.1:1' })).toThrow(/must not contain a password/u);
  });

  it('reads aloud on this machine only, by one voice', () => {
    expect(readConfig({ SPEAK: 'espeak' }).config.voice.speak).toEqual({ by: 'espeak' });
    expect(() => readConfig({ ...OPERATOR, SPEAK_URL: 'https://speech.example' })).toThrow(
      /SPEAK_URL: must be on this machine/u,
    );
    expect(() => readConfig({ SPEAK: 'espeak', SPEAK_URL: 'http://127.0.0.1:1' })).toThrow(
      /only one of them can be set/u,
    );
  });
});
