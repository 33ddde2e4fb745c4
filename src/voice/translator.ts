// A person's words, translated by a service with the interface of LibreTranslate (https://docs.libretranslate.com/api/).
// They are sent there only after the person's yes, and nowhere else.

import { z } from 'zod';
import type { Language } from '../languages.ts';
import { readUpTo } from '../read-up-to.ts';

/** The texts in the same order; null if they did not all come. Never throws. */
export type TranslateTexts = (
  texts: readonly string[],
  from: Language,
  to: Language,
) => Promise<readonly string[] | null>;

const MOST_BYTES = 4 * 1024 * 1024;

const answerSchema = z.object({ translatedText: z.array(z.string()) });

interface Service {
  readonly url: URL;
  /** LibreTranslate's `api_key`; null if the service wants none. */
  readonly key: string | null;
  /** Milliseconds for the whole answer. */
  readonly timeout: number;
  readonly onFault: (error: unknown) => void;
}

export function translator({ url, key, timeout, onFault }: Service): TranslateTexts {
  const address = new URL(`${url.href.replace(/(?<!\/)\/+$/u, '')}/translate`);
  return async (texts, from, to) => {
    try {
      const answer = await fetch(address, {
        method: 'POST',
        // A redirect would send the words to a host that the operator never chose.
        redirect: 'manual',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({
          ...{ q: texts, source: from, target: to, format: 'text' },
          ...(key === null ? {} : { api_key: key }),
        }),
        signal: AbortSignal.timeout(timeout),
      });
      const bytes = await readUpTo(answer.body, MOST_BYTES);
      if (answer.status !== 200 || bytes === null) throw new Error(`the translation service answered ${answer.status}`);
      const { translatedText } = answerSchema.parse(JSON.parse(bytes.toString()));
      return translatedText.length === texts.length ? translatedText : null;
    } catch (error) {
      // Its message may quote the answer, and so the words.
      onFault(new Error(`no translation: ${error instanceof Error ? error.name : 'unknown'}`));
      return null;
    }
  };
}
