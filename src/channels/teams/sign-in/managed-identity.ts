// A managed identity of Azure: the machine that we run on gives us tokens, and there is no secret.
// (https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token,
// https://learn.microsoft.com/azure/app-service/overview-managed-identity)

import { ask, type Issued } from './tokens.ts';

/** The service on this machine that gives tokens; `header` is its own secret. */
export interface IdentityService {
  readonly endpoint: string;
  readonly header: string | null;
}

/** Of virtual machines and their scale sets: reached from the machine itself only. */
export const IMDS: IdentityService = {
  endpoint: 'http://169.254.169.254/metadata/identity/oauth2/token',
  header: null,
};

/** A token for `resource`, of the identity `client`. Throws NoTokenError if the machine does not have it. */
export function identityToken(
  { endpoint, header }: IdentityService,
  { client, resource, signal }: { readonly client: string; readonly resource: string; readonly signal: AbortSignal },
): Promise<Issued> {
  const url = new URL(endpoint);
  url.searchParams.set('api-version', header === null ? '2018-02-01' : '2019-08-01');
  url.searchParams.set('resource', resource);
  url.searchParams.set('client_id', client);
  const headers = header === null ? { Metadata: 'true' } : { 'X-IDENTITY-HEADER': header };
  return ask(url, { headers, redirect: 'error', signal }, (status) => REFUSES.includes(status));
}

/** This machine has no such identity, or may not ask. (404: it is being given one.) */
const REFUSES = [400, 401, 403];
