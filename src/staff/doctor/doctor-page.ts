// GET /desk/doctor: the findings of `griot doctor`, for administrators. Its lines are in English, as the command prints them.

import { Hono } from 'hono';
import { html } from 'hono/html';
import type { StaffTexts } from '../../texts/catalogues.ts';
import { fill } from '../../texts/translate.ts';
import type { Html } from '../../web/toolkit/page.ts';
import type { Desk, StaffContext, StaffEnv } from '../desk.ts';
import { drawPage, momentIn } from '../layout.ts';
import { needs } from '../sign-in/guard.ts';
import { type Finding, STANDINGS, type Standing } from './finding.ts';

async function showDoctor(c: StaffContext, desk: Desk) {
  const { staff } = c.var;
  await desk.audit.record({ staff, action: 'doctor.view' });
  const { doctor: texts } = desk.texts[staff.language];
  const looked = await desk.lookAtInstallation();
  const main = html`<p>${texts.what}</p>
    ${looked === null && html`<p role="status">${texts.looking}</p>`}
    ${
      looked !== null &&
      html`<p class="quiet">${fill(texts.lookedAt, { at: momentIn(staff.language, desk.timeZone)(looked.at) })}</p>
        ${STANDINGS.map((standing) => part(standing, looked.findings, texts))}`
    }`;
  return drawPage(c, desk, { title: texts.heading, main });
}

function part(standing: Standing, all: readonly Finding[], texts: StaffTexts['doctor']): Html | false {
  const these = all.filter((one) => one.standing === standing);
  return (
    these.length > 0 &&
    html`<h2>${texts.standings[standing]}</h2>
      <ul class="mails">
        ${these.map(
          ({ check, says, mend }) =>
            html`<li>
              <strong>${texts.checks[check]}</strong>
              <span lang="en" dir="ltr">${says}</span>
              ${mend !== undefined && html`<span>${texts.mend} <span lang="en" dir="ltr">${mend}</span></span>`}
            </li>`,
        )}
      </ul>`
  );
}

export function buildDoctor(desk: Desk): Hono<StaffEnv> {
  const routes = new Hono<StaffEnv>();
  routes.get('/doctor', needs(desk, 'administrator'), (c) => showDoctor(c, desk));
  return routes;
}
