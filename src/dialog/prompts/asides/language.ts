// The choice of the language of the conversation.

import { isLanguage, type Language, LANGUAGES } from '../../../languages.ts';
import { choicePrompt } from '../../engine/prompt.ts';
import type { Turn } from '../../engine/turn.ts';
import { tellAccepted } from '../../stages/other-language.ts';

export const language = choicePrompt('language', {
  traits: { kind: 'interrupt', guarded: false, consent: 'none', phrase: [], endsFirst: true },
  values: () => LANGUAGES.map((one) => `language-${one}`),
  ask: (turn) => turn.ask('language.ask', undefined, { choices: LANGUAGES.map((one) => `language-${one}`) }),
  choose(turn, value) {
    const chosen = value.slice('language-'.length);
    if (isLanguage(chosen)) turn.change({ language: chosen, built: null });
    if (turn.session.under.at(-1)?.prompt !== 'hello') tellAccepted(turn);
    turn.resume('full');
  },
});

export function switchLanguage(turn: Turn, chosen: Language): void {
  turn.change({ language: chosen, built: null });
  turn.say('language.changed');
  if (turn.session.at.prompt !== 'hello') tellAccepted(turn);
  turn.again('full');
}
