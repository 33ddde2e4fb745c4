// Builds Teams: the channel that the conversation sends through, and the routes that Teams calls.

import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import { type Deadlines, DEADLINES } from '../../deadlines.ts';
import type { ChannelFacts } from '../../dialog/engine/world.ts';
import type { Language } from '../../languages.ts';
import { loadCatalogue, type TeamsTexts } from '../../texts/catalogues.ts';
import type { Channel } from '../channel.ts';
import { type AccountsKept, Standing } from '../account-status.ts';
import { openAdapter, PUBLIC_ISSUER, type SignIn, type TeamsAdapter, type TeamsApp } from './adapter.ts';
import { addressOf, languageOfLocale, referenceOf } from './address.ts';
import { type FileConsent, infoCard, markOf, type OfferedDocument, type UploadPlace } from './file-consent.ts';
import { handleActivity } from './handle-activity.ts';
import { type FileHosts, isMicrosoftFile, uploadFile } from './network-files.ts';
import type { ReadDocx, TeamsInbox, TeamsPeople } from './ports.ts';
import type { TeamsActivity } from './activity.ts';
import { buildTeamsRoutes } from './routes.ts';
import { teamsChannel, type TeamsTrouble } from './teams-channel.ts';

// The person accepted a file: it is uploaded to the URL from Teams, if it is still the one that was offered.

/** Upload URLs remembered, so that a repeated answer is one upload. */
const MOST_KNOWN = 1_000;

interface HandOverDeps {
  readonly adapter: TeamsAdapter;
  readonly people: TeamsPeople;
  readonly texts: Readonly<Record<Language, TeamsTexts>>;
  readonly isAllowed: FileHosts;
  readonly deadlines: Pick<Deadlines, 'upload'>;
}

function buildHandOver(deps: HandOverDeps) {
  const known = new Set<string>();
  return async (activity: TeamsActivity, consent: FileConsent): Promise<void> => {
    const key = `${activity.conversation.id} ${activity.id ?? ''}`;
    if (known.has(key)) return;
    known.add(key);
    const [oldest] = known;
    if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);

    const texts = deps.texts[languageOfLocale(activity) ?? 'en'];
    const to = referenceOf(activity);
    const say = (text: string) => deps.adapter.send(to, { type: 'message', textFormat: 'plain', text });
    if (consent.kind === 'declined') return say(texts.declined);
    const outcome = await put(deps, activity, consent.document, consent.place);
    if (outcome !== 'stored') return say(outcome === 'gone' ? texts.gone : texts.notStored);
    await deps.adapter.send(to, { type: 'message', attachments: [infoCard(consent.place)] });
    await say(texts.stored);
  };
}

async function put(
  { people, isAllowed, deadlines }: HandOverDeps,
  activity: TeamsActivity,
  offered: OfferedDocument,
  place: UploadPlace,
): Promise<'stored' | 'gone' | 'failed'> {
  const known = await people.personAt(addressOf(activity));
  const kept = known === null ? null : await people.document(known.person, offered.kind);
  const file = kept?.files.find(({ format }) => format === offered.format);
  if (file === undefined || markOf(file.bytes) !== offered.mark) return 'gone';
  return (await uploadFile(place.uploadUrl, file.bytes, isAllowed, deadlines.upload)) ? 'stored' : 'failed';
}

const TEAMS_PATH = '/api/messages';

/** The endpoints of Microsoft's network; default: Microsoft's own. For tests. */
export interface TeamsNetwork {
  readonly signIn?: SignIn;
  readonly isAllowed?: FileHosts;
}

export interface TeamsOptions {
  /** Null: without sign-in; refused if the listener is not on loopback. */
  readonly app: TeamsApp | null;
  readonly host: string;
  readonly people: TeamsPeople;
  readonly readDocx: ReadDocx;
  /** Recordings can be transcribed; default false. */
  readonly takesVoice?: boolean;
  readonly now: () => Date;
  readonly onFault: (error: unknown) => void;
  /** The stored state of the app with Microsoft. */
  readonly accounts: AccountsKept;
  /** Nobody can be written to. Called once each time. */
  readonly onTrouble: (trouble: TeamsTrouble) => void;
  /** Tells staff; resolves to false if it could not be delivered. Null if there is nobody to tell. */
  readonly tellStaff: ((reason: string) => Promise<boolean>) | null;
  readonly network?: TeamsNetwork;
  readonly deadlines?: Deadlines;
}

export interface Teams {
  readonly channel: Channel;
  readonly facts: ChannelFacts;
  routes(inbox: TeamsInbox): {
    readonly path: string;
    readonly app: Hono<{ readonly Bindings: Partial<HttpBindings> }>;
  };
  /** For /health. */
  shown(): string;
  /** Resolves when the work that went on after an answer has ended. */
  settle(): Promise<void>;
}

/** Loads the library. Throws if anybody on the network could write as anybody. */
export async function openTeams(options: TeamsOptions): Promise<Teams> {
  const { app, host, people, readDocx, takesVoice = false, now, onFault, accounts, network = {} } = options;
  const { onTrouble, tellStaff, deadlines = DEADLINES } = options;
  if (app === null && !/^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/.test(host)) {
    throw new Error('Teams without sign-in listens on loopback only.');
  }
  const texts = loadCatalogue('teams');
  const adapter = await openAdapter(app, network.signIn, deadlines);
  const standing = new Standing<TeamsTrouble>({ account: 'teams', auth: accounts, tellStaff, onTrouble, onFault, now });
  await standing.begin();
  const isAllowed = network.isAllowed ?? isMicrosoftFile;
  const underWay = new Set<Promise<void>>();
  const after = (work: Promise<unknown>) => {
    const ended = work.then(() => undefined, onFault).finally(() => underWay.delete(ended));
    underWay.add(ended);
  };
  const expected = app === null ? null : { issuer: network.signIn?.issuer ?? PUBLIC_ISSUER, audience: app.id };
  const onConsent = buildHandOver({ adapter, people, texts, isAllowed, deadlines });
  return {
    channel: teamsChannel({ adapter, people, texts, standing, now }),
    facts: { seenBy: 'employer', takesFiles: true, takesVoice },
    routes: (inbox) => ({
      path: TEAMS_PATH,
      app: buildTeamsRoutes({
        adapter,
        expected,
        handleActivity: (activity, say) =>
          handleActivity(
            { inbox, texts, readDocx, takesVoice, isAllowed, deadlines, now, onConsent, after },
            activity,
            say,
          ),
        now,
        onFault,
      }),
    }),
    shown: () => standing.restricted ?? 'ready',
    async settle() {
      while (underWay.size > 0) await Promise.all(underWay);
      await standing.end();
    },
  };
}
