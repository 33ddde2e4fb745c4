// Noise_XX_25519_AESGCM_SHA256 as WhatsApp speaks it, from the server's side, and the frames it travels in:
// three bytes of length, before the very first one four bytes that name protocol and dictionary.

import {
  aesDecryptGCM,
  aesEncryptGCM,
  Curve,
  decodeBinaryNode,
  encodeBinaryNode,
  hkdf,
  NOISE_MODE,
  NOISE_WA_HEADER,
  proto,
  sha256,
  type BinaryNode,
  type KeyPair,
} from '@whiskeysockets/baileys';

/** The server's long-term keys: a root, an intermediate signed by it, and the key that clients meet. */
export interface ServerKeys {
  readonly root: KeyPair;
  readonly intermediate: KeyPair;
  readonly own: KeyPair;
}

export function newServerKeys(): ServerKeys {
  return { root: Curve.generateKeyPair(), intermediate: Curve.generateKeyPair(), own: Curve.generateKeyPair() };
}

const NOTHING = Buffer.alloc(0);
const LENGTH_BYTES = 3;
const ROUTING_MARK = Buffer.from('ED');

export class NoiseServer {
  readonly #keys: ServerKeys;
  readonly #write: (frame: Buffer) => void;
  readonly #ephemeral = Curve.generateKeyPair();
  #received: Buffer = NOTHING;
  #introduced = false;
  #hash: Buffer = Buffer.from(NOISE_MODE);
  #salt: Buffer = this.#hash;
  #key: Buffer = this.#hash;
  #counter = 0;
  #transport: { readonly out: Buffer; readonly in: Buffer; sent: number; read: number } | null = null;

  constructor(keys: ServerKeys, write: (frame: Buffer) => void) {
    this.#keys = keys;
    this.#write = write;
    this.#mixHash(NOISE_WA_HEADER);
  }

  /** Takes what arrived; gives what is complete: the client's payload once, then nodes. */
  async *read(bytes: Buffer): AsyncGenerator<proto.IClientPayload | BinaryNode> {
    this.#received = Buffer.concat([this.#received, bytes]);
    if (!this.#introduced && !this.#skipIntroduction()) return;
    for (;;) {
      if (this.#received.length < LENGTH_BYTES) return;
      const end = LENGTH_BYTES + this.#received.readUIntBE(0, LENGTH_BYTES);
      if (this.#received.length < end) return;
      const frame = this.#received.subarray(LENGTH_BYTES, end);
      this.#received = this.#received.subarray(end);
      if (this.#transport !== null) {
        yield await decodeBinaryNode(aesDecryptGCM(frame, this.#transport.in, nonce(this.#transport.read++), NOTHING));
        continue;
      }
      const payload = this.#shakeHands(proto.HandshakeMessage.decode(frame));
      if (payload !== null) yield payload;
    }
  }

  send(node: BinaryNode): void {
    if (this.#transport === null) throw new Error('the handshake has not ended');
    this.#frame(aesEncryptGCM(encodeBinaryNode(node), this.#transport.out, nonce(this.#transport.sent++), NOTHING));
  }

  #frame(data: Uint8Array): void {
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUIntBE(data.length, 0, LENGTH_BYTES);
    this.#write(Buffer.concat([length, data]));
  }

  /** Also over the routing header that a client sends which was here before ("ED", version, length, bytes). */
  #skipIntroduction(): boolean {
    let skip = NOISE_WA_HEADER.length;
    if (this.#received.subarray(0, 2).equals(ROUTING_MARK)) {
      if (this.#received.length < 7) return false;
      skip += 7 + this.#received.readUIntBE(4, LENGTH_BYTES);
    }
    if (this.#received.length < skip) return false;
    this.#received = this.#received.subarray(skip);
    this.#introduced = true;
    return true;
  }

  #shakeHands({ clientHello, clientFinish }: proto.HandshakeMessage): proto.IClientPayload | null {
    if (clientHello?.ephemeral) {
      this.#theirs = Buffer.from(clientHello.ephemeral);
      this.#mixHash(this.#theirs);
      this.#mixHash(this.#ephemeral.public);
      this.#mixKey(Curve.sharedKey(this.#ephemeral.private, this.#theirs));
      const own = this.#encrypt(this.#keys.own.public);
      this.#mixKey(Curve.sharedKey(this.#keys.own.private, this.#theirs));
      const serverHello = {
        ephemeral: this.#ephemeral.public,
        static: own,
        payload: this.#encrypt(this.#certificate()),
      };
      this.#frame(proto.HandshakeMessage.encode({ serverHello }).finish());
      return null;
    }
    if (!clientFinish?.static || !clientFinish.payload) throw new Error('neither hello nor finish');
    const theirs = this.#decrypt(clientFinish.static);
    this.#mixKey(Curve.sharedKey(this.#ephemeral.private, theirs));
    const payload = proto.ClientPayload.decode(this.#decrypt(clientFinish.payload));
    const [theirWrite, ourWrite] = this.#derive(NOTHING);
    this.#transport = { in: theirWrite, out: ourWrite, sent: 0, read: 0 };
    return payload;
  }

  #theirs: Buffer = NOTHING;

  #certificate(): Uint8Array {
    const { root, intermediate, own } = this.#keys;
    const { Details } = proto.CertChain.NoiseCertificate;
    const upper = Details.encode({ serial: 1, issuerSerial: 0, key: intermediate.public }).finish();
    const leaf = Details.encode({ serial: 2, issuerSerial: 1, key: own.public }).finish();
    return proto.CertChain.encode({
      intermediate: { details: upper, signature: Curve.sign(root.private, upper) },
      leaf: { details: leaf, signature: Curve.sign(intermediate.private, leaf) },
    }).finish();
  }

  #mixHash(data: Uint8Array): void {
    this.#hash = sha256(Buffer.concat([this.#hash, data]));
  }

  #derive(data: Uint8Array): [Buffer, Buffer] {
    const both = Buffer.from(hkdf(data, 64, { salt: this.#salt, info: '' }));
    return [both.subarray(0, 32), both.subarray(32)];
  }

  #mixKey(shared: Uint8Array): void {
    [this.#salt, this.#key] = this.#derive(shared);
    this.#counter = 0;
  }

  #encrypt(plain: Uint8Array): Buffer {
    const sealed = aesEncryptGCM(plain, this.#key, nonce(this.#counter++), this.#hash);
    this.#mixHash(sealed);
    return sealed;
  }

  #decrypt(sealed: Uint8Array): Buffer {
    const plain = aesDecryptGCM(sealed, this.#key, nonce(this.#counter++), this.#hash);
    this.#mixHash(sealed);
    return plain;
  }
}

function nonce(counter: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(counter, 8);
  return bytes;
}
