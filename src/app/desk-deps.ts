// The dependencies of the desk, from a configuration: for the server, and for the commands for staff accounts.

import { randomBytes } from 'node:crypto';
import type { Config, Secrets } from '../config/config.ts';
import type { Deadlines } from '../deadlines.ts';
import { openAudit } from '../staff/audit/audit.ts';
import type { StaffDeps } from '../staff/desk.ts';
import { openOrganisation } from '../staff/sign-in/organisation.ts';
import type { Store } from '../store/open.ts';
import { fingerprint, type MasterKeys } from '../vault/seal.ts';
import type { LoadedTexts } from './load-texts.ts';

export interface FromApp {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly store: Store;
  readonly master: MasterKeys;
  readonly loaded: Pick<LoadedTexts, 'staff'>;
  readonly now: () => Date;
  readonly onFault: (error: unknown) => void;
  readonly deadlines?: Deadlines;
}

export function deskDeps(from: FromApp): StaffDeps {
  const { config, secrets, store, master, loaded, now, onFault, deadlines } = from;
  const { publicUrl, trustProxy, trial, timeZone, operator } = config;
  return {
    store,
    audit: openAudit({ rows: store.audit, master, anchorFile: config.auditAnchorFile, onFault }),
    texts: loaded.staff,
    publicUrl,
    trustProxy,
    trial,
    timeZone,
    operatorName: operator.name,
    organisation:
      config.organisation === null || secrets.oidcClientSecret === null
        ? null
        : openOrganisation({ ...config.organisation, clientSecret: secrets.oidcClientSecret }, deadlines?.organisation),
    now,
    randomBytes,
    fingerprint: (domain, text) => fingerprint(master, domain, text),
    onFault,
  };
}
