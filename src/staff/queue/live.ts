// GET /desk/live: server-sent events. "changed": the page then offers to reload the list. With ?case=ID also "readers":
// who else has the page of this case open, which it keeps up for its own reader.

import type { Reading } from '../../store/desk/queue-row.ts';
import { fill } from '../../texts/translate.ts';
import { eventStream, HEARTBEAT, HEARTBEAT_MS } from '../../web/toolkit/event-stream.ts';
import type { Desk, StaffContext } from '../desk.ts';
import { momentIn } from '../layout.ts';

/** In milliseconds. Every process polls the database, so that changes by other processes also show. */
const POLL_MS = 3_000;
/** In polls: then the browser connects again, and its permission is checked again. */
const POLLS = 100;
/** Most open pages; more would only hold sockets. */
const MOST_PAGES = 200;

/** In milliseconds: so long somebody counts as reading who has opened a page and runs no scripts. */
const READS_MS = 10 * 60_000;
/** The same once their page is known to be open: a closed one is noticed soon. */
const STILL_READS_MS = 45_000;

export interface Live {
  (c: StaffContext): Response;
  /** Ends every stream, so that the server can close. */
  close(): void;
}

export function openLive(desk: Desk, pollEvery = POLL_MS): Live {
  const open = new Set<() => void>();
  const heartbeatPolls = Math.max(1, Math.floor(HEARTBEAT_MS / pollEvery));
  const live = (c: StaffContext) => {
    // 204 tells the browser not to ask again.
    if (open.size >= MOST_PAGES) return c.body(null, 204);
    const id = c.req.query('case') ?? null;
    return eventStream(
      c,
      async ({ write, end, ended }) => {
        open.add(end);
        try {
          await write('retry: 5000\n\n');
          let known = await desk.store.desk.pulse();
          let shown = '';
          for (let polls = 1; polls <= POLLS; polls++) {
            if (id !== null) {
              if (polls % heartbeatPolls === 1) await stillReads(desk, id, c.var.staff.id);
              const line = await whoReads(desk, c.var.staff, id);
              if (line !== shown || polls === 1) await write(`event: readers\ndata: ${line}\n\n`);
              shown = line;
            }
            if ((await Promise.race([ended, wait(pollEvery)])) !== 'waited') return;
            const pulse = await desk.store.desk.pulse();
            if (pulse !== known) await write('event: changed\ndata:\n\n');
            else if (polls % heartbeatPolls === 0) await write(HEARTBEAT);
            known = pulse;
          }
        } finally {
          open.delete(end);
        }
      },
      desk.onFault,
    );
  };
  return Object.assign(live, {
    close() {
      for (const end of open) end();
    },
  });
}

function wait(milliseconds: number): Promise<'waited'> {
  return new Promise((resolve) => {
    setTimeout(() => {
      resolve('waited');
    }, milliseconds).unref();
  });
}

/** Call whenever the page of a case is shown. */
export async function beginsToRead(desk: Desk, id: string, staff: string): Promise<void> {
  const at = desk.now();
  const until = new Date(at.getTime() + READS_MS).toISOString();
  await desk.store.desk.beginReading(id, { staff, at: at.toISOString(), until });
}

async function stillReads(desk: Desk, id: string, staff: string): Promise<void> {
  const until = new Date(desk.now().getTime() + STILL_READS_MS).toISOString();
  await desk.store.desk.keepReading(id, { staff, until });
}

/** One line; "" if nobody else reads it. */
export async function whoReads(
  desk: Desk,
  { id: me, language }: Pick<StaffContext['var']['staff'], 'id' | 'language'>,
  id: string,
): Promise<string> {
  const readers = await desk.store.desk.readersOf(id, { not: me, now: desk.now().toISOString() });
  if (readers.length === 0) return '';
  const names = new Map((await desk.store.staff.accounts()).map(({ id: account, name }) => [account, name]));
  const { queue } = desk.texts[language];
  const clock = momentIn(language, desk.timeZone, 'hour');
  const line = ({ staff, since }: Reading) =>
    fill(queue.readBy, { name: names.get(staff) ?? queue.gone, time: clock(since) });
  // A name must not end the line of an event.
  return readers.map(line).join(' · ').replaceAll(/\s+/gu, ' ');
}
