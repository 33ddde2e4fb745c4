// The part of a file's styles that decides whether words are meant to be read, and the lists of its paragraphs.

import { type Element, isOn, scanXml } from './xml-scan.ts';

/** Signs of words that their author took out: struck through, or hidden. */
export interface Hiding {
  readonly hidden?: boolean;
  readonly struck?: boolean;
}

export interface ListPlace {
  readonly list: string;
  readonly level: number;
}

export interface Style extends Hiding {
  readonly basedOn?: string;
  readonly list?: Partial<ListPlace>;
}

export type Styles = ReadonlyMap<string, Style>;

/** By the names of the elements that set them. */
export const HIDING: Readonly<Record<string, keyof Hiding>> = {
  'w:vanish': 'hidden',
  'w:strike': 'struck',
  'w:dstrike': 'struck',
};

export function stylesIn(xml: string): Styles {
  const styles = new Map<string, Style>();
  let [id, style]: [string, Style] = ['', {}];
  scanXml(xml, {
    opened(element) {
      const { name, attributes } = element;
      if (name === 'w:style') [id, style] = [attributes['w:styleId'] ?? '', {}];
      else if (name === 'w:basedOn') style = { ...style, basedOn: attributes['w:val'] ?? '' };
      else if (element.parent?.name === 'w:rPr' && element.parent.parent?.name === 'w:style')
        style = { ...style, ...hidingOf(element) };
      else if (element.parent?.name === 'w:numPr')
        style = { ...style, list: { ...style.list, ...listPlaceOf(element) } };
    },
    closed({ name }) {
      if (name === 'w:style') styles.set(id, style);
    },
  });
  return styles;
}

export function hidingOf(element: Element): Hiding {
  const what = HIDING[element.name];
  return what === undefined ? {} : { [what]: isOn(element) };
}

/** Of an element in `w:numPr`. */
export function listPlaceOf({ name, attributes }: Element): Partial<ListPlace> {
  const value = attributes['w:val'] ?? '';
  if (name === 'w:numId') return { list: value };
  return name === 'w:ilvl' && /^\d$/u.test(value) ? { level: Number(value) } : {};
}

/** The settings of a style, with the styles that it is based on. */
export function styleOf(styles: Styles, id: string | undefined): Style {
  const chain: Style[] = [];
  const seen = new Set<string>();
  for (let next = id; next !== undefined && !seen.has(next); next = styles.get(next)?.basedOn) {
    seen.add(next);
    chain.unshift(styles.get(next) ?? {});
  }
  return chain.reduce<Style>((all, { list, ...one }) => {
    const both = { ...all.list, ...list };
    return { ...all, ...one, ...(Object.keys(both).length === 0 ? {} : { list: both }) };
  }, {});
}
