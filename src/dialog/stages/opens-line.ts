// A fact of the check that is told in words opens its line: "I want it public with my name", "who is writing should be an organisation".

import { type Role, ROLES } from '../engine/draft.ts';
import type { Turn } from '../engine/turn.ts';
import type { Said } from '../engine/world.ts';
import { openLine } from '../prompts/approval/check.ts';
import { wishes } from '../understanding/alarm.ts';
import { deniedRolesIn } from '../understanding/names/own-role.ts';
import { asksByMark } from '../understanding/plain-answer.ts';
import { perhapsMeant, recognizeChoice } from '../understanding/recognize.ts';
import { soundedRole } from '../understanding/talk/sounded-answer.ts';
import { countWords } from '../../words.ts';

export function opensLine(turn: Turn, said: Said): boolean {
  const { prompt } = turn.session.at;
  if (prompt !== 'review' && prompt !== 'read-back') return false;
  return (prompt === 'review' && saysWhoReads(turn, said.text)) || saysWhoWrites(turn, said);
}

const shows = (turn: Turn, line: string) => turn.choicesAt(turn.session.at).some(({ value }) => value === line);

/** "I want it public with my name" opens its line of the check. */
function saysWhoReads(turn: Turn, text: string): boolean {
  const { intake, lexicon } = turn.world;
  const meant = perhapsMeant(lexicon, turn.session.language, text, intake.choices.publication);
  if (!shows(turn, 'readers') || meant === null) return false;
  openLine(turn, 'readers');
  return true;
}

/** Words of a message about who writes; a longer one tells. */
const ROLE_WORDS = 12;

/** The role is said back, and changed by its number. */
function saysWhoWrites(turn: Turn, said: Said): boolean {
  const { lexicon } = turn.world;
  if (countWords(said.text) > ROLE_WORDS || asksByMark(said.text) || !shows(turn, 'role')) return false;
  const denied = deniedRolesIn(lexicon, said.text);
  if (denied.length === 0 && !wishes(lexicon, said, 'ofRole')) return false;
  const meant = roleMeant(turn, said.text, denied);
  openLine(turn, 'role');
  const number = turn.choicesAt(turn.session.at).findIndex(({ value }) => value === meant) + 1;
  if (number > 0) turn.say('choice.perhaps', { choice: { key: `choices.${meant}` }, number });
  return true;
}

function roleMeant({ world, session }: Turn, text: string, denied: readonly Role[]): Role | null {
  const open = ROLES.filter((role) => !denied.includes(role));
  const found = recognizeChoice(world.lexicon, session.language, text, open, false);
  if (found.kind === 'accepted') return open.find((role) => role === found.value) ?? null;
  const meant = perhapsMeant(world.lexicon, session.language, text, open);
  return open.find((role) => role === (meant ?? soundedRole(world.lexicon, session.language, text))) ?? null;
}
