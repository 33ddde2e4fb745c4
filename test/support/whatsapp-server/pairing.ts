// What the phone does when it scans a code, or when its owner types one in: it signs the new device into the account.

import { createHmac, randomBytes } from 'node:crypto';
import {
  aesDecryptCTR,
  aesDecryptGCM,
  aesEncryptCTR,
  Curve,
  derivePairingCodeKey,
  hkdf,
  proto,
  S_WHATSAPP_NET,
  type BinaryNode,
} from '@whiskeysockets/baileys';
import { lidJid, numberJid, type Account, type Device } from './account.ts';
import { bytes, child, node } from './node.ts';

const ACCOUNT_SIGNATURE = Buffer.from([6, 0]);

/** What stands in the QR code: "https://…#reference,noise key,identity key,secret,platform". */
export interface ScannedCode {
  readonly reference: string;
  readonly identity: Buffer;
  readonly secret: Buffer;
}

export function parseQr(qr: string): ScannedCode {
  const [reference = '', , identity = '', secret = ''] = qr.slice(qr.indexOf('#') + 1).split(',');
  return { reference, identity: Buffer.from(identity, 'base64'), secret: Buffer.from(secret, 'base64') };
}

/** `secret`: what only the phone and the new device know; it proves to the device that the phone agreed. */
export function pairSuccess(device: Device, identity: Buffer, secret: Buffer): BinaryNode {
  const { account } = device;
  const details = proto.ADVDeviceIdentity.encode({
    rawId: 1,
    timestamp: 1,
    keyIndex: device.id,
  }).finish();
  const accountSignature = Curve.sign(account.key.private, Buffer.concat([ACCOUNT_SIGNATURE, details, identity]));
  const signed = proto.ADVSignedDeviceIdentity.encode({
    details,
    accountSignatureKey: account.key.public,
    accountSignature,
  }).finish();
  const hmac = createHmac('sha256', secret).update(signed).digest();
  const container = proto.ADVSignedDeviceIdentityHMAC.encode({ details: signed, hmac }).finish();
  return node('iq', { id: randomBytes(4).toString('hex'), type: 'set', from: S_WHATSAPP_NET, xmlns: 'md' }, [
    node('pair-success', {}, [
      node('device-identity', {}, container),
      node('device', {
        jid: numberJid(account).replace('@', `:${device.id}@`),
        lid: lidJid(account).replace('@', `:${device.id}@`),
      }),
      node('platform', { name: 'android' }),
    ]),
  ]);
}

/** Pairing by a code of eight characters, from the phone's side. */
export class CodePairing {
  readonly #account: Account;
  readonly #hello: BinaryNode;
  readonly #ephemeral = Curve.generateKeyPair();
  #companion: Buffer = Buffer.alloc(0);

  constructor(account: Account, hello: BinaryNode) {
    this.#account = account;
    this.#hello = hello;
  }

  /** The owner typed the code: a notification for the device that waits. A wrong code yields keys that do not fit. */
  async typed(code: string): Promise<BinaryNode> {
    const wrapped = bytes(child(this.#hello, 'link_code_pairing_wrapped_companion_ephemeral_pub'));
    const theirKey = await derivePairingCodeKey(code, wrapped.subarray(0, 32));
    this.#companion = aesDecryptCTR(wrapped.subarray(48, 80), theirKey, wrapped.subarray(32, 48));
    const [salt, iv] = [randomBytes(32), randomBytes(16)];
    const sealed = aesEncryptCTR(this.#ephemeral.public, await derivePairingCodeKey(code, salt), iv);
    return node('notification', { id: 'code', type: 'link_code_companion_reg', from: S_WHATSAPP_NET }, [
      node('link_code_companion_reg', { stage: 'primary_hello' }, [
        node('link_code_pairing_ref', {}, Buffer.from('ref-of-code')),
        node('primary_identity_pub', {}, this.#account.key.public),
        node('link_code_pairing_wrapped_primary_ephemeral_pub', {}, Buffer.concat([salt, iv, sealed])),
      ]),
    ]);
  }

  /** From the device's last word: its identity and the secret that both now know. */
  finish(last: BinaryNode): { readonly identity: Buffer; readonly secret: Buffer } {
    const bundle = bytes(child(last, 'link_code_pairing_wrapped_key_bundle'));
    const shared = Curve.sharedKey(this.#ephemeral.private, this.#companion);
    const info = 'link_code_pairing_key_bundle_encryption_key';
    const key = Buffer.from(hkdf(shared, 32, { salt: bundle.subarray(0, 32), info }));
    const plain = aesDecryptGCM(bundle.subarray(44), key, bundle.subarray(32, 44), Buffer.alloc(0));
    const [identity, random] = [plain.subarray(0, 32), plain.subarray(64, 96)];
    const identityShared = Curve.sharedKey(this.#account.key.private, identity);
    const secret = hkdf(Buffer.concat([shared, identityShared, random]), 32, { info: 'adv_secret' });
    return { identity, secret: Buffer.from(secret) };
  }
}
