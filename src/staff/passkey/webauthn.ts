// The library that knows WebAuthn. It is loaded when somebody of the staff first needs it: most days nobody adds a passkey,
// and it brings a reader of certificates along.

import { once } from '../once.ts';

export const webauthn = once(() => import('@simplewebauthn/server'));
export const webauthnParts = once(() => import('@simplewebauthn/server/helpers'));
