// A mail to the operator's staff when an account with a messenger needs a person. It holds a channel and a state, and nobody's
// words. A new state of a channel: its line in `account.state` of the four locales/<language>/mail.json;
// the channel then hands it to its `Standing` (channels/standing.ts), which tells once of each event, tries again what could
// not be handed over, and is what /health says.

import type { MailTexts } from '../../texts/catalogues.ts';
import { fillLine } from '../../texts/fill.ts';
import { handOver, type StaffMailDeps } from './staff-notice.ts';

export type AccountChannel = keyof MailTexts['account']['more'];
export type AccountState = keyof MailTexts['account']['state'];

/** True where it was handed over, and where there is nothing to say of this state; false: to be tried again. */
export type TellOfAccount = (channel: AccountChannel, state: string) => Promise<boolean>;

export function accountMail(deps: StaffMailDeps): TellOfAccount {
  const { subject, more, state: states, body } = deps.texts.account;
  return async (channel, state) => {
    if (!isStateIn(states, state)) return true;
    return handOver(deps, {
      subject: fillLine(subject, { channel }),
      body: `${fillLine(body, { state: states[state], more: more[channel] })}\n`,
      name: `notice-account-${state}`,
    });
  };
}

function isStateIn(states: MailTexts['account']['state'], text: string): text is AccountState {
  return Object.hasOwn(states, text);
}
