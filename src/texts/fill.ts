// Fills the {{places}} of a text that i18next does not render: pages of the desk, documents, mails.

const PLACE = /\{\{(\w+)\}\}/g;

/** Puts values in the {{places}}. What looks like a place inside a value stays as it is. Throws if a value is missing. */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(PLACE, (_whole, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`no value for the place {{${name}}}`);
    return String(value);
  });
}

/** As `fill`, with every value made one line: nothing that a person wrote can begin a new line of a mail. */
export function fillLine(template: string, values: Readonly<Record<string, string>>): string {
  const oneLine = (value: string) => value.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return fill(template, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, oneLine(value)])));
}
