// A passkey made of node:crypto, so that a test can answer what a desk asks, rightly and in every wrong way
// (https://www.w3.org/TR/webauthn-3/: authenticator data § 6.1, attestation § 6.5).

import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

export interface PasskeyFault {
  readonly origin?: string;
  readonly host?: string;
  /** Instead of what was asked. */
  readonly challenge?: string;
  /** User present 1, user verified 4. */
  readonly flags?: number;
  readonly counter?: number;
  readonly type?: string;
  /** A maker of keys who says that this is one of theirs, in place of no attestation (FIDO U2F). */
  readonly maker?: { readonly certificate: Buffer; readonly key: KeyObject };
}

const PRESENT_AND_VERIFIED = 5;
const HOLDS_KEY = 0x40;

export class SoftPasskey {
  readonly id = randomBytes(16).toString('base64url');
  readonly #key: KeyObject;
  readonly #x: Buffer;
  readonly #y: Buffer;
  readonly #host: string;
  /** Says every time one more; stays at nought where it does not count. */
  #count: number;

  constructor(host: string, { counts }: { readonly counts: boolean } = { counts: true }) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    this.#key = privateKey;
    this.#x = Buffer.from(x, 'base64url');
    this.#y = Buffer.from(y, 'base64url');
    this.#host = host;
    this.#count = counts ? 1 : 0;
  }

  /** As the page's script sends it. */
  made(options: string, fault: PasskeyFault = {}): string {
    const id = Buffer.from(this.id, 'base64url');
    const cose = map(
      [number(1), number(2)],
      [number(3), number(-7)],
      [number(-1), number(1)],
      [number(-2), bytes(this.#x)],
      [number(-3), bytes(this.#y)],
    );
    const key = [Buffer.alloc(16), Buffer.from([0, id.length]), id, cose];
    const data = Buffer.concat([
      this.#data({ ...fault, flags: (fault.flags ?? PRESENT_AND_VERIFIED) | HOLDS_KEY }),
      ...key,
    ]);
    const said = this.#said('webauthn.create', options, fault);
    const attestation = map(
      [text('fmt'), text(fault.maker === undefined ? 'none' : 'fido-u2f')],
      [text('attStmt'), fault.maker === undefined ? map() : this.#statement(fault.maker, data, said)],
      [text('authData'), bytes(data)],
    );
    const clientDataJSON = said.toString('base64url');
    const response = { clientDataJSON, attestationObject: attestation.toString('base64url'), transports: ['internal'] };
    return JSON.stringify({ id: this.id, response });
  }

  /** As the page's script sends it. */
  used(options: string, fault: PasskeyFault = {}): string {
    if (this.#count > 0) this.#count += 1;
    const data = this.#data(fault);
    const said = this.#said('webauthn.get', options, fault);
    const signature = sign('sha256', Buffer.concat([data, createHash('sha256').update(said).digest()]), this.#key);
    const [clientDataJSON, authenticatorData] = [said.toString('base64url'), data.toString('base64url')];
    return JSON.stringify({
      id: this.id,
      response: { clientDataJSON, authenticatorData, signature: signature.toString('base64url') },
    });
  }

  #statement({ certificate, key }: NonNullable<PasskeyFault['maker']>, data: Buffer, said: Buffer): Buffer {
    const point = Buffer.concat([Buffer.of(4), this.#x, this.#y]);
    const hash = createHash('sha256').update(said).digest();
    const signed = [Buffer.of(0), data.subarray(0, 32), hash, Buffer.from(this.id, 'base64url'), point];
    const signature = sign('sha256', Buffer.concat(signed), key);
    return map([text('sig'), bytes(signature)], [text('x5c'), Buffer.concat([Buffer.of(0x81), bytes(certificate)])]);
  }

  #data({ host, flags = PRESENT_AND_VERIFIED, counter = this.#count }: PasskeyFault): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const hash = createHash('sha256').update(host ?? this.#host);
    return Buffer.concat([hash.digest(), Buffer.from([flags]), count]);
  }

  #said(type: string, options: string, fault: PasskeyFault): Buffer {
    const asked = /"challenge":"([\w-]+)"/.exec(options)?.[1];
    const said = {
      type: fault.type ?? type,
      challenge: fault.challenge ?? asked,
      origin: fault.origin ?? `https://${this.#host}`,
      crossOrigin: false,
    };
    return Buffer.from(JSON.stringify(said));
  }
}

// The little of CBOR (RFC 8949) that a passkey says.

function head(major: number, value: number): Buffer {
  const kind = major << 5;
  if (value < 24) return Buffer.from([kind | value]);
  return value < 256 ? Buffer.from([kind | 24, value]) : Buffer.from([kind | 25, value >> 8, value & 255]);
}

function number(value: number): Buffer {
  return value < 0 ? head(1, -1 - value) : head(0, value);
}

function bytes(value: Buffer): Buffer {
  return Buffer.concat([head(2, value.length), value]);
}

function text(value: string): Buffer {
  return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
}

function map(...entries: readonly (readonly [Buffer, Buffer])[]): Buffer {
  return Buffer.concat([head(5, entries.length), ...entries.flat()]);
}
