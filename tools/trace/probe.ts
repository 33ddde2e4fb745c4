// Puts a probe at the beginning of every function in `src`, so that the way of one message can be followed.
//
//     node --import ./tools/trace/probe.ts tools/trace/trace-turn.ts

import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { recordEntry } from './recorder.ts';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));
declare global {
  var __griotEntered: ((file: string, name: string) => void) | undefined;
}
globalThis.__griotEntered = recordEntry;

registerHooks({
  load(url, context, nextLoad) {
    if (!url.startsWith('file:')) return nextLoad(url, context);
    const path = fileURLToPath(url);
    if (!path.startsWith(SRC) || !path.endsWith('.ts')) return nextLoad(url, context);
    const source = withProbes(readFileSync(path, 'utf8'), relative(SRC, path));
    return { format: 'module-typescript', source, shortCircuit: true };
  },
});

/** The same source with `__griotEntered(file, name)` as the first act of each function. Lines keep their numbers. */
function withProbes(source: string, file: string): string {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const inserts: { at: number; text: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
      const { body } = node;
      const call = `globalThis.__griotEntered?.(${JSON.stringify(file)},${JSON.stringify(nameOf(node))})`;
      if (ts.isBlock(body)) inserts.push({ at: body.getStart(tree) + 1, text: `${call};` });
      else {
        inserts.push({ at: body.getStart(tree), text: `(${call},(` });
        inserts.push({ at: body.getEnd(), text: '))' });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return inserts
    .sort((a, b) => b.at - a.at)
    .reduce((text, { at, text: put }) => text.slice(0, at) + put + text.slice(at), source);
}

function nameOf(node: ts.SignatureDeclaration): string {
  if (node.name !== undefined) return node.name.getText();
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) return parent.name.getText();
  return `line ${node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}
