// The texts of a person that were approved, each with all its versions.

import type { Session } from '../engine/session.ts';
import type { Turn } from '../engine/turn.ts';
import { waitingOf } from './sending-window.ts';

type Mail = Session['mails'][number];

/** An approved text with all its versions. */
export interface SentText {
  /** Absent in old sessions. */
  readonly case?: string;
  /** The hash of its call, if it is not the open one's. */
  readonly call?: string;
  /** References that left, or may have left, oldest first. */
  readonly out: readonly string[];
  /** Versions that have not begun to leave. */
  readonly here: readonly Mail[];
}

/** Texts of which a version left, may have left or waits; oldest first. Without texts that were withdrawn already. */
export function sentTexts(turn: Pick<Turn, 'session' | 'facts'>): readonly SentText[] {
  const { mails } = turn.session;
  const { gone } = turn.facts;
  const waiting = waitingOf(turn);
  const texts: Mail[][] = [];
  for (const one of mails) {
    if (one.mail === 'withdrawal') continue;
    const own = texts.find((text) => text.some((other) => isSameText(one, other))) ?? null;
    if (own !== null) own.push(one);
    else if (one.mail === 'correction' && texts.length > 0) texts.at(-1)?.push(one);
    else texts.push([one]);
  }
  return texts.flatMap((versions) => {
    const here = versions.filter((one) => waiting.includes(one));
    const stays = (one: Mail) => here.includes(one) || (one.outcome === 'held' && one.reopened === true);
    const left = versions.filter((one) => !stays(one) && gone?.includes(one.reference) !== true);
    const references = [...new Set(left.map(({ reference }) => reference))];
    const out = isAskedBack(mails, references) ? [] : references;
    const of = versions.find((one) => one.case !== undefined)?.case;
    if (out.length + here.length === 0) return [];
    const call = versions.find((one) => one.call !== undefined)?.call;
    const about = { ...(of === undefined ? {} : { case: of }), ...(call === undefined ? {} : { call }) };
    return [{ out, here, ...about }];
  });
}

/** A correction belongs to the same case; a reopened text that was approved again keeps its reference. */
function isSameText(one: Mail, other: Mail): boolean {
  return one.reference === other.reference || (one.case !== undefined && one.case === other.case);
}

/** All of it was withdrawn, and the withdrawal did not bounce. */
function isAskedBack(mails: Session['mails'], out: readonly string[]): boolean {
  return mails.some(
    ({ mail, reference, erases, outcome }) =>
      mail === 'withdrawal' &&
      erases === true &&
      out.includes(reference) &&
      outcome !== 'refused' &&
      outcome !== 'bounced',
  );
}

/** References of every version of the newest text that left, or may have left, oldest first. */
export function versionsOut(turn: Pick<Turn, 'session' | 'facts'>): readonly string[] {
  return sentTexts(turn).findLast(({ out }) => out.length > 0)?.out ?? [];
}
