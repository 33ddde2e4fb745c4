// Builds the first of the two flows from the configuration: the operator's facts for the engine, and what a turn needs.

import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { Address, Inbox, Incoming } from '../channels/channel.ts';
import type { TeamsInbox } from '../channels/teams/ports.ts';
import type { Config } from '../config/config.ts';
import { Conversation, type ConversationDeps } from '../conversation/conversation.ts';
import { buildResumeHere } from '../conversation/take-case.ts';
import { makeCode } from '../dialog/understanding/commands.ts';
import { inEvery } from '../languages.ts';
import { isTrialAddress } from '../mail/address.ts';
import { addressesIn } from '../mail/recipients.ts';
import { buildMailWriter } from '../mail/outbox/write-mail.ts';
import type { Store } from '../store/open.ts';
import type { StaffAccount } from '../store/staff/staff-accounts.ts';
import { borrowedIn } from '../texts/catalogues.ts';
import { fingerprint } from '../vault/seal.ts';
import { translator } from '../voice/translator.ts';
import type { AppContext } from './app-context.ts';
import { newId } from './new-id.ts';
import type { OpenCalls } from './open-calls.ts';
import type { OpenChannel } from './open-channels.ts';
import { voiceMeansOf } from './open-voice.ts';

// Whether the review desk is staffed: only then are people promised a message from a person.

/** Seconds for which the answer is cached. */
const REMEMBERED = 30;

/** Warns in the log if RELEASE asks for more reviewers than there are: submissions would then wait for nobody. */
export async function warnOfMissingReviewers(
  store: Pick<Store, 'staff'>,
  release: 'person' | 'staff' | 'two',
  log: Pick<Logger, 'warn'>,
): Promise<void> {
  const needed = { person: 0, staff: 1, two: 2 }[release];
  const active = (await store.staff.accounts()).filter(mayDecide).length;
  if (active < needed) {
    log.warn(
      { needed, active },
      'RELEASE: nothing leaves before there are enough reviewers; npm run -s griot -- staff add',
    );
  }
}

function mayDecide({ state, role }: StaffAccount): boolean {
  return state === 'active' && role !== 'reader';
}

/** True while an account that may write to people is active. Queries the database at most twice a minute. */
function deskIsStaffed(store: Pick<Store, 'staff'>, now: () => Date): () => Promise<boolean> {
  let known: { readonly staffed: boolean; readonly until: number } | null = null;
  return async () => {
    const time = now().getTime();
    if (known !== null && time < known.until) return known.staffed;
    const accounts = await store.staff.accounts();
    const staffed = accounts.some(mayDecide);
    known = { staffed, until: time + REMEMBERED * 1000 };
    return staffed;
  };
}

export interface ConversationOptions extends OpenCalls {
  readonly channels: readonly OpenChannel[];
  /** This run of the program. */
  readonly boot: string;
}

export function openConversation(context: AppContext, options: ConversationOptions): Conversation {
  const { config, store, loaded, master, now, onFault } = context;
  const { calls, served, recipientOf, boot, channels } = options;
  return new Conversation({
    ...{ store, calls, served, boot, now, onFault },
    channels: new Map(channels.map((one) => [one.channel.name, one])),
    intake: loaded.intake,
    lexicon: loaded.lexicon,
    operator: operatorOf(config),
    deskIsStaffed: deskIsStaffed(store, now),
    translate: loaded.texts.translate,
    labels: inEvery((language) => loaded.document[language].withheld),
    borrowed: borrowedIn(loaded.gaps),
    ...openTranslation(context),
    documents: {
      texts: loaded.document,
      mail: buildMailWriter({
        fromName: config.operator.name,
        from: config.mailFrom,
        phone: config.operator.phone,
        mail: loaded.mail,
        document: loaded.document,
      }),
      recipientOf: async (id) => {
        const known = await recipientOf(id);
        return known === null || (!config.trial && addressesIn(known).some(isTrialAddress)) ? null : known;
      },
    },
    newId,
    newCode: (kind) => makeCode(kind, randomBytes),
    fingerprint: (text) => fingerprint(master, 'own-word', text),
  });
}

/** The inbox of messengers: a message that is nothing but a code may resume a conversation from elsewhere. */
export interface MessengerInbox extends Inbox, TeamsInbox {}

export function openMessengerInbox({ store, config, now }: AppContext, conversation: Conversation): MessengerInbox {
  const resumeHere = buildResumeHere({
    store,
    on: new Set(['whatsapp', 'whatsapp-cloud', 'teams']),
    days: config.idleDays,
    now,
  });
  return {
    take: async (incoming) => {
      await goOnByNumber(store, incoming);
      return conversation.take(await resumeHere(incoming));
    },
    receive: async (incoming) => store.receive(await resumeHere(incoming)),
    settle: (person) => conversation.settle(person),
  };
}

/** The addresses of a number on both ways to WhatsApp. */
function addressesOf(number: string): readonly Address[] {
  const account = 'default';
  return [
    { channel: 'whatsapp', account, address: `${number}@s.whatsapp.net` },
    { channel: 'whatsapp-cloud', account, address: number },
  ];
}

/** Before the message is taken, somebody new whose number is known goes on with their conversation. */
async function goOnByNumber(store: Pick<Store, 'goOnByNumber'>, { from, number, messageId }: Incoming): Promise<void> {
  if (number === undefined) return;
  await store.goOnByNumber(from, addressesOf(number), `other-way/${messageId}`);
}

function operatorOf(config: Config): ConversationDeps['operator'] {
  const voice = voiceMeansOf(config);
  const { service, staff } = config.translation;
  return {
    ...config.operator,
    trial: config.trial,
    release: config.release,
    idleDays: config.idleDays,
    closedDays: config.closedDays,
    windowMinutes: config.windowMinutes,
    takesLate: config.trial || config.lateAcceptedBy !== null,
    ...(voice === undefined ? {} : { voice }),
    ...(service === null ? {} : { translator: { host: service.url.hostname, here: service.here } }),
    translatedByStaff: staff,
  };
}

/** Nothing is translated unless a service is configured, and then only what a person agreed to. */
function openTranslation(context: AppContext): Pick<ConversationDeps, 'translateWords'> {
  const { config, secrets, deadlines, onFault } = context;
  const { service } = config.translation;
  if (service === null) return {};
  const { translateKey: key } = secrets;
  const translate = translator({ url: service.url, key, timeout: deadlines.translation, onFault });
  return {
    async translateWords({ from, to, parts }) {
      const texts = await translate(
        parts.map(({ text }) => text),
        from,
        to,
      );
      return texts === null ? null : Object.fromEntries(parts.map(({ id }, index) => [id, texts[index] ?? '']));
    },
  };
}
