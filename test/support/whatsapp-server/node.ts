// Stanzas as the protocol has them, and small hands to take them apart.

import { S_WHATSAPP_NET, type BinaryNode } from '@whiskeysockets/baileys';

export function node(tag: string, attrs: Record<string, string> = {}, content?: BinaryNode['content']): BinaryNode {
  return content === undefined ? { tag, attrs } : { tag, attrs, content };
}

export function children(parent: BinaryNode | undefined): readonly BinaryNode[] {
  return Array.isArray(parent?.content) ? parent.content : [];
}

export function child(parent: BinaryNode | undefined, tag: string): BinaryNode | undefined {
  return children(parent).find((one) => one.tag === tag);
}

export function bytes(of: BinaryNode | undefined): Buffer {
  return of?.content instanceof Uint8Array ? Buffer.from(of.content) : Buffer.alloc(0);
}

export function result(to: BinaryNode, content?: BinaryNode[]): BinaryNode {
  return node('iq', { id: to.attrs['id'] ?? '', type: 'result', from: S_WHATSAPP_NET }, content);
}

/** As stanzas have them. `milliseconds`: since 1970; default now. */
export const seconds = (milliseconds = Date.now()) => String(Math.floor(milliseconds / 1000));
