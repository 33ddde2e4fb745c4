// A reply → messages of the Cloud API, one after the other. What Meta has taken is noted, so that another try after a
// crash goes on behind it.

import type { Language } from '../../languages.ts';
import type { Standing } from '../account-status.ts';
import type { Address, Rendered, SendOutcome } from '../channel.ts';
import { aloudText } from '../render.ts';
import { mayBeWrittenTo } from './address.ts';
import { type Answer, type Graph, readRefusal } from './graph.ts';
import type { CloudDeps, CloudTrouble, SpeakOpus } from './ports.ts';
import { isUser } from './read-webhook.ts';
import { tappable } from './taps.ts';

/** Numbers of the parts of a reply that are no bubbles. */
const ALOUD = -100;
const TEMPLATE = -1_000;
const fileAt = (index: number) => -1 - index;

/** Milliseconds after which an unreachable network is reported to staff. */
const UNREACHABLE_MS = 5 * 60_000;

const TYPES: readonly (readonly [RegExp, string])[] = [
  [/\.docx$/u, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  [/\.pdf$/u, 'application/pdf'],
];

export interface OutgoingDeps extends Pick<CloudDeps, 'kept' | 'aliases' | 'documents' | 'now'> {
  readonly graph: Pick<Graph, 'send' | 'upload'>;
  readonly speak: SpeakOpus | null;
  readonly standing: Pick<Standing<CloudTrouble>, 'refused' | 'wentThrough'>;
  /** On the button that opens a list. */
  readonly open: Readonly<Record<Language, string>>;
  /** The approved template without content; null: nobody is written to after 24 hours. */
  readonly template: string | null;
}

/** One message; null if there is nothing to send after all. */
type Build = () => Promise<object | Exclude<Answer, { kind: 'ok' }> | null>;

interface Part {
  readonly number: number;
  readonly build: Build;
}

const SENT: SendOutcome = { kind: 'sent' };

export class Outgoing {
  readonly #deps: OutgoingDeps;
  /** Both are documented for business-scoped ids, each by somebody: the one that worked last is tried first. */
  #field: 'recipient' | 'to' = 'recipient';
  #failingSince: number | null = null;

  constructor(deps: OutgoingDeps) {
    this.#deps = deps;
  }

  /** `rest`: its recording and its files. */
  async send(to: Address, reply: Rendered, id: string, what: 'text' | 'rest'): Promise<SendOutcome> {
    if (!mayBeWrittenTo(to, this.#deps.now())) return this.#hold(to, reply, id);
    const sent = await this.#deps.kept.partsSent(id);
    for (const { number, build } of what === 'text' ? this.#textOf(reply) : await this.#restOf(to, reply)) {
      if (sent.has(number)) continue;
      const message = await build();
      if (message === null) continue;
      const outcome = 'kind' in message ? this.#failed(message) : null;
      const after = outcome ?? (await this.#sendOne(to, message, id, number));
      if (after.kind === 'held') return this.#hold(to, reply, id);
      if (after.kind === 'failed') return after;
    }
    return SENT;
  }

  #textOf(reply: Rendered): readonly Part[] {
    const { bubbles } = reply;
    return bubbles.map(({ text }, index) => ({
      number: index,
      build: () => Promise.resolve(index === bubbles.length - 1 ? this.#asking(text, reply) : plain(text)),
    }));
  }

  async #restOf(to: Address, reply: Rendered): Promise<readonly Part[]> {
    const parts: Part[] = [];
    const { speak } = this.#deps;
    if (reply.aloud === true && speak !== null) {
      const build: Build = async () => {
        const bytes = await speak(aloudText(reply), reply.language);
        if (bytes === null) return null;
        const media = await this.#deps.graph.upload({ bytes, type: 'audio/ogg', name: 'voice.ogg' });
        return typeof media === 'string' ? { type: 'audio', audio: { id: media, voice: true } } : media;
      };
      parts.push({ number: ALOUD, build });
    }
    for (const [index, file] of (await this.#files(to, reply)).entries()) {
      const type = TYPES.find(([name]) => name.test(file.name))?.[1] ?? 'application/octet-stream';
      const build: Build = async () => {
        const media = await this.#deps.graph.upload({ bytes: file.bytes, type, name: file.name });
        return typeof media === 'string' ? { type: 'document', document: { id: media, filename: file.name } } : media;
      };
      parts.push({ number: fileAt(index), build });
    }
    return parts;
  }

  /** The last bubble, with what can be tapped; its text contains the numbers, too. */
  #asking(text: string, reply: Rendered): object {
    const drawn = tappable(reply, this.#deps.open[reply.language]);
    return drawn === null ? plain(text) : { type: 'interactive', interactive: { ...drawn, body: { text } } };
  }

  async #files(to: Address, { file, contribution }: Rendered) {
    if (file === null) return [];
    const known = await this.#deps.aliases.personAt(to);
    const document = known === null ? null : await this.#deps.documents.document(known.person, file, contribution);
    return document?.files ?? [];
  }

  /** Waits for the person's next message. They are told by the template at most once. */
  async #hold(to: Address, { language }: Rendered, id: string): Promise<SendOutcome> {
    const { template, kept } = this.#deps;
    if (template === null || (await kept.partsSent(id)).has(TEMPLATE)) return { kind: 'held' };
    const message = { type: 'template', template: { name: template, language: { code: language } } };
    const outcome = await this.#sendOne(to, message, id, TEMPLATE);
    return outcome.kind === 'failed' && outcome.retryable ? outcome : { kind: 'held' };
  }

  async #sendOne(to: Address, message: object, reply: string, number: number): Promise<SendOutcome> {
    const { graph, kept, standing } = this.#deps;
    let answer = await graph.send({ ...this.#recipient(to.address), ...message });
    if (typeof answer !== 'string' && isUser(to.address) && isAboutRecipient(answer)) {
      this.#field = this.#field === 'to' ? 'recipient' : 'to';
      answer = await graph.send({ ...this.#recipient(to.address), ...message });
    }
    if (typeof answer !== 'string') return this.#failed(answer);
    this.#failingSince = null;
    standing.wentThrough();
    await kept.noteSent(answer, reply, number);
    return SENT;
  }

  #recipient(address: string): object {
    return isUser(address) ? { [this.#field]: address } : { to: address };
  }

  #failed(answer: Exclude<Answer, { kind: 'ok' }>): SendOutcome {
    if (answer.kind === 'unreachable') return this.#unreachable('unreachable');
    const error = `status ${answer.status}, code ${answer.code ?? 'none'}`;
    const refusal = readRefusal(answer.status, answer.code);
    switch (refusal.is) {
      case 'window':
        return { kind: 'held' };
      case 'never':
        return { kind: 'failed', error, retryable: false };
      case 'account':
        this.#deps.standing.refused(refusal.trouble);
        return { kind: 'failed', error, retryable: true };
      case 'later':
        return answer.status >= 500 ? this.#unreachable(error) : { kind: 'failed', error, retryable: true };
      default:
        return refusal satisfies never;
    }
  }

  #unreachable(error: string): SendOutcome {
    const now = this.#deps.now().getTime();
    this.#failingSince ??= now;
    if (now - this.#failingSince >= UNREACHABLE_MS) this.#deps.standing.refused('cloud-unreachable');
    return { kind: 'failed', error, retryable: true };
  }
}

function plain(text: string): object {
  return { type: 'text', text: { body: text, preview_url: false } };
}

/** 100: a parameter is unknown or invalid; 131009: a parameter has a wrong value. */
function isAboutRecipient(answer: Exclude<Answer, { kind: 'ok' }>): boolean {
  return answer.kind === 'refused' && (answer.code === 100 || answer.code === 131_009);
}
