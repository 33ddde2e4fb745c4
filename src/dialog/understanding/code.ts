// Codes that go from hand to hand: ten characters hand a case over, sixteen let a person withdraw by themselves.
// Crockford's base32 (https://www.crockford.com/base32.html: no I, L, O, U); five bits a character.

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export type CodeKind = 'hand-over' | 'withdrawal';
const LENGTHS: Readonly<Record<CodeKind, number>> = { 'hand-over': 10, withdrawal: 16 };

export interface Code {
  readonly kind: CodeKind;
  /** Capitals and digits only. */
  readonly code: string;
}

/** `randomBytes` must be cryptographically random. */
export function makeCode(kind: CodeKind, randomBytes: (count: number) => Uint8Array): string {
  return [...randomBytes(LENGTHS[kind])].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
}

/** In groups, as it is shown and written down: XXXXX-XXXXX, XXXX-XXXX-XXXX-XXXX. */
export function showCode(code: string): string {
  const size = code.length === LENGTHS['hand-over'] ? 5 : 4;
  return (code.match(new RegExp(`.{1,${size}}`, 'gu')) ?? []).join('-');
}

/** Forgives small letters, spaces, dashes, and O, I, L for 0, 1, 1. Null where a message cannot be a code. */
export function codeIn(text: string): Code | null {
  if (text.length > 40) return null;
  const code = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\p{Dash}.·_]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  if (!/^[0-9A-HJKMNP-TV-Z]+$/u.test(code)) return null;
  if (code.length === LENGTHS['hand-over']) return { kind: 'hand-over', code };
  return code.length === LENGTHS.withdrawal ? { kind: 'withdrawal', code } : null;
}
