// Built documents, sealed with their names. Of each kind a contribution keeps the newest, and every approved one.

import { open, openValue, seal, type SealContext, sealValue, type ValueContext } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import { keysOf } from '../encryption/keys.ts';
import type { OutboxItem } from '../mail/mail-attempts.ts';
import type { DocumentToSave, TurnWork } from './turn-work.ts';

export interface StoredDocument extends DocumentToSave {
  readonly id: string;
}

export async function saveDocuments(work: TurnWork, documents: readonly DocumentToSave[]): Promise<void> {
  const { context, db, at, person, own, contribution } = work;
  const owner = contribution ?? own;
  for (const document of documents) {
    await dropOlder(work, document.kind);
    const id = context.newId();
    const { kind, reference, sha256, manifest } = document;
    await db
      .insertInto('documents')
      .values({
        id,
        person,
        contribution: contribution?.id ?? null,
        kind,
        reference,
        sha256,
        manifest: manifest === null ? null : sealValue(owner.key, manifestContext(owner.id, id), manifest),
        at,
      })
      .execute();
    if (document.files.length === 0) continue;
    const files = document.files.map(({ format, name, bytes }) => {
      const file = context.newId();
      return {
        id: file,
        document: id,
        format,
        name: sealValue(owner.key, nameContext(owner.id, file), name),
        bytes: seal(owner.key, bytesContext(owner.id, file), bytes),
      };
    });
    await db.insertInto('document_files').values(files).execute();
  }
}

async function dropOlder({ db, person, contribution }: TurnWork, kind: StoredDocument['kind']): Promise<void> {
  const whose = contribution?.id ?? null;
  await db
    .deleteFrom('documents')
    .where('person', '=', person)
    .where('kind', '=', kind)
    .where('contribution', whose === null ? 'is' : '=', whose)
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('approvals')
            .select('approvals.id')
            .whereRef('approvals.reference', '=', 'documents.reference')
            .whereRef('approvals.sha256', '=', 'documents.sha256'),
        ),
      ),
    )
    .execute();
}

/** The newest of its kind; `contribution`: of this text only. */
export async function document(
  context: Context,
  person: string,
  kind: StoredDocument['kind'],
  contribution?: string,
): Promise<StoredDocument | null> {
  const ofPerson = selectDocuments(context).where('person', '=', person).where('kind', '=', kind);
  const row = await (contribution === undefined ? ofPerson : ofPerson.where('contribution', '=', contribution))
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : openDocument(context, row);
}

/** The approved document of this mail: the same reference and manifest. Null for a withdrawal, which has none. */
export async function documentOf(
  context: Context,
  item: Pick<OutboxItem, 'contribution' | 'reference' | 'sha256'>,
): Promise<StoredDocument | null> {
  const row = await selectDocuments(context)
    .where('contribution', '=', item.contribution)
    .where('kind', 'in', ['final', 'fallback'])
    .where('reference', '=', item.reference)
    .where('sha256', '=', item.sha256)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : openDocument(context, row);
}

/** The newest final one; null if there is none. */
export async function newestFinal(context: Context, contribution: string): Promise<StoredDocument | null> {
  const row = await selectDocuments(context)
    .where('contribution', '=', contribution)
    .where('kind', '=', 'final')
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : openDocument(context, row);
}

function selectDocuments(context: Context) {
  return context.database.read.selectFrom('documents').selectAll();
}

type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof selectDocuments>['executeTakeFirst']>>>;

async function openDocument(context: Context, row: Row): Promise<StoredDocument | null> {
  const db = context.database.read;
  const owner = row.contribution ?? row.person;
  const key = (await keysOf(context, db, [owner])).get(owner);
  if (key === undefined) return null;
  const files = await db.selectFrom('document_files').selectAll().where('document', '=', row.id).execute();
  return {
    id: row.id,
    kind: row.kind,
    reference: row.reference,
    sha256: row.sha256,
    manifest: row.manifest === null ? null : openValue(key, manifestContext(owner, row.id), row.manifest),
    files: files
      .sort((a, b) => a.format.localeCompare(b.format))
      .map((file) => ({
        format: file.format,
        name: openValue(key, nameContext(owner, file.id), file.name),
        bytes: open(key, bytesContext(owner, file.id), file.bytes),
      })),
  };
}

export function manifestContext(owner: string, row: string): ValueContext<string> {
  return { table: 'documents', column: 'manifest', owner, row };
}

function nameContext(owner: string, row: string): ValueContext<string> {
  return { table: 'document_files', column: 'name', owner, row };
}

function bytesContext(owner: string, row: string): SealContext {
  return { table: 'document_files', column: 'bytes', owner, row };
}
