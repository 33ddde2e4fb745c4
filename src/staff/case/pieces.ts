// A paragraph in stretches: what a reviewer should look at, and what is withheld. Pure.

import type { Finding, FindingKind } from '../../dialog/understanding/findings.ts';

export interface PieceOfText {
  readonly text: string;
  readonly found: FindingKind | 'withheld' | null;
}

/** `labels`: what stands in the document where something is withheld. */
export function piecesIn(
  text: string,
  findings: readonly Finding[],
  labels: readonly string[],
): readonly PieceOfText[] {
  const wanted = [
    ...labels.map((label) => ({ text: label, found: 'withheld' as const })),
    ...findings.map(({ kind, text: what }) => ({ text: what, found: kind })),
  ].filter((one) => one.text !== '');
  const taken: { start: number; end: number; found: PieceOfText['found'] }[] = [];
  for (const { text: what, found } of wanted) {
    for (let start = text.indexOf(what); start !== -1; start = text.indexOf(what, start + what.length)) {
      const end = start + what.length;
      if (!taken.some((other) => start < other.end && other.start < end)) taken.push({ start, end, found });
    }
  }
  taken.sort((a, b) => a.start - b.start);
  const pieces: PieceOfText[] = [];
  let at = 0;
  for (const { start, end, found } of taken) {
    pieces.push({ text: text.slice(at, start), found: null }, { text: text.slice(start, end), found });
    at = end;
  }
  pieces.push({ text: text.slice(at), found: null });
  return pieces.filter((piece) => piece.text !== '');
}
