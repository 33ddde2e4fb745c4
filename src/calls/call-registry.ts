// The calls that can be answered, by the hash of their text and structure. A draft stays with the revision it began
// with; deadline, status and address are always today's.

import { createHash } from 'node:crypto';
import type { LoadedCalls } from './load-calls.ts';
import { withLiveParts, type CallForInputs } from './call.ts';
import { parseCall } from './parse-call.ts';
import { type CallCatalogue, inEveryLanguage, type OwnCatalogues, parseCatalogue } from './catalogue.ts';
import { inEvery, LANGUAGE_FACTS, type Language, LANGUAGES } from '../languages.ts';

export interface ShelvedCall {
  readonly hash: string;
  readonly call: CallForInputs;
  readonly catalogues: Readonly<Record<Language, CallCatalogue>>;
  /** The text that is archived with the first draft of this revision. */
  readonly archive: string;
}

/** The message lists the known calls. */
class UnknownCallError extends Error {
  override readonly name = 'UnknownCallError';
}

export interface CallShelf {
  /** Today's revision. Throws for an unknown call. */
  current(id: string): ShelvedCall;
  /** The same; null for an unknown call. */
  find(id: string): ShelvedCall | null;
  /** The revision that a draft began with, from today's files or from the archive. Null if neither has it. */
  pinned(hash: string): Promise<ShelvedCall | null>;
}

/** `archived` reads the archive; `onNew` is called with each revision before first use. */
export function buildCallShelf(
  loaded: Pick<LoadedCalls, 'calls' | 'catalogues'>,
  archived: (hash: string) => Promise<string | null>,
  onNew: (call: ShelvedCall) => void,
): CallShelf {
  const byHash = new Map<string, ShelvedCall>();
  const byId = new Map<string, ShelvedCall>();
  const shelve = (call: ShelvedCall) => {
    byHash.set(call.hash, call);
    onNew(call);
    return call;
  };
  for (const call of loaded.calls) {
    const own = Object.fromEntries(
      LANGUAGES.flatMap((language) => {
        const catalogue = loaded.catalogues[language][call.id];
        return catalogue === undefined ? [] : [[language, catalogue]];
      }),
    );
    byId.set(call.id, shelve(shelved(call, own)));
  }
  return {
    find: (id) => byId.get(id) ?? null,
    current(id) {
      const call = byId.get(id);
      if (call === undefined)
        throw new UnknownCallError(`There is no call "${id}"; there are: ${[...byId.keys()].join(', ')}`);
      return call;
    },
    async pinned(hash) {
      const known = byHash.get(hash);
      if (known !== undefined) return known;
      const text = await archived(hash);
      const old = text === null ? null : parseArchive(text);
      if (old === null) return null;
      const today = byId.get(old.call.id);
      if (today === undefined) return shelve({ ...old, hash, archive: text ?? '' });
      const call = withLiveParts(old.call, today.call);
      const catalogues = inEvery((language) => withBodyOf(old.catalogues[language], today.catalogues[language]));
      return shelve({ ...old, hash, call, catalogues, archive: text ?? '' });
    },
  };
}

/** Texts of a fallback are neither archived nor in the hash. */
function shelved(call: CallForInputs, catalogues: OwnCatalogues): ShelvedCall {
  const archive = JSON.stringify({ call, catalogues });
  const { status: _, deadline: __, channels: ___, previewed: ____, word: _____, ...lasting } = call;
  const hash = createHash('sha256').update(JSON.stringify({ lasting, catalogues })).digest('hex');
  return { hash, call, catalogues: inEveryLanguage(call.id, catalogues), archive };
}

/** A revision that was archived before calls had phrases of their body, or some of them, is of the same body as today's. */
function withBodyOf(old: CallCatalogue, { body }: CallCatalogue): CallCatalogue {
  return body === undefined ? old : { ...old, body: { ...body, ...old.body } };
}

function parseArchive(text: string): Pick<ShelvedCall, 'call' | 'catalogues'> | null {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || !('call' in value) || !('catalogues' in value)) return null;
  const parsed = parseCall(value.call);
  if (!parsed.ok) return null;
  const given = value.catalogues as Record<string, unknown>;
  const own = LANGUAGES.flatMap((language) => {
    if (given[language] === undefined && LANGUAGE_FACTS[language].fallback !== null) return [];
    const catalogue = parseCatalogue(parsed.call, language, given[language]);
    if (!catalogue.ok) throw new Error('an archived call cannot be read any more');
    return [[language, catalogue.catalogue] as const];
  });
  return { call: parsed.call, catalogues: inEveryLanguage(parsed.call.id, Object.fromEntries(own)) };
}
