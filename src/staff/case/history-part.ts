import { html } from 'hono/html';
import type { ReviewRow } from '../../store/reviews/reviews-port.ts';
import type { Html } from '../layout.ts';
import type { ContributionView } from './case-view.ts';
import type { CasePage } from './case-shown.ts';

/** What reviewers decided and what the person answered, oldest first. */
export function historyPart({ acts }: ContributionView, page: CasePage): Html | '' {
  if (acts.length === 0) return '';
  return html`<h3>${page.release.historyHeading}</h3>
    <ol class="history">
      ${acts.map((one) => entry(one, page))}
    </ol>`;
}

function entry({ at, reviewer, act, note }: ReviewRow, page: CasePage): Html {
  const { release, moment, nameOf } = page;
  const who = reviewer === null ? release.byPerson : nameOf(reviewer);
  const said = note === null ? '' : (readyQuestion(note, page) ?? note);
  return html`<li>
    <time datetime="${at}">${moment(at)}</time>
    <b>${who}</b> ${release.act[act]}${said === '' ? '' : html`: <q>${said}</q>`}
  </li>`;
}

/** A ready question is kept by its id. */
function readyQuestion(note: string, { release }: CasePage): string | null {
  const id = note.startsWith('ready:') ? note.slice('ready:'.length) : '';
  return Object.entries(release.questions).find(([known]) => known === id)?.[1] ?? null;
}
