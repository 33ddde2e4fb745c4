// Builds Teams: the channel that the conversation sends through, and the routes that Teams calls.

import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import { type Deadlines, DEADLINES } from '../../deadlines.ts';
import type { ChannelFacts } from '../../dialog/engine/world.ts';
import { loadCatalogue } from '../../texts/catalogues.ts';
import type { Channel } from '../channel.ts';
import { type AccountsKept, Standing } from '../account-status.ts';
import type { TeamsActivity } from './activity.ts';
import { referenceOf } from './address.ts';
import { Arrivals } from './arrivals.ts';
import { CLOUDS, type Cloud, type CloudName } from './cloud.ts';
import { type Connector, openConnector } from './connector.ts';
import { handleActivity } from './handle-activity.ts';
import { buildHandOver, firstTimes } from './hand-over.ts';
import { type FileHosts, filesOf } from './network-files.ts';
import type { ReadDocx, TeamsInbox, TeamsPeople, TeamsSent } from './ports.ts';
import { buildTeamsRoutes } from './routes.ts';
import { openSender, persist, type TeamsTrouble } from './sender.ts';
import { openSignIn, type TeamsApp } from './sign-in/open-sign-in.ts';
import { teamsChannel } from './teams-channel.ts';
import { openTokenCheck } from './token-check.ts';

const TEAMS_PATH = '/api/messages';

/** The endpoints of Microsoft's network; default: those of its cloud. For tests. */
export interface TeamsNetwork {
  readonly cloud?: Partial<Cloud>;
  readonly isAllowed?: FileHosts;
}

/** Messages of groups that are remembered, so that one that comes again is answered once. */
const MOST_GROUPS = 1_000;

export interface TeamsOptions {
  /** Null: every caller is trusted; refused if the listener is not on loopback. */
  readonly app: TeamsApp | null;
  /** Default: the public one. */
  readonly cloud?: CloudName;
  readonly host: string;
  readonly people: TeamsPeople;
  readonly readDocx: ReadDocx;
  /** Recordings can be transcribed; default false. */
  readonly takesVoice?: boolean;
  readonly now: () => Date;
  readonly onFault: (error: unknown) => void;
  /** The stored state of the app with Microsoft. */
  readonly accounts: AccountsKept;
  readonly sent: TeamsSent;
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

/** Throws if anybody on the network could write as anybody, or if a file of our sign-in is missing or wrong. */
export async function openTeams(options: TeamsOptions): Promise<Teams> {
  const { app, host, people, readDocx, takesVoice = false, now, onFault, accounts, sent, network = {} } = options;
  const { onTrouble, tellStaff, deadlines = DEADLINES } = options;
  if (app === null && !/^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/.test(host)) {
    throw new Error('Teams without sign-in listens on loopback only.');
  }
  const texts = loadCatalogue('teams');
  const cloud: Cloud = { ...CLOUDS[options.cloud ?? 'public'], ...network.cloud };
  const tokens = app === null ? null : openSignIn({ app, cloud, deadline: deadlines.connector, now });
  const standing = new Standing<TeamsTrouble>({ account: 'teams', auth: accounts, tellStaff, onTrouble, onFault, now });
  await standing.begin();
  const connector = await openConnector(tokens, deadlines.connector);
  const arrivals = new Arrivals();
  const sender = openSender({ connector: afterArrivals(connector, arrivals), standing, now });
  const isAllowed = network.isAllowed ?? filesOf(cloud);
  const underWay = new Set<Promise<void>>();
  const after = (work: Promise<unknown>) => {
    const ended = work.then(() => undefined, onFault).finally(() => underWay.delete(ended));
    underWay.add(ended);
  };
  const check = app === null ? null : openTokenCheck({ cloud, audience: app.id, deadline: deadlines.signIn, now });
  const expected = app === null ? null : { issuer: cloud.issuer, audience: app.id };
  const onConsent = buildHandOver({ sender, people, texts, isAllowed, deadlines });
  const isNew = firstTimes(MOST_GROUPS);
  const sayElsewhere = async (activity: TeamsActivity, text: string): Promise<void> => {
    if (!isNew(`${activity.conversation.id} ${activity.id ?? ''}`)) return;
    const to = referenceOf(activity);
    await persist(() => sender.sendElsewhere(to, { type: 'message', text, textFormat: 'plain' }));
  };
  const limits = { readDocx, takesVoice, isAllowed, deadlines };
  const common = { texts, sent, ...limits, arrivals, now, onConsent, sayElsewhere, after };
  return {
    channel: teamsChannel({ sender, people, sent, texts }),
    facts: { seenBy: 'employer', takesFiles: true, takesVoice },
    routes: (inbox) => ({
      path: TEAMS_PATH,
      app: buildTeamsRoutes({
        check,
        expected,
        handleActivity: (activity) => handleActivity({ ...common, inbox }, activity),
        arrivals,
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

/** Teams waits for our answers to what it brings, and for our replies it does not. */
function afterArrivals(connector: Connector, arrivals: Pick<Arrivals, 'quiet'>): Connector {
  return {
    ...connector,
    send: async (to, activity) => {
      await arrivals.quiet();
      return connector.send(to, activity);
    },
  };
}
