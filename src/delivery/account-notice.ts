// A mail to the operator's staff when an account with a messenger needs a person. It holds a state, and nobody's words.

import { accountStateSchema, fillText, type MailTexts } from './mail-texts.ts';
import { handOver, type StaffMailDeps } from './staff-notice.ts';

export type AccountState = keyof MailTexts['account']['state'];

const STATES = new Set<string>(Object.keys(accountStateSchema.shape));

export function isAccountState(text: string): text is AccountState {
  return STATES.has(text);
}

/** False where it could not be handed over. */
export type TellOfAccount = (state: AccountState) => Promise<boolean>;

export function accountMail(deps: StaffMailDeps): TellOfAccount {
  const { subject, state: states, body } = deps.texts.account;
  return (state) =>
    handOver(deps, { subject, body: `${fillText(body, { state: states[state] })}\n`, name: `notice-account-${state}` });
}
