// Fine spaces in our own lines of a French document. A person's words stay as they are, byte for byte.

import type { Block, BlockKind } from './block.ts';
import type { DocumentModel } from './document-model.ts';

const NARROW = '\u202F';
const NO_BREAK = '\u00A0';

const THEIRS: ReadonlySet<BlockKind> = new Set(['paragraph', 'link', 'cell']);

/** Of the person: never changed. */
export function isTheirs(kind: BlockKind): boolean {
  return THEIRS.has(kind);
}

/** Spaces that no line ends at: narrow before ; ? ! » and after «, wide before a colon. As long as the text, so that marks keep their places. */
export function typeset(text: string): string {
  return text
    .replace(/ (?=[;?!»])/g, NARROW)
    .replace(/ (?=:)/g, NO_BREAK)
    .replace(/(?<=«) /g, NARROW);
}

/** The model as it is shown in its files. Words are counted before. */
export function asShown<Model extends Pick<DocumentModel, 'language' | 'blocks' | 'footer'>>(model: Model): Model {
  if (model.language !== 'fr') return model;
  const blocks = model.blocks.map((block): Block =>
    isTheirs(block.kind) ? block : { ...block, text: typeset(block.text) },
  );
  return { ...model, blocks, footer: typeset(model.footer) };
}
