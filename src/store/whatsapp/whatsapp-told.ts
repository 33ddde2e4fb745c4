import type { Queries } from '../db/database.ts';

/** When staff were last told that an account needs a person. */
export async function addWhatsAppTold(db: Queries): Promise<void> {
  await db.schema.alterTable('whatsapp_accounts').addColumn('told_at', 'text').execute();
}
