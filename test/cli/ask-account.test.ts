import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/languages.ts';
import { askAccount } from '../../src/cli/staff.ts';

/** Somebody who types these, one after the other. */
function typing(...answers: readonly string[]) {
  const [asked, said]: [string[], string[]] = [[], []];
  const rest = [...answers];
  const ask = (question: string) => {
    asked.push(question);
    const next = rest.shift();
    return next === undefined ? Promise.reject(new Error('Nothing more is typed.')) : Promise.resolve(next);
  };
  return { ask, say: (problem: string) => void said.push(problem), asked, said };
}

const ana = { name: 'Ana Exemplo', email: 'ana@example.org', role: 'reviewer', language: 'pt' } as const;

describe('a new account', () => {
  it('is asked for, one thing after the other, and each again until it can be used', async () => {
    const { ask, say, asked, said } = typing(' ', ' Ana Exemplo ', 'ana@', 'ana@example.org', 'boss', 'reviewer', 'pt');
    expect(await askAccount({}, ask, say)).toEqual({ kind: 'account', account: ana });
    expect(said).toEqual([
      'Please type 1 to 100 letters.',
      'Please type an e-mail address, e.g. ana@example.org.',
      'Please type one of reader, reviewer, administrator.',
    ]);
    expect(asked).toHaveLength(7);
  });

  it('is not asked for what was given; what was given wrongly is a problem', async () => {
    const { ask, say, asked } = typing('pt');
    expect(await askAccount({ ...ana, language: undefined }, ask, say)).toEqual({ kind: 'account', account: ana });
    expect(asked).toEqual([`Language (${LANGUAGES.join(', ')}): `]);
    const wrong = await askAccount({ ...ana, role: 'boss' }, typing().ask, say);
    expect(wrong).toEqual({ kind: 'problems', problems: ['role: must be one of reader, reviewer, administrator'] });
  });

  it('says all that is missing where nobody can be asked', async () => {
    const { say } = typing();
    expect(await askAccount({ name: 'Ana' }, null, say)).toEqual({
      kind: 'problems',
      problems: [
        'email: missing. Give --email: an e-mail address, e.g. ana@example.org',
        'role: missing. Give --role: one of reader, reviewer, administrator',
        `language: missing. Give --language: one of ${LANGUAGES.join(', ')}`,
      ],
    });
  });
});
