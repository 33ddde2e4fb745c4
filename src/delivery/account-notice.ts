// A mail to the operator's staff when an account with a messenger needs a person. It holds a channel and a state, and nobody's
// words. A new state of a channel: its line in accountStateSchema (mail-texts.ts) and in the four locales/<language>/mail.json;
// the channel then hands it to its `Standing` (channels/standing.ts), which tells once of each event, tries again what could
// not be handed over, and is what /health says.

import { accountStateSchema, fillText, type MailTexts } from './mail-texts.ts';
import { handOver, type StaffMailDeps } from './staff-notice.ts';

export type AccountChannel = keyof MailTexts['account']['more'];
export type AccountState = keyof MailTexts['account']['state'];

const STATES = new Set<string>(Object.keys(accountStateSchema.shape));

function isAccountState(text: string): text is AccountState {
  return STATES.has(text);
}

/** True where it was handed over, and where there is nothing to say of this state; false: to be tried again. */
export type TellOfAccount = (channel: AccountChannel, state: string) => Promise<boolean>;

export function accountMail(deps: StaffMailDeps): TellOfAccount {
  const { subject, more, state: states, body } = deps.texts.account;
  return async (channel, state) => {
    if (!isAccountState(state)) return true;
    return handOver(deps, {
      subject: fillText(subject, { channel }),
      body: `${fillText(body, { state: states[state], more: more[channel] })}\n`,
      name: `notice-account-${state}`,
    });
  };
}
