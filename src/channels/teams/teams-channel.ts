import type { Address, Channel, Rendered, SendOutcome } from '../channel.ts';
import { SendRefused, type TeamsAdapter } from './adapter.ts';
import { parseReach, type Reference } from './address.ts';
import { buildActivities } from './build-activities.ts';
import { consentCard, markOf } from './file-consent.ts';
import { Pace } from './pace.ts';
import { TEAMS, type TeamsPeople } from './ports.ts';
import type { TeamsTexts } from './texts.ts';
import type { Language } from '../../dialog/language.ts';

/** Milliseconds that a message waits for its conversation's turn; more, and it is tried again later. Others do not wait for it. */
const PATIENCE = 10_000;
/** Replies of which some bubbles have gone and some not: remembered, so that a second try goes on where the first ended. */
const MOST_HALF_SENT = 1_000;
/** What may be well a little later: a conversation that is being changed, too much at once, and Microsoft's own trouble. */
const LATER = [408, 412, 429, 500, 502, 503, 504];

export interface TeamsChannelDeps {
  readonly adapter: TeamsAdapter;
  readonly people: TeamsPeople;
  readonly texts: Readonly<Record<Language, TeamsTexts>>;
}

/** Every reply is a proactive message: Teams has had its answer long before a turn is taken. */
export function teamsChannel({ adapter, people, texts }: TeamsChannelDeps): Channel {
  const pace = new Pace();
  const halfSent = new Map<string, number>();

  async function write(to: Reference, activity: object): Promise<SendOutcome> {
    const key = `${to.conversation.tenantId}/${to.conversation.id}`;
    const wait = pace.wait(key, Date.now());
    if (wait > PATIENCE) return { kind: 'failed', error: 'pace', retryable: true };
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    pace.note(key, Date.now());
    try {
      await adapter.send(to, activity);
      return { kind: 'sent' };
    } catch (error) {
      const status = error instanceof SendRefused ? error.status : null;
      const retryable = status === null || LATER.includes(status);
      return { kind: 'failed', error: `status ${status ?? 'none'}`, retryable };
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
