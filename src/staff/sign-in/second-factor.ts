// The second factor: a passkey or a code, in the same form.

import type { Context } from 'hono';
import type { Language } from '../../languages.ts';
import type { Desk } from '../desk.ts';
import type { Html } from '../layout.ts';
import { passkeyField } from '../passkey/passkey-field.ts';
import { askForPasskey, isTheirPasskey } from '../passkey/use-passkey.ts';
import { html } from 'hono/html';
import { parseOneTimeCode, RECOVERY_LENGTH } from './one-time-code.ts';
import { fieldOf } from './request.ts';
import { tokenOf } from './token.ts';
import { totpStep } from './totp.ts';

interface Account {
  readonly id: string;
  readonly language: Language;
}

export type SecondFactor =
  | { readonly by: 'passkey' | 'totp' | 'recovery' }
  /** What was given, and what is said about it. */
  | { readonly by: null; readonly tried: 'passkey' | 'code'; readonly problem: string };

/** What the form of `c` proves. Every code and every answer of a passkey counts once. */
export async function secondFactor(c: Context, desk: Desk, { id, language }: Account): Promise<SecondFactor> {
  const { passkeys, signIn } = desk.texts[language];
  const passkey = await fieldOf(c, 'passkey');
  if (passkey !== '') {
    if (await isTheirPasskey(desk, id, tokenOf(c, desk) ?? '', passkey)) return { by: 'passkey' };
    return { by: null, tried: 'passkey', problem: passkeys.wrong };
  }
  const by = await codeOf(desk, id, await fieldOf(c, 'code'));
  return by === null ? { by, tried: 'code', problem: signIn.code.wrong } : { by };
}

/** For the form: the button for a passkey, where the account has one that works at this address. */
export async function passkeyButton(c: Context, desk: Desk, { id, language }: Account): Promise<Html | null> {
  const options = await askForPasskey(desk, id, tokenOf(c, desk) ?? '');
  if (options === null) return null;
  const { use: button, useFailed: failed, orCode } = desk.texts[language].passkeys;
  return html`${passkeyField(desk, { kind: 'use', options, button, failed })}
    <p class="with-passkey" hidden>${orCode}</p>`;
}

/** Which code this is: of the app, each once, or a recovery code, each once. Null where it is none. */
async function codeOf(desk: Desk, id: string, typed: string): Promise<'totp' | 'recovery' | null> {
  const { totp } = await desk.store.staff.secrets(id);
  const step = totp === null ? null : totpStep(totp, typed, desk.now());
  if (step !== null) return (await desk.store.staff.useTotpStep(id, step)) ? 'totp' : null;
  const code = parseOneTimeCode(typed, RECOVERY_LENGTH);
  return code !== null && (await desk.store.staff.useRecoveryCode(id, code)) ? 'recovery' : null;
}
