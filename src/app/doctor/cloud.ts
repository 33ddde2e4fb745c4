// WhatsApp's Cloud API: whether Meta takes the token for the number. Nothing is sent to anybody.

import { type GraphPlace, META, openGraph, readRefusal } from '../../channels/whatsapp-cloud/graph.ts';
import type { Config, Secrets } from '../../config/config.ts';
import { fine, type Finding, note, toDo } from './finding.ts';

const CHECK = 'whatsapp-cloud';
const LIMIT_MS = 10_000;

export async function findCloud(
  { whatsappCloud: cloud, publicUrl }: Config,
  { whatsappCloud: secrets }: Secrets,
  place: GraphPlace = META,
): Promise<readonly Finding[]> {
  if (cloud === null || secrets === null) return [];
  const limits = { message: LIMIT_MS, file: LIMIT_MS };
  const answer = await openGraph({ place, number: cloud.number, token: secrets.token, limits }).look();
  const webhook = new URL('whatsapp/webhook', publicUrl).href;
  const hook = publicUrl.protocol === 'https:' ? [] : [note(CHECK, `Meta calls https addresses only, not ${webhook}`)];
  if (answer.kind === 'ok') return [fine(CHECK, `Meta takes the token; its webhook is ${webhook}`), ...hook];
  if (answer.kind === 'unreachable') {
    return [toDo(CHECK, `${place.base.host} cannot be reached`, 'Let this machine reach it by https.'), ...hook];
  }
  const refusal = readRefusal(answer.status, answer.code);
  const says = `refused: status ${answer.status}, code ${answer.code ?? 'none'}`;
  if (refusal.is === 'account' && refusal.trouble === 'cloud-restricted') {
    return [toDo(CHECK, says, 'The number is restricted: Business Manager says why (docs/whatsapp.md).'), ...hook];
  }
  const mend = 'Compare WHATSAPP_CLOUD_NUMBER_ID with the API setup, or make a new token (docs/whatsapp.md).';
  return [toDo(CHECK, says, mend), ...hook];
}
