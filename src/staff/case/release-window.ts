// The time after a release in which its reviewer can take it back, and the note that offers it on the pages that follow.
// Derived from the rows of the mail, so that it holds over a restart: the mail is not due before.

import { html } from 'hono/html';
import { fill } from '../../texts/translate.ts';
import type { Html } from '../../web/toolkit/page.ts';
import type { CallFacts } from '../call-facts.ts';
import type { Desk, StaffContext } from '../desk.ts';
import { csrfField, momentIn } from '../layout.ts';

const MINUTE = 60_000;
/** A mail that leaves later than this before the deadline may arrive after it. */
const LEAVES_BEFORE = 10 * MINUTE;

/**
 * The earliest time at which a mail leaves that is released now. A window that would reach into the last ten minutes
 * before the deadline is shortened; one of less than a minute is none.
 */
export function leavesFrom(
  { now, releaseMinutes }: Pick<Desk, 'now' | 'releaseMinutes'>,
  call: Pick<CallFacts, 'deadline'> | null,
): Date {
  const at = now().getTime();
  const whole = at + releaseMinutes * MINUTE;
  const deadline = call?.deadline ?? null;
  const ends = deadline === null ? whole : Date.parse(deadline.instant);
  // After the deadline nothing is lost by waiting.
  if (ends <= at) return new Date(whole);
  const until = deadline === null ? whole : Math.min(whole, ends - LEAVES_BEFORE);
  return new Date(until - at < MINUTE ? at : until);
}

/** This reviewer's releases that can still be taken back, each with its button. */
export async function takeableNote(c: StaffContext, desk: Desk): Promise<Html | null> {
  const { staff } = c.var;
  if (staff.role === 'reader') return null;
  const since = new Date(desk.now().getTime() - desk.releaseMinutes * MINUTE).toISOString();
  const releases = await desk.store.reviews.takeableReleases({ reviewer: staff.id, since });
  if (releases.length === 0) return null;
  const { release } = desk.texts[staff.language];
  const clock = momentIn(staff.language, desk.timeZone, 'clock');
  return html`<ul class="takeable" aria-label="${release.takeBackWhich}">
    ${releases.map(
      ({ case: id, reference, sha256, leavesAt }) =>
        html`<li>
          <form method="post" action="/desk/case/${id}/take-back">
            ${csrfField(c)}
            <input type="hidden" name="reference" value="${reference}" />
            <input type="hidden" name="sha256" value="${sha256}" />
            <span
              >${leavesAt === null ? fill(release.takeableSecond, { reference }) : fill(release.takeable, { reference, time: clock(leavesAt) })}</span
            >
            <button>${release.takeBack}</button>
          </form>
        </li>`,
    )}
  </ul>`;
}
