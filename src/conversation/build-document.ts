// The person's answers → document, files, manifest. Outside any transaction, and the files in a Worker: they take a tenth
// of a second.

import type { ShelvedCall } from '../calls/call-registry.ts';
import { acceptedFormats, subjectOf, topicsOf } from '../calls/call.ts';
import { oneLine } from '../calls/topics.ts';
import { agreedText, draftFrom } from '../dialog/engine/draft-from.ts';
import type { Draft } from '../dialog/engine/draft.ts';
import type { Part } from '../dialog/engine/effect.ts';
import type { BuiltDocument, Event, Unmade } from '../dialog/engine/event.ts';
import type { Session } from '../dialog/engine/session.ts';
import type { PutAway, World } from '../dialog/engine/world.ts';
import type { Language } from '../languages.ts';
import type { Store } from '../store/open.ts';
import type { ConsentRow, DocumentToSave } from '../store/turns/turn-work.ts';
import { buildModel, type DocumentModel } from '../submission/document-model.ts';
import { builtDocument, fileName, previewFileName } from '../submission/file-name.ts';
import { changedForOthers } from '../submission/joint-model.ts';
import { makeFiles } from '../submission/make-files.ts';
import { buildManifest } from '../submission/manifest.ts';
import type { DocumentTexts } from '../texts/catalogues.ts';

// What stands in a document for several: each contribution as its person agreed to it, and none that changed since.

interface JointDraft {
  readonly contributions: readonly Draft[];
  /** Those whose text is not the one that was agreed to, or is not here any more. */
  readonly missing: readonly string[];
  /** What each of them said yes and no to, but not who read it to them. */
  readonly consents: readonly ConsentRow[];
}

interface Deps {
  readonly store: Pick<Store, 'parts' | 'consents'>;
  readonly fingerprint: World['fingerprint'];
}

export async function jointDraft(
  { store, fingerprint }: Deps,
  { joint, publication }: Session,
  { call }: ShelvedCall,
  cases: readonly PutAway[],
): Promise<JointDraft> {
  const contributions: Draft[] = [];
  const missing: string[] = [];
  const consents: ConsentRow[] = [];
  for (const id of joint?.members ?? []) {
    const session = cases.find((one) => one.session.contribution === id)?.session;
    const parts = session === undefined ? [] : await store.parts(id);
    const agreed =
      session?.teller?.readBack?.of === fingerprint(session === undefined ? '' : agreedText(session, parts, call)) &&
      session.publication === publication &&
      session.mails.length === 0;
    if (session === undefined || !agreed) missing.push(id);
    else {
      contributions.push(draftFrom(session, parts, call));
      consents.push(...(await store.consents(id)).filter(({ purpose }) => purpose !== 'read-back'));
    }
  }
  return { contributions, missing, consents };
}

/** What a mail says besides the document, as far as it depends on the call and the draft. */
interface MailFor {
  readonly draft: Pick<Draft, 'callId' | 'language' | 'reference' | 'publication' | 'late' | 'replaces'>;
  readonly to: string;
  readonly subject: string;
  readonly callTitle: string;
  readonly issuer: string;
}

/** A mail as it will be approved: `request` goes into the outbox as it is, `body` and the rest into the manifest. */
interface WrittenMail {
  readonly body: string;
  readonly request: unknown;
}

/** What of a submission is withdrawn. */
interface WithdrawalOf {
  /** Of a joint one: the number of the one contribution. */
  readonly part?: number | undefined;
  /** Earlier versions of it. */
  readonly also?: readonly string[] | undefined;
}

/** Words the mails (delivery/); handed in, because the conversation knows nothing of how mail leaves. */
interface MailWriter {
  submission(mail: MailFor): WrittenMail;
  withdrawal(mail: MailFor, ask: 'withdraw' | 'not-publish', of?: WithdrawalOf): WrittenMail;
}

export interface DocumentBuilder {
  readonly texts: Readonly<Record<Language, DocumentTexts>>;
  readonly mail: MailWriter;
  /** The verified address of a call, or null. */
  readonly recipientOf: (callId: string) => Promise<string | null>;
}

export interface BuildRequest {
  readonly session: Session;
  readonly parts: readonly Part[];
  readonly shelved: ShelvedCall;
  /** In the order in which they were given. */
  readonly consents: readonly ConsentRow[];
  /** Of a document for several. */
  readonly joint?: JointDraft;
  readonly final: boolean;
  readonly file: boolean;
  /** The confidential version too. */
  readonly fallback?: true;
}

export interface Build {
  readonly document: BuiltDocument;
  /** Empty where no file was asked for. */
  readonly save: readonly DocumentToSave[];
}

/** A final document whose recipient nobody has verified has no `sha256`: it cannot be approved. */
export async function buildDocument(builder: DocumentBuilder, request: BuildRequest): Promise<Build> {
  const { session, parts, shelved, final } = request;
  const draft = withJoint(draftFrom(session, parts, shelved.call), request.joint);
  const model = modelOf(builder, draft, shelved);
  const recipient = await builder.recipientOf(shelved.call.id);
  const subject = subjectFor(shelved, draft);
  const about = { recipient, subject };
  const missing =
    request.joint === undefined || request.joint.missing.length === 0 ? {} : { missing: request.joint.missing };
  if (!request.file && !final) {
    const unmade = withUnmade(await unmadeOf(model, shelved));
    const others = forOthersIn(draft, builder);
    const document = builtDocument(model, { ...missing, ...others, ...unmade, ...about, sha256: null, files: [] });
    return { document, save: [] };
  }
  const preview = async (nameOf: (format: 'docx' | 'pdf') => string): Promise<Build> => {
    const { files, unmade } = await writeFiles(model, shelved, nameOf);
    const formats = { files: files.map(({ format }) => format), ...withUnmade(unmade) };
    const save: DocumentToSave = { kind: 'preview', reference: draft.reference, sha256: null, manifest: null, files };
    const document = builtDocument(model, { ...missing, ...about, ...formats, sha256: null });
    return { document, save: files.length === 0 ? [] : [save] };
  };
  if (!final) return preview(previewFileName);
  if (recipient === null) return preview((format) => fileName(draft, format));

  const main = await buildFinal(builder, request, draft, recipient);
  const files = main.save.files.map(({ format }) => format);
  const unmade = withUnmade(main.unmade);
  // Nothing that was not made can be approved.
  if (!isWhole(main)) {
    return { document: builtDocument(main.model, { ...missing, ...unmade, ...about, sha256: null, files }), save: [] };
  }
  const document = builtDocument(main.model, { ...missing, ...unmade, ...about, sha256: main.sha256, files });
  if (request.fallback !== true) return { document, save: [main.save] };

  const other = await buildFinal(builder, request, { ...draft, publication: 'confidential' }, recipient);
  if (!isWhole(other)) return { document: { ...document, ...withUnmade(other.unmade), sha256: null }, save: [] };
  const { words, publicationLine } = other.model;
  return {
    document: { ...document, fallback: { sha256: other.sha256, words, publicationLine } },
    save: [main.save, { ...other.save, kind: 'fallback' }],
  };
}

/** One version that can be approved: files, and the manifest that stands for all that would leave. */
async function buildFinal(builder: DocumentBuilder, request: BuildRequest, draft: Draft, recipient: string) {
  const { shelved } = request;
  const model = modelOf(builder, draft, shelved);
  const { files, unmade } = await writeFiles(model, shelved, (format) => fileName(draft, format));
  const { body } = builder.mail.submission(mailFor(shelved, draft, recipient));
  const subject = subjectFor(shelved, draft);
  const consents = [...request.consents, ...(request.joint?.consents ?? [])];
  const { sha256, text } = buildManifest({ model, files, body, recipient, subject, consents, late: draft.late });
  const save: DocumentToSave = { kind: 'final', reference: draft.reference, sha256, manifest: text, files };
  return { model, sha256, save, unmade };
}

/** A file at least, and none is left out because making it took too much: that may be otherwise in a moment. */
function isWhole({ save, unmade }: { readonly save: DocumentToSave; readonly unmade: readonly Unmade[] }): boolean {
  return save.files.length > 0 && unmade.every(({ why }) => why !== 'too-much');
}

function withUnmade(unmade: readonly Unmade[]): Pick<BuiltDocument, 'unmade'> {
  return unmade.length === 0 ? {} : { unmade };
}

function forOthersIn(
  { contributions = [], language }: Draft,
  { texts }: DocumentBuilder,
): Pick<BuiltDocument, 'forOthers'> {
  const forOthers = changedForOthers(contributions, texts[language].withheld);
  return forOthers.length === 0 ? {} : { forOthers };
}

function withJoint(draft: Draft, joint: JointDraft | undefined): Draft {
  return joint === undefined ? draft : { ...draft, contributions: joint.contributions };
}

function modelOf({ texts }: DocumentBuilder, draft: Draft, shelved: ShelvedCall): DocumentModel {
  return buildModel(draft, documentCall(shelved, draft.language), texts[draft.language]);
}

/** What the mail of a draft needs to know; the same for the manifest and for the outbox. */
export function mailFor(shelved: ShelvedCall, draft: Draft, to: string): MailFor {
  const { title, issuer } = shelved.catalogues[draft.language];
  const subject = subjectFor(shelved, draft);
  return { draft, to, subject, callTitle: oneLine(title), issuer: oneLine(issuer) };
}

/** Where the body asks for none, its call by its name: a mail without a subject looks like one that nobody wanted. */
function subjectFor({ call, catalogues }: ShelvedCall, draft: Draft): string {
  const slots = { language: draft.language, submitter: '', kind: '', country: '', session: '' };
  return subjectOf(call, slots, catalogues[draft.language].title);
}

/** Topics in the order of the call, under their headings in the document's language. */
function documentCall({ call, catalogues }: ShelvedCall, language: Language) {
  const { title, issuer, official, topics } = catalogues[language];
  return {
    title,
    issuer,
    official,
    topics: topicsOf(call).map(({ id }) => ({ id, heading: topics[id]?.title ?? id })),
  };
}

/** Every format that the body takes, and those of them that cannot be made of this text. */
async function writeFiles(
  model: DocumentModel,
  { call }: ShelvedCall,
  nameOf: (format: 'docx' | 'pdf') => string,
): Promise<Written> {
  const files: DocumentToSave['files'][number][] = [];
  const unmade: Unmade[] = [];
  for (const made of await makeFiles(model, acceptedFormats(call))) {
    if (made.bytes === null) unmade.push({ format: made.format, why: made.why, characters: made.characters });
    else files.push({ format: made.format, name: nameOf(made.format), bytes: made.bytes });
  }
  return { files, unmade };
}

interface Written {
  readonly files: DocumentToSave['files'];
  readonly unmade: readonly Unmade[];
}

/** Letters that the fonts of the PDF certainly have: most texts need not be asked about. */
const IN_EVERY_PDF = /^[\n\u0020-\u007E\u00A0-\u024F\u2010-\u2026]*$/u;

/** The same question before any file is made. */
async function unmadeOf(model: DocumentModel, { call }: ShelvedCall): Promise<readonly Unmade[]> {
  if (!acceptedFormats(call).includes('pdf')) return [];
  if (model.blocks.every(({ text }) => IN_EVERY_PDF.test(text))) return [];
  const made = await makeFiles(model, ['pdf'], 'check');
  return made.flatMap((one) =>
    one.bytes === null ? [{ format: one.format, why: one.why, characters: one.characters }] : [],
  );
}

/** The answer to a `build` effect, in the same turn. */
export function builtEvent(cause: Event, document: BuiltDocument, number: number): Event {
  return { kind: 'built', id: `${cause.id}/built-${number}`, at: cause.at, document };
}
