// The certificate of our app, which signs a statement that it is us
// (https://learn.microsoft.com/entra/identity-platform/certificate-credentials).

import { createHash, createPrivateKey, type KeyObject, randomUUID, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { NoTokenError, type Proof } from './tokens.ts';

export const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** Seconds for which a statement holds, and by which our clock may be ahead. */
const HOLDS = 5 * 60;
const AHEAD = 60;
const FEWEST_BITS = 2048;

export interface CertificateFiles {
  /** PEM. */
  readonly certificateFile: string;
  /** PEM, without a passphrase. */
  readonly keyFile: string;
}

export interface ReadCertificate {
  readonly key: KeyObject;
  /** Of the certificate, as Microsoft looks it up. */
  readonly thumbprint: string;
  readonly ends: Date;
}

/** Throws NoTokenError, which says what is wrong with which file. */
export function readCertificate({ certificateFile, keyFile }: CertificateFiles): ReadCertificate {
  const certificate = read(
    'TEAMS_CERTIFICATE_FILE',
    certificateFile,
    'a certificate',
    (pem) => new X509Certificate(pem),
  );
  const key = read('TEAMS_CERTIFICATE_KEY_FILE', keyFile, 'a private key without a passphrase', createPrivateKey);
  if (key.asymmetricKeyType !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) < FEWEST_BITS) {
    throw new NoTokenError(`TEAMS_CERTIFICATE_KEY_FILE: Microsoft takes RSA keys of ${FEWEST_BITS} bits or more`);
  }
  if (!certificate.checkPrivateKey(key)) {
    throw new NoTokenError('TEAMS_CERTIFICATE_KEY_FILE: not the key of TEAMS_CERTIFICATE_FILE');
  }
  const thumbprint = createHash('sha256').update(certificate.raw).digest('base64url');
  return { key, thumbprint, ends: certificate.validToDate };
}

function read<T>(setting: string, file: string, what: string, parse: (pem: string) => T): T {
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'no file';
    throw new NoTokenError(`${setting}: ${file} cannot be read (${why})`);
  }
  try {
    return parse(pem);
  } catch {
    throw new NoTokenError(`${setting}: ${file} is not ${what} as PEM`);
  }
}

/** Reads the files each time: a renewed certificate needs no restart. */
export function certificateProof(appId: string, files: CertificateFiles, now: () => Date): Proof {
  return async (url) => {
    const { key, thumbprint } = readCertificate(files);
    const at = Math.floor(now().getTime() / 1000);
    const { SignJWT } = await import('jose');
    const assertion = await new SignJWT()
      .setProtectedHeader({ alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint })
      .setIssuer(appId)
      .setSubject(appId)
      .setAudience(url)
      .setJti(randomUUID())
      .setIssuedAt(at)
      .setNotBefore(at - AHEAD)
      .setExpirationTime(at + HOLDS)
      .sign(key);
    return { client_assertion_type: ASSERTION, client_assertion: assertion };
  };
}
