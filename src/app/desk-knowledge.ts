// Facts of the engine for the desk, which shows them and decides nothing a second time.

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
  /** All of the bot's texts, with {{placeholders}}. */
  readonly bot: Readonly<Record<Language, ReadonlyMap<string, string>>>;
  /** Parameters of the consent texts that are the same for everybody. */
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
