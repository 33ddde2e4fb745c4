// Step 10: how names stand in the document, asked for the person harmed and for the author, each by itself.

import { acceptedLanguages } from '../call.ts';
import { cleanName } from '../clean.ts';
import type { Naming } from '../draft.ts';
import { isLanguage } from '../language.ts';
import { choicePrompt, type Prompt } from '../prompt.ts';
import { onwards } from '../way.ts';
import type { PromptId } from '../steps.ts';
import type { Turn } from '../turning.ts';

type Who = 'harmed' | 'author';

/** `asked`: whose name the question was about that was answered. */
function record(turn: Turn, who: Who, naming: Naming, asked: Who = who): void {
  turn.change({ built: null, [who]: naming });
  const wording = { key: formText(turn, asked), choices: turn.world.intake.choices.naming };
  turn.consent(who === 'harmed' ? 'name-harmed' : 'name-author', naming.form, wording, who);
}

function formText(turn: Turn, who: Who): string {
  if (turn.session.gathers !== undefined && who === 'author') return 'gathering.name-author';
  return turn.session.role === 'organisation' && who === 'author' ? 'names.organisation' : `names.${who}`;
}

function formPrompt(who: Who): Prompt {
  const here: PromptId = who === 'harmed' ? 'harmed-form' : 'author-form';
  return choicePrompt({
    strict: true,
    values: (turn) => turn.world.intake.choices.naming,
    ask(turn) {
      turn.ask(formText(turn, who), undefined, {
        choices: turn.world.intake.choices.naming,
        commands: ['skip', 'skip-all'],
      });
    },
    choose(turn, value) {
      const form = value === 'full' || value === 'initials' ? value : 'none';
      record(turn, who, { form });
      turn.go({ prompt: who === 'harmed' ? 'harmed-name' : 'author-name' });
    },
    command(turn, command) {
      if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
      record(turn, who, { form: 'none' });
      if (command === 'skip-all') record(turn, 'author', { form: 'none' }, who);
      turn.go(onwards(turn, command === 'skip-all' ? 'author-form' : here));
      return true;
    },
  });
}

/** Also where no name is to be shown: only a name that is known can be taken out wherever it stands. */
function namePrompt(who: Who): Prompt {
  const form: PromptId = who === 'harmed' ? 'harmed-form' : 'author-form';
  return {
    literal: true,
    ask: (turn) => turn.ask(`names.write-${turn.session[who].form}`, undefined, { commands: ['skip'] }),
    hear(turn, said) {
      const name = cleanName(said.text);
      if (name === '' || name.split(' ').length > 12) {
        turn.say('names.unfit');
        return turn.again('short');
      }
      const namedIn = { ...turn.session.namedIn, [who]: turn.event.id };
      turn.change({ built: null, [who]: { form: turn.session[who].form, name }, namedIn });
      return turn.go(onwards(turn, form));
    },
    command(turn, command) {
      if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
      if (turn.session[who].form !== 'none') record(turn, who, { form: 'none' });
      turn.go(onwards(turn, form));
      return true;
    },
  };
}

/**
 * The message that gave a name was deleted for everyone: no name stands any more. False where it gave none. What was
 * approved rests on the consents of then: theirs changes only while the text is `open`.
 */
export function takeNameBack(turn: Turn, message: string, open: boolean): boolean {
  const { namedIn = {} } = turn.session;
  const gone = (['harmed', 'author'] as const).filter((who) => namedIn[who] === message);
  for (const who of gone) {
    const { [who]: _, ...left } = namedIn;
    if (open && turn.session[who].form !== 'none') record(turn, who, { form: 'none' });
    else turn.change({ built: null, [who]: { form: 'none' } });
    turn.change({ namedIn: left });
  }
  return gone.length > 0;
}

export const harmedForm = formPrompt('harmed');
export const harmedName = namePrompt('harmed');
export const authorForm = formPrompt('author');
export const authorName = namePrompt('author');

/** Asked only where the body does not read the language of the conversation. */
export const submissionLanguage: Prompt = choicePrompt({
  values: (turn) => acceptedLanguages(turn.world.call).filter(isLanguage),
  ask(turn) {
    turn.ask('submission-language.ask', undefined, { choices: acceptedLanguages(turn.world.call).filter(isLanguage) });
  },
  choose(turn, value) {
    if (isLanguage(value)) turn.change({ submissionLanguage: value, built: null });
    turn.go(onwards(turn, 'submission-language'));
  },
});
