// "Hide the name Kauã": one name that is named is said back, and withheld everywhere on a yes. *undo* shows it again.

import type { Turn } from '../engine/turn.ts';
import { foundIn, sayWithheld, withhold } from '../prompts/names/withheld.ts';
import { wishesToHide } from '../understanding/alarm.ts';
import { findingsIn } from '../understanding/findings.ts';
import { fold } from '../understanding/fold.ts';
import { whatStands } from './sending-window.ts';

/** As it is in the text, if it is there. Null if none, or several, are named, or the text is no longer being written. */
export function nameToHide(turn: Turn, text: string): string | null {
  const { kept, contribution, joint } = turn.session;
  const { lexicon } = turn.world;
  if (!kept || contribution === null || joint !== undefined || whatStands(turn) !== 'open') return null;
  if (!wishesToHide(lexicon, text)) return null;
  const [named, ...others] = findingsIn(lexicon, [text.replace(/(?<=\p{L})['’]s?(?!\p{L})/gu, '')]).filter(
    ({ kind }) => kind === 'person' || kind === 'officer',
  );
  if (named === undefined || others.length > 0) return null;
  return foundIn(turn).find((one) => fold(one.text) === fold(named.text))?.text ?? named.text;
}

export function withholdName(turn: Turn, name: string): void {
  if (!turn.session.withheld.includes(name)) {
    withhold(turn, [name]);
    turn.change({ withheldAs: { ...turn.session.withheldAs, [name]: 'name' } });
    turn.noteChange();
  }
  sayWithheld(turn, [name]);
}
