// The figures of /metrics, in OpenMetrics 1.0 (https://prometheus.io/docs/specs/om/open_metrics_spec/). Nobody's anything: counts and ages.

import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Store } from '../store/open.ts';

export interface Metrics {
  /** Rejects if the database does not answer. */
  read(): Promise<string>;
  close(): void;
}

interface Family {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'summary';
  readonly help: string;
  /** Each: the rest of its name, and the value. */
  readonly samples: readonly (readonly [string, number])[];
}

/** `turns`: counted as the process goes on. */
export function openMetrics(
  store: Pick<Store, 'figures'>,
  turns: { readonly saved: number; readonly ms: number },
  now: () => Date,
): Metrics {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  let oldest: { readonly first: number | null; readonly since: number } = { first: null, since: 0 };

  return {
    async read() {
      const { inbox, replies, mails, mailDueSince, recordings, processes } = await store.figures();
      const time = now().getTime();
      const age = (since: string | null) => (since === null ? 0 : Math.max(0, (time - Date.parse(since)) / 1000));
      // An event has no time: its age counts from when it was first seen to be the oldest.
      if (oldest.first !== inbox.first) oldest = { first: inbox.first, since: time };
      const lag = Number.isFinite(delay.max) ? delay.max / 1e9 : 0;
      delay.reset();
      return written([
        {
          name: 'griot_turn_seconds',
          type: 'summary',
          help: 'Turns that this process saved.',
          samples: [
            ['_count', turns.saved],
            ['_sum', turns.ms / 1000],
          ],
        },
        { name: 'griot_inbox_waiting', type: 'gauge', help: 'Events without a turn.', samples: [['', inbox.waiting]] },
        {
          name: 'griot_inbox_oldest_seconds',
          type: 'gauge',
          help: 'Since when the oldest of them is known.',
          samples: [['', inbox.first === null ? 0 : (time - oldest.since) / 1000]],
        },
        {
          name: 'griot_replies_waiting',
          type: 'gauge',
          help: 'Replies that are due.',
          samples: replies.map(({ channel, waiting }) => [`{channel="${channel}"}`, waiting]),
        },
        {
          name: 'griot_replies_oldest_seconds',
          type: 'gauge',
          help: 'Age of the oldest of them.',
          samples: replies.map(({ channel, since }) => [`{channel="${channel}"}`, age(since)]),
        },
        {
          name: 'griot_mails',
          type: 'gauge',
          help: 'Mails by state.',
          samples: mails.map(({ state, count }) => [`{state="${state}"}`, count]),
        },
        {
          name: 'griot_mail_due_seconds',
          type: 'gauge',
          help: 'For how long the oldest mail that has not left is due.',
          samples: [['', age(mailDueSince)]],
        },
        {
          name: 'griot_recordings_waiting',
          type: 'gauge',
          help: 'Recordings to be transcribed.',
          samples: [['', recordings.waiting]],
        },
        {
          name: 'griot_recordings_oldest_seconds',
          type: 'gauge',
          help: 'Age of the oldest of them.',
          samples: [['', age(recordings.since)]],
        },
        { name: 'griot_processes', type: 'gauge', help: 'Processes on this database.', samples: [['', processes]] },
        {
          name: 'griot_event_loop_lag_seconds',
          type: 'gauge',
          help: 'Longest since the last time that this was read.',
          samples: [['', lag]],
        },
      ]);
    },
    close: () => delay.disable(),
  };
}

function written(families: readonly Family[]): string {
  const lines = families.flatMap(({ name, type, help, samples }) => [
    `# TYPE ${name} ${type}`,
    ...(name.endsWith('_seconds') ? [`# UNIT ${name} seconds`] : []),
    `# HELP ${name} ${help}`,
    ...samples.map(([rest, value]) => `${name}${rest} ${value}`),
  ]);
  return [...lines, '# EOF', ''].join('\n');
}
