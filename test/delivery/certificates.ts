// Certificates for one test run, made with the openssl program: node:crypto can read certificates but not issue them.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

export function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Self-signed; whoever gives `cert` to a client as its authority makes the client trust it. */
export function makeCertificate(
  host: string,
  { expired = false, newKey = ['rsa:2048'] as readonly string[] } = {},
): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'griot-cert-'));
  try {
    const key = join(folder, 'key.pem');
    const cert = join(folder, 'cert.pem');
    const openssl = (...args: readonly string[]): void =>
      void execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
    const request = [
      'req',
      '-newkey',
      ...newKey,
      '-nodes',
      '-subj',
      `/CN=${host}`,
      '-addext',
      `subjectAltName=DNS:${host}`,
    ];
    if (expired) {
      openssl(...request, '-keyout', key, '-out', 'request.pem');
      execFileSync('sh', ['-c', 'touch index.txt && echo 01 > serial'], { cwd: folder });
      openssl(
        ...['ca', '-batch', '-selfsign', '-config', writeCaConfig(folder), '-keyfile', key, '-in', 'request.pem'],
        ...['-startdate', '20200101000000Z', '-enddate', '20200102000000Z', '-out', cert, '-notext'],
      );
    } else {
      openssl(...request, '-x509', '-days', '1', '-keyout', key, '-out', cert);
    }
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function writeCaConfig(folder: string): string {
  const file = join(folder, 'ca.cnf');
  const lines = [
    '[ca]',
    'default_ca = d',
    '[d]',
    'database = index.txt',
    'serial = serial',
    'new_certs_dir = .',
    'default_md = sha256',
    'policy = p',
    'copy_extensions = copy',
    '[p]',
    'commonName = supplied',
  ];
  execFileSync('sh', ['-c', `cat > ${file}`], { input: `${lines.join('\n')}\n` });
  return file;
}

/** A certificate for `host`, and the authority that issued it. */
export function makeIssued(host: string): Certificate & { readonly authority: string } {
  const folder = mkdtempSync(join(tmpdir(), 'griot-ca-'));
  try {
    const openssl = (...args: readonly string[]): void =>
      void execFileSync('openssl', ['req', '-newkey', 'rsa:2048', '-nodes', '-x509', '-days', '1', ...args], {
        cwd: folder,
        stdio: 'ignore',
      });
    openssl('-subj', '/CN=an authority for tests', '-keyout', 'ca.key', '-out', 'ca.pem');
    openssl(
      ...['-CA', 'ca.pem', '-CAkey', 'ca.key', '-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`],
      ...['-addext', 'basicConstraints=critical,CA:FALSE', '-keyout', 'own.key', '-out', 'own.pem'],
    );
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    return { key: read('own.key'), cert: read('own.pem'), authority: read('ca.pem') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
