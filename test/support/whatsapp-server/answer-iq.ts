// Questions that clients ask the server: key bundles, device lists, where media go. All else is answered with nothing.

import { jidDecode, type BinaryNode } from '@whiskeysockets/baileys';
import { lidJid, type Account, type Device } from './account.ts';
import { bytes, child, children, node, result } from './node.ts';

export function answerIq(
  accounts: readonly Account[],
  device: Device | null,
  iq: BinaryNode,
  mediaHost: string,
): BinaryNode {
  switch (iq.attrs['xmlns']) {
    case 'encrypt':
      return iq.attrs['type'] === 'set' ? takeKeys(device, iq) : giveKeys(accounts, device, iq);
    case 'usync':
      return result(iq, [node('usync', {}, [node('list', {}, listDevices(accounts, iq))])]);
    case 'w:m':
      return result(iq, [node('media_conn', { auth: 'any', ttl: '3600' }, [node('host', { hostname: mediaHost })])]);
    case 'privacy':
      return result(iq, [node('privacy', {}, [node('category', { name: 'readreceipts', value: 'all' })])]);
    case 'w:mex':
      return result(iq, [node('result', {}, Buffer.from('{"data":{}}'))]);
    default:
      return result(iq);
  }
}

function takeKeys(device: Device | null, iq: BinaryNode): BinaryNode {
  if (device === null) return result(iq);
  const rotated = child(child(iq, 'rotate'), 'skey');
  device.signedPreKey = rotated ?? child(iq, 'skey') ?? device.signedPreKey;
  if (rotated === undefined) {
    device.registration = bytes(child(iq, 'registration'));
    device.identity = bytes(child(iq, 'identity'));
    for (const key of children(child(iq, 'list'))) {
      device.preKeys.push({ id: bytes(child(key, 'id')), value: bytes(child(key, 'value')) });
    }
  }
  return result(iq);
}

function giveKeys(accounts: readonly Account[], device: Device | null, iq: BinaryNode): BinaryNode {
  if (child(iq, 'count') !== undefined) {
    return result(iq, [node('count', { value: String(device?.preKeys.length ?? 0) })]);
  }
  if (child(iq, 'digest') !== undefined) return result(iq, [node('digest')]);
  const users = children(child(iq, 'key')).flatMap(({ attrs }) => bundle(accounts, attrs['jid'] ?? ''));
  return result(iq, [node('list', {}, users)]);
}

/** Each one-time key is given away once. */
function bundle(accounts: readonly Account[], jid: string): BinaryNode[] {
  const { user, server, device: id = 0 } = jidDecode(jid) ?? {};
  const account = accounts.find((one) => (server === 'lid' ? one.lid : one.number) === user);
  const device = account?.devices.find((one) => one.id === id);
  if (device === undefined || device.signedPreKey === null) return [];
  const once = device.preKeys.shift();
  const content = [
    node('registration', {}, device.registration),
    node('type', {}, Buffer.from([5])),
    node('identity', {}, device.identity),
    device.signedPreKey,
    ...(once === undefined ? [] : [node('key', {}, [node('id', {}, once.id), node('value', {}, once.value)])]),
  ];
  return [node('user', { jid }, content)];
}

/** With the LID of whoever was asked for by number: Baileys writes to LIDs once it knows them. */
function listDevices(accounts: readonly Account[], iq: BinaryNode): BinaryNode[] {
  return children(child(child(iq, 'usync'), 'list')).flatMap(({ attrs }) => {
    const jid = attrs['jid'] ?? '';
    const { user, server } = jidDecode(jid) ?? {};
    const account = accounts.find((one) => (server === 'lid' ? one.lid : one.number) === user);
    if (account === undefined) return [];
    const list = account.devices.map(({ id }) => node('device', { id: String(id), 'key-index': String(id) }));
    const content = [node('devices', {}, [node('device-list', {}, list)])];
    if (server !== 'lid' && !account.isPrivate) content.push(node('lid', { val: lidJid(account) }));
    return [node('user', { jid }, content)];
  });
}
