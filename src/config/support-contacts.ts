// SUPPORT_CONTACTS of the environment; read by config.ts.

export interface SupportContact {
  readonly name: string;
  readonly number: string;
  readonly checked: string;
}

/** "Name: number (2026-11-01); Name: number (2026-11-02)": the date is the day on which it was checked. */
export function supportContacts(given: string): { contacts: SupportContact[]; problems: string[] } {
  const contacts: SupportContact[] = [];
  const problems: string[] = [];
  for (const entry of given.split(';').filter((one) => one.trim() !== '')) {
    const [, name, number, checked] = /^([^:]+):([^()]+)\((\d{4}-\d{2}-\d{2})\)$/.exec(entry.trim()) ?? [];
    if (name === undefined || number === undefined || checked === undefined) {
      problems.push(
        `SUPPORT_CONTACTS: "${entry.trim()}" must read like "Name: number (2026-11-01)", the day it was checked`,
      );
    } else contacts.push({ name: name.trim(), number: number.trim(), checked });
  }
  return { contacts, problems };
}
