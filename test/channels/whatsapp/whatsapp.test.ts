import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGriot, type Griot } from './griot.ts';
import type { WhatsAppPerson } from '../../support/whatsapp-server/whatsapp-person.ts';

describe('a mother on WhatsApp', () => {
  let griot: Griot;
  let ana: WhatsAppPerson;
  beforeAll(async () => {
    griot = await openGriot();
    ana = await griot.person('ana');
  });
  afterAll(() => griot.close());

  it('is greeted in her language', async () => {
    await ana.says('hola');
    const heard = await ana.hears(/\*1\*/u);
    expect(heard.text).toBe('');
  });
});
