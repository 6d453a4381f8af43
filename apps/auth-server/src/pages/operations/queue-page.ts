import { queueOf, taskKinds, type DeadLetter, type TaskState } from '@gatehouse/core';
import { readableTime } from '../account/account-page';
import { html, type Html } from '../html';
import { renderPage } from '../layout';
import type { Reader } from '../reader';

/** What operators see: how many tasks there are of which kind, and which were given up. Never what stands in them. */
export interface QueuesShown {
  readonly states: readonly TaskState[];
  readonly dead: readonly DeadLetter[];
  /** The last of these dead letters, where older ones follow. */
  readonly next?: string | undefined;
  /** How many were taken out of the dead letters just now. */
  readonly replayed?: number | undefined;
}

/** The work in the queues (WRK-1). */
export function renderQueuePage(reader: Reader, { states, dead, next, replayed }: QueuesShown): string {
  const { operations } = reader.texts;
  const body = html`<h1>${operations.title}</h1>
    ${replayed !== undefined && html`<p class="note" role="status">${operations.replayed(replayed)}</p>`}
    <p>${operations.lead}</p>
    ${states.length === 0 && html`<p>${operations.nothing}</p>`}
    <ul class="rows">
      ${states.map((state) => renderState(reader, state))}
    </ul>
    <h2>${operations.dead}</h2>
    <p>${dead.length === 0 ? operations.noneDead : operations.deadLead}</p>
    <ul class="rows">
      ${dead.map((letter) => renderLetter(reader, letter))}
    </ul>
    ${next !== undefined && html`<p class="links"><a href="?after=${next}">${operations.older}</a></p>`}
    <form method="post" action="/operations/sign-out">
      <button type="submit" class="quiet">${operations.signOut}</button>
    </form>`;
  return renderPage(reader, operations.title, body);
}

function renderState(reader: Reader, { kind, oldestAt, lastError, ...counts }: TaskState): Html {
  const { operations } = reader.texts;
  return html`<li>
    <strong><code>${kind}</code></strong>
    <dl>
      ${fact(operations.queue, queueNamed(kind))} ${fact(operations.waiting, counts.waiting)}
      ${fact(operations.underWay, counts.underWay)} ${fact(operations.retrying, counts.retrying)}
      ${fact(operations.dead, counts.dead)}
      ${fact(operations.oldest, oldestAt && readableTime(reader, oldestAt))}
      ${fact(operations.lastError, lastError, 'en')}
    </dl>
    ${
      counts.dead > 0 &&
      html`<form method="post" action="/operations/queues/replay">
        <input type="hidden" name="kind" value="${kind}" />
        <button type="submit" class="quiet">${operations.replayAll(counts.dead)}</button>
      </form>`
    }
  </li>`;
}

function renderLetter(reader: Reader, letter: DeadLetter): Html {
  const { operations } = reader.texts;
  return html`<li>
    <strong><code>${letter.kind}</code></strong>
    <dl>
      ${fact(operations.task, letter.id)} ${fact(operations.tenant, letter.tenantId)}
      ${fact(operations.written, readableTime(reader, letter.createdAt))}
      ${fact(operations.givenUp, readableTime(reader, letter.deadAt))}
      ${fact(operations.attempts, letter.attempts)} ${fact(operations.reason, letter.reason, 'en')}
    </dl>
    <form method="post" action="/operations/queues/${letter.id}/replay">
      <button type="submit" class="quiet" aria-label="${operations.replayOne(letter.id)}">
        ${operations.replay}
      </button>
    </form>
  </li>`;
}

/** `lang` where it is not that of the page: what workers write down is in English. */
function fact(name: string, value: string | number | undefined, lang?: string): Html | undefined {
  if (value === undefined) return undefined;
  return html`<dt>${name}</dt>
    <dd ${lang !== undefined && html`lang="${lang}"`}>${value}</dd>`;
}

/** Absent for a kind that only another build knows. */
function queueNamed(kind: string): string | undefined {
  const known = taskKinds.find((each) => each === kind);
  return known && queueOf.tasks[known];
}
