import { html } from './html';
import { renderPage } from './layout';
import type { Reader } from './reader';

/** An application to go on in, with the address that asks it to begin. */
interface ApplicationLink {
  readonly name: string;
  readonly url: string;
}

/** Somebody came from the identity provider's portal, and several applications could be meant. */
export function renderChooseApplication(
  reader: Reader,
  label: string,
  applications: readonly ApplicationLink[],
): string {
  const { arrival } = reader.texts;
  return renderPage(
    reader,
    arrival.chooseTitle,
    html`<h1>${arrival.whereTo}</h1>
      <p>${arrival.comesFrom(label)}</p>
      ${applications.map(({ name, url }) => html`<p><a class="button" href="${url}">${name}</a></p>`)}`,
  );
}

/** Somebody came from the identity provider's portal, and no application says where it can be asked to begin. */
export function renderArrivedNowhere(reader: Reader, label: string): string {
  const { arrival } = reader.texts;
  return renderPage(
    reader,
    arrival.openTitle,
    html`<h1>${arrival.openTitle}</h1>
      <p>${arrival.recognised(label)}</p>`,
  );
}
