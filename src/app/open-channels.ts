// Opens every configured channel: the web chat always, WhatsApp and Teams if the operator set them up.

import type { Channel } from '../channels/channel.ts';
import type { Teams, TeamsNetwork } from '../channels/teams/open-teams.ts';
import type { Changes } from '../channels/web-chat/ports.ts';
import { openChanges, webChatChannel } from '../channels/web-chat/web-chat-channel.ts';
import type { RunningWhatsApp, WhatsAppForTests } from '../channels/whatsapp/for-app.ts';
import type { Cloud, CloudForTests } from '../channels/whatsapp-cloud/open-cloud.ts';
import type { Config } from '../config/config.ts';
import type { ChannelFacts } from '../dialog/engine/world.ts';
import type { Speak } from '../voice/speaker.ts';
import type { AppContext } from './app-context.ts';
import { newId } from './new-id.ts';
import { teamsAppOf } from './teams-app.ts';
import { openAccountNotices } from './open-mails.ts';
import { voiceMeansOf } from './open-voice.ts';

export interface OpenChannel {
  readonly channel: Channel;
  readonly facts: ChannelFacts;
}

/** In addition to what is configured, and in place of the real networks: for tests and the console. */
export interface MoreChannels {
  /** In addition to the configured ones. */
  readonly channels?: readonly OpenChannel[];
  /** For tests: a local server, without a pause between bubbles. */
  readonly whatsapp?: WhatsAppForTests;
  /** Replaces Meta's network in tests. */
  readonly cloud?: CloudForTests;
  /** Replaces Microsoft's network in tests. */
  readonly teamsNetwork?: TeamsNetwork;
}

export interface ChannelsOptions extends AppContext {
  /** Null if replies cannot be read aloud. */
  readonly speak: Speak | null;
  readonly more: MoreChannels;
}

export interface Channels {
  readonly all: readonly OpenChannel[];
  /** Tells open pages that something changed. */
  readonly changes: Changes;
  readonly teams: Teams | null;
  readonly whatsapp: RunningWhatsApp | null;
  readonly cloud: Cloud | null;
}

/**
 * Receives nothing yet: `whatsapp.start()` and the `routes()` of others are given the inbox. Throws if a channel could be abused or
 * cannot be used.
 */
export async function openChannels(options: ChannelsOptions): Promise<Channels> {
  const { config, store, more, speak } = options;
  const changes = openChanges();
  const teams = config.teams === null ? null : await openConfiguredTeams(options, config.teams);
  const whatsapp = config.whatsapp ? await openConfiguredWhatsApp(options) : null;
  const cloud = await openConfiguredCloud(options);
  const elsewhere = placeToGoOn(config);
  const takesVoice = voiceMeansOf(config) !== undefined;
  const all: readonly OpenChannel[] = [
    {
      channel: webChatChannel(store, changes),
      facts: {
        seenBy: 'network',
        takesFiles: false,
        takesInterviews: true,
        takesVoice,
        speaks: speak !== null,
        printAt: printAt(config),
        wayBack: new URL('back', config.publicUrl).href,
      },
    },
    ...(whatsapp === null
      ? []
      : [
          {
            channel: whatsapp.channel,
            facts: {
              seenBy: 'messenger',
              takesFiles: true,
              takesVoice,
              speaks: speak !== null,
              disappearing: true,
              ...elsewhere,
            } as const,
          },
        ]),
    ...(cloud === null ? [] : [{ channel: cloud.channel, facts: { ...cloud.facts, ...elsewhere } }]),
    ...(teams === null ? [] : [{ channel: teams.channel, facts: { ...teams.facts, ...elsewhere } }]),
    ...(more.channels ?? []),
  ];
  return { all, changes, teams, whatsapp, cloud };
}

/** The pages to type a code and to print; none if only this machine reaches them, except in a trial. */
function placeToGoOn(config: Config): Pick<ChannelFacts, 'goOn' | 'printAt'> {
  const { trial, publicUrl } = config;
  const isOfThisMachine = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(publicUrl.hostname);
  return isOfThisMachine && !trial ? {} : { goOn: new URL('back', publicUrl).href, printAt: printAt(config) };
}

/** People in the web chat reach its pages, whatever machine it is. */
function printAt({ publicUrl }: Config): string {
  return new URL('print', publicUrl).href;
}

// The code of a channel is loaded only if it is configured: loading code is most of the cost of a start.

async function openConfiguredTeams(
  options: ChannelsOptions,
  { app, cloud }: NonNullable<Config['teams']>,
): Promise<Teams> {
  const { config, secrets, store, now, onFault, log, deadlines } = options;
  const tellStaff = openAccountNotices(options);
  const { teamsNetwork } = options.more;
  const { openTeams } = await import('../channels/teams/open-teams.ts');
  const { readDocx } = await import('../channels/media/read-docx.ts');
  return openTeams({
    app: app === null ? null : teamsAppOf(app, secrets),
    cloud,
    host: config.host,
    people: store,
    takesVoice: voiceMeansOf(config) !== undefined,
    readDocx,
    now,
    onFault,
    accounts: store.accounts,
    sent: store.sent,
    onTrouble: (trouble) => log.error({ trouble }, 'nobody on Teams can be written to'),
    tellStaff: tellStaff === null ? null : (reason) => tellStaff('Teams', reason),
    deadlines,
    ...(teamsNetwork === undefined ? {} : { network: teamsNetwork }),
  });
}

async function openConfiguredWhatsApp(options: ChannelsOptions): Promise<RunningWhatsApp> {
  const { store, speak, now, onFault, log } = options;
  const tellStaff = openAccountNotices(options);
  const { whatsapp } = options.more;
  const { openForApp } = await import('../channels/whatsapp/for-app.ts');
  return openForApp({
    store,
    takesVoice: voiceMeansOf(options.config) !== undefined,
    speak: speak === null ? null : (text, language) => speak(text, language, 'opus'),
    ...(whatsapp === undefined ? {} : { forTests: whatsapp }),
    now,
    newCode: () => newId('code'),
    onFault,
    tellStaff: tellStaff === null ? null : (reason) => tellStaff('WhatsApp', reason),
    log,
  });
}

async function openConfiguredCloud(options: ChannelsOptions): Promise<Cloud | null> {
  const { config, secrets, store, speak, now, onFault, log, deadlines } = options;
  if (config.whatsappCloud === null || secrets.whatsappCloud === null) return null;
  const tellStaff = openAccountNotices(options);
  const { cloud } = options.more;
  const { openCloud } = await import('../channels/whatsapp-cloud/open-cloud.ts');
  return openCloud({
    ...{ ...config.whatsappCloud, ...secrets.whatsappCloud },
    ...{ store, now, onFault, log, deadlines },
    takesVoice: voiceMeansOf(config) !== undefined,
    speak: speak === null ? null : (text, language) => speak(text, language, 'opus'),
    newCode: () => newId('code'),
    tellStaff: tellStaff === null ? null : (reason) => tellStaff('WhatsApp Cloud API', reason),
    ...(cloud === undefined ? {} : { forTests: cloud }),
  });
}
