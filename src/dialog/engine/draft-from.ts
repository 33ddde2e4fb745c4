import { acceptedLanguages, type CallForInputs } from '../../calls/call.ts';
import { asksCountry, onlyCountryOf } from '../../calls/country.ts';
import type { Draft, DraftSection } from './draft.ts';
import type { Part } from './effect.ts';
import { isKeptAside } from './budget.ts';
import { isKeptBack } from './kept-back.ts';
import { leastOf, termsOf } from '../../calls/publication.ts';
import { isLanguage, type Language } from '../../languages.ts';
import { fold } from '../understanding/fold.ts';
import type { Session } from './session.ts';

/**
 * The chosen language of the document; else that of the conversation, if the body reads it; else the first one that it
 * reads.
 */
export function submissionLanguageOf(session: Session, call: CallForInputs): Language {
  if (session.submissionLanguage !== null) return session.submissionLanguage;
  const accepted = acceptedLanguages(call).filter(isLanguage);
  return accepted.includes(session.language) ? session.language : (accepted[0] ?? session.language);
}

/** The role in the person's own words, if those are in the language of the document; null if it has the usual ones. */
export function ownRoleOf(session: Session, call: CallForInputs): string | null {
  const { ownRole = null } = session;
  return ownRole !== null && ownRole.language === submissionLanguageOf(session, call) ? ownRole.text : null;
}

function publicationOf(session: Session, call: CallForInputs): Pick<Draft, 'publication' | 'asksToPublish'> {
  const publication = session.publication ?? leastOf(call);
  const asks = termsOf(call).publishes === 'if-asked' && publication !== 'confidential';
  return asks ? { publication, asksToPublish: true } : { publication };
}

/** True if the body does not read the language of the conversation, and the person wrote the text alone. */
function isUnread({ teller, language }: Session, call: CallForInputs): boolean {
  return teller === undefined && !acceptedLanguages(call).includes(language);
}

/** Every hidden word that is in the translation is in the author's own words too, and so is hidden there. */
export function hidesAlike(withheld: readonly string[], written: readonly Part[]): boolean {
  const said = (texts: readonly string[]) => ` ${texts.map(fold).join(' ')} `;
  const [here, there] = [
    said(written.map(({ text }) => text)),
    said(written.map(({ original }) => original?.text ?? '')),
  ];
  return withheld.map((word) => ` ${fold(word)} `).every((word) => !here.includes(word) || there.includes(word));
}

/** If all of it is a translation that its author has agreed to. Links need none. */
function translationOf({ translation, withheld }: Session, accepted: readonly Part[]): Pick<Draft, 'translated'> {
  if (translation?.agreed !== true || translation.by === 'nobody') return {};
  const written = accepted.filter(({ slot }) => slot !== 'links');
  const originals = written.flatMap(({ original }) => original ?? []);
  const [first] = originals;
  if (first === undefined || originals.length < written.length) return {};
  const own =
    translation.both === true && hidesAlike(withheld, written) ? { originals: originals.map(({ text }) => text) } : {};
  return { translated: { from: first.language, by: translation.by, ...own } };
}

/** The confidential version of a draft: nothing in it has to be marked by itself. */
export function asConfidential(draft: Draft): Draft {
  const sections = draft.sections.map(({ keptBack: _, ...section }) => section);
  return { ...draft, publication: 'confidential', sections };
}

/** Pure. Until the person has decided on publication, the draft is confidential, if that can be had. */
export function draftFrom(session: Session, parts: readonly Part[], call: CallForInputs): Draft {
  const bySlot = new Map<string, string[]>();
  const whole = parts.filter(({ pending }) => pending !== true);
  const accepted = whole.filter(({ slot }) => !isKeptAside(session, slot));
  const aside = [...new Set(whole.filter((part) => !accepted.includes(part)).map(({ slot }) => slot))];
  for (const { slot, text } of accepted) bySlot.set(slot, [...(bySlot.get(slot) ?? []), text]);
  const sections: readonly DraftSection[] = [...bySlot].map(([slot, paragraphs]) => ({
    ...{ slot, paragraphs },
    ...(isKeptBack(session, slot) ? { keptBack: true as const } : {}),
  }));
  const { translated } = translationOf(session, accepted);
  const ownRole = ownRoleOf(session, call);
  const country = asksCountry(call) ? session.country : onlyCountryOf(call);
  return {
    callId: call.id,
    language: submissionLanguageOf(session, call),
    reference: session.reference ?? '',
    role: session.role ?? 'family',
    ...(ownRole === null ? {} : { ownRole }),
    ...publicationOf(session, call),
    harmed: session.harmed,
    author: session.author,
    sections,
    ...(aside.length === 0 ? {} : { aside }),
    withheld: session.withheld,
    ...(session.withheldAs === undefined ? {} : { withheldAs: session.withheldAs }),
    ...(session.places === undefined ? {} : { places: session.places }),
    late: session.late,
    ...(country === null ? {} : { country }),
    ...(translated !== undefined ? { translated } : isUnread(session, call) ? { wordsIn: session.language } : {}),
    ...(session.teller?.told === undefined ? {} : { told: session.teller.told }),
    ...(session.replaces === null ? {} : { replaces: session.replaces }),
  };
}

/**
 * The text that a person agrees to at a read-back, as one string: the words, what is withheld, the names and who may
 * read it.
 */
export function agreedText(session: Session, parts: readonly Part[], call: CallForInputs): string {
  const { reference: _, late: __, ...draft } = draftFrom(session, parts, call);
  return JSON.stringify(draft);
}
