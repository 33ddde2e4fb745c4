import type { Address, Channel, Rendered, SendOutcome } from '../channel.ts';
import type { Standing } from '../standing.ts';
import { NoToken, SendRefused, type TeamsAdapter } from './adapter.ts';
import { parseReach, type Reference } from './address.ts';
import { buildActivities } from './build-activities.ts';
import { consentCard, markOf } from './file-consent.ts';
import { Pace } from './pace.ts';
import { TEAMS, type TeamsPeople } from './ports.ts';
import type { TeamsTexts } from '../../texts/catalogues.ts';
import type { Language } from '../../languages.ts';

/** Milliseconds that a message waits for its conversation's turn; more, and it is tried again later. Others do not wait for it. */
const PATIENCE = 10_000;
/** Replies of which some bubbles have gone and some not: remembered, so that a second try goes on where the first ended. */
const MOST_HALF_SENT = 1_000;
/** What may be well a little later: a conversation that is being changed, too much at once, and Microsoft's own trouble. */
const LATER = [408, 412, 429, 500, 502, 503, 504];

/** Refusals that are about one person only (https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability). */
const OF_ONE_PERSON = [
  'BotNotInConversationRoster',
  'ConversationBlockedByUser',
  'ForbiddenOperationException',
  'MessageWritesBlocked',
];
/** Milliseconds after which a line that does not come back is a matter of the staff. */
const UNREACHABLE_MS = 5 * 60_000;

/** Why nobody on Teams can be written to; each is a state of a notice to the staff. */
export type TeamsTrouble = 'teams-sign-in' | 'teams-forbidden' | 'teams-unreachable';

export interface TeamsChannelDeps {
  readonly adapter: TeamsAdapter;
  readonly people: TeamsPeople;
  readonly texts: Readonly<Record<Language, TeamsTexts>>;
  readonly standing: Pick<Standing<TeamsTrouble>, 'refused' | 'wentThrough'>;
  readonly now: () => Date;
}

/** Every reply is a proactive message: Teams has had its answer long before a turn is taken. */
export function teamsChannel({ adapter, people, texts, standing, now }: TeamsChannelDeps): Channel {
  const pace = new Pace();
  const halfSent = new Map<string, number>();
  let failingSince: number | null = null;

  /** A trouble of the whole account keeps the reply; what is about one person only passes it over. */
  function failed(error: unknown): SendOutcome {
    if (error instanceof NoToken) return keep('teams-sign-in', 'sign-in');
    const { status, code } = error instanceof SendRefused ? error : { status: null, code: null };
    if (status === 401) return keep('teams-sign-in', 'status 401');
    if (status === 403 && !OF_ONE_PERSON.includes(code ?? '')) return keep('teams-forbidden', 'status 403');
    const retryable = status === null || LATER.includes(status);
    if (retryable && status !== 412 && status !== 429) {
      failingSince ??= now().getTime();
      if (now().getTime() - failingSince >= UNREACHABLE_MS) standing.refused('teams-unreachable');
    }
    return { kind: 'failed', error: `status ${status ?? 'none'}`, retryable };
  }

  function keep(trouble: TeamsTrouble, error: string): SendOutcome {
    standing.refused(trouble);
    return { kind: 'failed', error, retryable: true };
  }

  async function write(to: Reference, activity: object): Promise<SendOutcome> {
    const key = `${to.conversation.tenantId}/${to.conversation.id}`;
    const wait = pace.wait(key, Date.now());
    if (wait > PATIENCE) return { kind: 'failed', error: 'pace', retryable: true };
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    pace.note(key, Date.now());
    try {
      await adapter.send(to, activity);
      failingSince = null;
      standing.wentThrough();
      return { kind: 'sent' };
    } catch (error) {
      return failed(error);
    }
  }

  /** Cards for the files of a reply; none where the document is gone meanwhile. */
  async function offers(to: Address, { file, language, contribution }: Rendered) {
    if (file === null) return [];
    const known = await people.personAt(to);
    const kept = known === null ? null : await people.document(known.person, file, contribution);
    return (kept?.files ?? []).map(({ format, bytes }) => ({
      type: 'message',
      attachments: [consentCard({ kind: file, format, mark: markOf(bytes) }, bytes.length, texts[language].offer)],
    }));
  }

  return {
    name: TEAMS,
    // The numbers stand in the text even where there are buttons: those are gone after a tap, and not everybody sees them.
    capabilities: { buttons: false, bubble: 600, files: true },
    parallel: true,
    async send(to, reply, id) {
      const reference = parseReach(to);
      if (reference === null) return { kind: 'failed', error: 'no reference', retryable: false };
      const activities = [...buildActivities(reply, reference.user.id), ...(await offers(to, reply))];
      for (let next = halfSent.get(id) ?? 0; next < activities.length; next++) {
        const outcome = await write(reference, activities[next] ?? {});
        if (outcome.kind === 'sent') continue;
        halfSent.set(id, next);
        if (!outcome.retryable) halfSent.delete(id);
        const [oldest] = halfSent.keys();
        if (halfSent.size > MOST_HALF_SENT && oldest !== undefined) halfSent.delete(oldest);
        return outcome;
      }
      halfSent.delete(id);
      return { kind: 'sent' };
    },
  };
}
