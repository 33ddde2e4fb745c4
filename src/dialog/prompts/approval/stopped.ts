// An approved text that its person stopped: it is kept, and nothing leaves. They are asked what they want, and not shown at once
// what would leave.

import { keptUntil } from '../../engine/pending-consent.ts';
import { choicePrompt } from '../../engine/prompt.ts';
import type { Turn } from '../../engine/turn.ts';
import { otherTexts } from '../../organiser/own-texts.ts';
import { wishesToErase } from '../../understanding/alarm.ts';
import { saysEraseFirst } from '../../understanding/about-words.ts';
import { rest } from '../../stages/way-back.ts';
import { tellOfCode } from '../after/elsewhere.ts';

const STOPPED = ['stopped-read', 'stopped-change', 'stopped-send', 'stopped-erase', 'stopped-leave'];

export const stopped = choicePrompt('stopped', {
  traits: { kind: 'step', guarded: false, consent: 'keep', phrase: [], endsFirst: true },
  values: () => STOPPED,
  exactly: ['stopped-erase'],
  ask: (turn) => turn.ask('stopped.ask', keptUntil(turn), { choices: STOPPED }),
  choose(turn, value) {
    if (value === 'stopped-read') return turn.go({ prompt: 'read-back' });
    if (value === 'stopped-change') return change(turn);
    // Also for the word SEND: what would leave is shown there, and asked about.
    if (value === 'stopped-send') return turn.go({ prompt: 'send' });
    if (value === 'stopped-erase') return eraseNow(turn);
    turn.toAsk = null;
    rest(turn);
    tellOfCode(turn, 'pause');
  },
  otherwise(turn, said) {
    const { lexicon } = turn.world;
    const erases = wishesToErase(lexicon, said) || saysEraseFirst(lexicon, said.text);
    if (erases) eraseNow(turn);
    return erases;
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
    turn.go({ prompt: 'send' });
    return true;
  },
});

/** Its own question follows, which asks for the word. */
function eraseNow(turn: Turn): void {
  turn.aside({ prompt: otherTexts(turn).length > 0 ? 'erase-which' : 'erase' });
}

/** The text is open again: after its changes it is read back and approved again. */
export function change(turn: Turn): void {
  turn.go({ prompt: 'read-back' });
  turn.change({ trail: [] });
  turn.aside({ prompt: 'review' });
}
