import { describe, expect, it } from 'vitest';
import { TEAMS } from '../../../src/channels/teams/ports.ts';
import { WEB_CHAT } from '../../../src/channels/web-chat/visitor.ts';
import { WHATSAPP } from '../../../src/channels/whatsapp/ports.ts';
import { channelName } from '../../../src/staff/queue/row-words.ts';
import { loadCatalogue } from '../../../src/texts/catalogues.ts';

const { queue } = loadCatalogue('staff').en;

describe('the channel of a case, as the desk names it', () => {
  it.each([
    [WEB_CHAT, 'web chat'],
    [WHATSAPP, 'WhatsApp'],
    [TEAMS, 'Teams'],
    ['console', 'terminal'],
    [null, 'another channel'],
  ])('%s: %s', (channel, name) => {
    expect(channelName(channel, queue)).toBe(name);
  });
});
