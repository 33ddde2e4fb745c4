// What the desk is told by the engine's own files: it shows what they know, and decides nothing of it twice.

import type { CallShelf } from '../calls/call-registry.ts';
import type { Params } from '../dialog/engine/reply.ts';
import { findingsIn } from '../dialog/understanding/findings.ts';
import type { Lexicon } from '../dialog/understanding/lexicon.ts';
import { inEvery, type Language } from '../languages.ts';
import { callFacts, type CallFacts, type Knowledge, knownWordings } from '../staff/call-facts.ts';
import type { DocumentTexts } from '../texts/catalogues.ts';
import type { Translate } from '../texts/translate.ts';

export interface KnownToApp {
  readonly calls: CallShelf;
  readonly lexicon: Lexicon;
  readonly translate: Translate;
  /** All of the bot's texts, with {{places to fill in}}. */
  readonly bot: Readonly<Record<Language, ReadonlyMap<string, string>>>;
  /** What fills the texts of consent for everybody alike. */
  readonly operator: Params;
  readonly document: Readonly<Record<Language, DocumentTexts>>;
}

export function deskKnowledge(known: KnownToApp): Knowledge {
  const { calls, lexicon, translate, bot, operator, document } = known;
  const facts = new Map<string, CallFacts>();
  const labelsIn = (language: Language) => Object.values(document[language].withheld);
  return {
    callOf(id) {
      const shelved = calls.find(id);
      if (shelved === null) return null;
      const ready = facts.get(id) ?? callFacts(shelved);
      facts.set(id, ready);
      return ready;
    },
    findings: (texts) => findingsIn(lexicon, texts),
    wordingOf: knownWordings(translate, bot, operator),
    withheldLabels: inEvery(labelsIn),
  };
}
