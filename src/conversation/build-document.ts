// The person's answers → document, files, manifest. Runs outside any transaction, and the files in a Worker, since they
// take about 0.1 s.

import type { ShelvedCall } from '../calls/call-registry.ts';
import { type CallForInputs, subjectOf } from '../calls/call.ts';
import { wantsContact } from '../calls/why-not-served.ts';
import { namesInMail } from '../calls/wishes.ts';
import { markedSubject } from '../calls/publication.ts';
import { oneLine } from '../calls/topics.ts';
import { agreedText, asConfidential, draftFrom } from '../dialog/engine/draft-from.ts';
import type { Draft } from '../dialog/engine/draft.ts';
import { isPartly } from '../dialog/engine/kept-back.ts';
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
import { shownName, shownRole, withholdingOf } from '../submission/naming.ts';
import { buildManifest } from '../submission/manifest.ts';
import { publicationMark } from '../submission/publication-line.ts';
import { withBody } from '../texts/body.ts';
import type { DocumentTexts } from '../texts/catalogues.ts';
import { documentCall } from './document-call.ts';
import { lengthOf, unmadeOf, writeFiles } from './written-files.ts';

// The content of a joint document: each contribution as its person agreed to it, without those that changed since.

interface JointDraft {
  readonly contributions: readonly Draft[];
  /** Contributions that are gone, or whose text is not the one that was agreed to. */
  readonly missing: readonly string[];
  /** The consents of all contributors, without those about the read-back. */
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
      !isPartly(session) &&
      session.mails.length === 0;
    if (session === undefined || !agreed) missing.push(id);
    else {
      contributions.push(draftFrom(session, parts, call));
      consents.push(...(await store.consents(id)).filter(({ purpose }) => purpose !== 'read-back'));
    }
  }
  return { contributions, missing, consents };
}

/** The contents of a mail that depend on the call and the draft. */
interface MailFor {
  readonly draft: Pick<
    Draft,
    'callId' | 'language' | 'reference' | 'publication' | 'asksToPublish' | 'late' | 'replaces'
  > &
    Partial<Pick<Draft, 'sections'>>;
  readonly to: string;
  readonly subject: string;
  readonly callTitle: string;
  readonly issuer: string;
  /** The author, if the body wants that in the mail. */
  readonly author?: string;
  /** The body wants to know whom it can reach: the operator is named. */
  readonly contact?: true;
}

/** A mail as it will be approved: `request` is stored in the outbox, `body` and the rest are in the manifest. */
interface WrittenMail {
  readonly body: string;
  readonly request: unknown;
}

/** The part of a submission that is withdrawn. */
interface WithdrawalOf {
  /** Of a joint one: the number of the contribution. */
  readonly part?: number | undefined;
  /** Earlier versions of it. */
  readonly also?: readonly string[] | undefined;
}

/** Writes the mails (mail/outbox/); passed in, since the conversation does not know how mail is sent. */
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
  /** Of a joint document. */
  readonly joint?: JointDraft;
  readonly final: boolean;
  readonly file: boolean;
  /** Also builds the confidential version. */
  readonly fallback?: true;
}

export interface Build {
  readonly document: BuiltDocument;
  /** Empty if no file was asked for. */
  readonly save: readonly DocumentToSave[];
}

/** A final document without a verified recipient has no `sha256`: it cannot be approved. */
export async function buildDocument(builder: DocumentBuilder, request: BuildRequest): Promise<Build> {
  const { session, parts, shelved, final } = request;
  const draft = withJoint(draftFrom(session, parts, shelved.call), request.joint);
  const model = modelOf(builder, draft, shelved);
  const recipient = await builder.recipientOf(shelved.call.id);
  const subject = subjectFor(builder, shelved, draft);
  const about = { recipient, subject };
  const missing =
    request.joint === undefined || request.joint.missing.length === 0 ? {} : { missing: request.joint.missing };
  if (!request.file && !final) {
    const unmade = withUnmade(await unmadeOf(model, shelved));
    const facts = {
      ...missing,
      ...forOthersIn(draft, builder),
      ...unmade,
      ...about,
      ...(await lengthOf(model, shelved)),
    };
    const document = builtDocument(model, { ...facts, sha256: null, files: [] });
    return { document, save: [] };
  }
  const preview = async (nameOf: (format: 'docx' | 'pdf') => string): Promise<Build> => {
    const { files, unmade } = await writeFiles(model, shelved, nameOf);
    const formats = { files: files.map(({ format }) => format), ...withUnmade(unmade) };
    const save: DocumentToSave = { kind: 'preview', reference: draft.reference, sha256: null, manifest: null, files };
    const facts = { ...missing, ...about, ...formats, ...(await lengthOf(model, shelved)) };
    const document = builtDocument(model, { ...facts, sha256: null });
    return { document, save: files.length === 0 ? [] : [save] };
  };
  if (!final) return preview(previewFileName);
  if (recipient === null) return preview((format) => fileName(draft, format));

  const main = await buildFinal(builder, request, draft, recipient);
  const files = main.save.files.map(({ format }) => format);
  const unmade = withUnmade(main.unmade);
  // An incomplete document cannot be approved.
  if (!isWhole(main)) {
    return { document: builtDocument(main.model, { ...missing, ...unmade, ...about, sha256: null, files }), save: [] };
  }
  const length = await lengthOf(main.model, shelved);
  const facts = { ...missing, ...unmade, ...about, ...length, files };
  const document = builtDocument(main.model, { ...facts, sha256: main.sha256 });
  if (request.fallback !== true) return { document, save: [main.save] };

  const other = await buildFinal(builder, request, asConfidential(draft), recipient);
  if (!isWhole(other)) return { document: { ...document, ...withUnmade(other.unmade), sha256: null }, save: [] };
  const { counted, words, publicationLine } = other.model;
  const fallback = { words: counted ?? words, publicationLine, ...(await lengthOf(other.model, shelved)) };
  return {
    document: { ...document, fallback: { ...fallback, sha256: other.sha256 } },
    save: [main.save, { ...other.save, kind: 'fallback' }],
  };
}

/** One version that can be approved: files, and the manifest of everything that would leave. */
async function buildFinal(builder: DocumentBuilder, request: BuildRequest, draft: Draft, recipient: string) {
  const { shelved } = request;
  const model = modelOf(builder, draft, shelved);
  const { files, unmade } = await writeFiles(model, shelved, (format) => fileName(draft, format));
  const { body } = builder.mail.submission(mailFor(builder, shelved, draft, recipient));
  const subject = subjectFor(builder, shelved, draft);
  const consents = [...request.consents, ...(request.joint?.consents ?? [])];
  const { sha256, text } = buildManifest({ model, files, body, recipient, subject, consents, late: draft.late });
  const save: DocumentToSave = { kind: 'final', reference: draft.reference, sha256, manifest: text, files };
  return { model, sha256, save, unmade };
}

/** At least one file was made, and none is missing for lack of resources: that may work in a moment. */
function isWhole({ save, unmade }: { readonly save: DocumentToSave; readonly unmade: readonly Unmade[] }): boolean {
  return save.files.length > 0 && unmade.every(({ why }) => why === 'missing-glyphs');
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
  const { language } = draft;
  const named = withBody(texts[language], language, shelved.catalogues[language]);
  return buildModel(draft, documentCall(shelved, language, named), named);
}

/** The words that count, of a text as it is now. */
export function wordsOfText(
  builder: DocumentBuilder,
  shelved: ShelvedCall,
  session: Session,
  parts: readonly Part[],
): number {
  const { counted, words } = modelOf(builder, draftFrom(session, parts, shelved.call), shelved);
  return counted ?? words;
}

/** The data that the mail of a draft needs; the same for the manifest and the outbox. */
export function mailFor(builder: DocumentBuilder, shelved: ShelvedCall, draft: Draft, to: string): MailFor {
  const { title, issuer } = shelved.catalogues[draft.language];
  const subject = subjectFor(builder, shelved, draft);
  const author = authorsOf(builder, shelved.call, draft);
  const contact = wantsContact(shelved.call) ? { contact: true as const } : {};
  const matter = { draft, to, subject, callTitle: oneLine(title), issuer: oneLine(issuer), ...contact };
  return author === '' ? matter : { ...matter, author };
}

/** The authors by name and role, for a body that wants them in the mail and not in the document. */
function authorsOf({ texts }: DocumentBuilder, call: CallForInputs, draft: Draft): string {
  if (!namesInMail(call)) return '';
  const { roles } = texts[draft.language];
  const roleIn = (one: Draft) => shownRole(one, withholdingOf(one, texts[draft.language].withheld)) ?? roles[one.role];
  const named = (draft.contributions ?? [draft]).flatMap((one) => {
    const name = authorIn(texts, one);
    return name === null ? [] : [`${oneLine(name)}, ${roleIn(one)}`];
  });
  return named.join('; ');
}

/** As a document would show it. */
function authorIn(texts: DocumentBuilder['texts'], draft: Draft): string | null {
  return shownName(draft.author, withholdingOf(draft, texts[draft.language].withheld));
}

const ANSWER = 'Re: ';

/** For a mail that answers an earlier one: a subject that the body asks for stays as it is. */
export function asAnswer(subject: string, { call }: ShelvedCall): string {
  const isFree = call.subject.kind === 'none' || call.subject.kind === 'not-stated';
  return isFree && !subject.startsWith(ANSWER) ? `${ANSWER}${subject}` : subject;
}

/** If the body asks for no subject, the title of its call: a mail without a subject looks like spam. */
function subjectFor({ texts }: DocumentBuilder, shelved: ShelvedCall, draft: Draft): string {
  const { call, catalogues } = shelved;
  const { kinds } = texts[draft.language];
  const isJoint = draft.contributions !== undefined;
  const slots = {
    language: draft.language,
    // Lists of a mailbox, and often the published page, show the subject.
    submitter: isJoint || draft.publication !== 'public-named' ? '' : (authorIn(texts, draft) ?? ''),
    kind: isJoint ? kinds.joint : kinds[draft.role],
    country: draft.country ?? '',
  };
  const own = subjectOf(call, slots, catalogues[draft.language].title);
  const subject = draft.replaces === undefined ? own : asAnswer(own, shelved);
  return markedSubject(call, subject, publicationMark(texts[draft.language], draft));
}

/** The answer to a `build` effect, in the same turn. */
export function builtEvent(cause: Event, document: BuiltDocument, number: number): Event {
  return { kind: 'built', id: `${cause.id}/built-${number}`, at: cause.at, document };
}
