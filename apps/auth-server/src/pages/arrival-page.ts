import { html } from './html';
import { renderPage } from './layout';

/** An application to go on in, with the address that asks it to begin. */
interface ApplicationLink {
  readonly name: string;
  readonly url: string;
}

/** Somebody came from the identity provider's portal, and several applications could be meant. */
export function renderChooseApplication(label: string, applications: readonly ApplicationLink[]): string {
  return renderPage(
    'Choose an application',
    html`<h1>Where do you want to go?</h1>
      <p>You come from ${label}. Choose the application to open.</p>
      ${applications.map(({ name, url }) => html`<p><a class="button" href="${url}">${name}</a></p>`)}`,
  );
}

/** Somebody came from the identity provider's portal, and no application says where it can be asked to begin. */
export function renderArrivedNowhere(label: string): string {
  return renderPage(
    'Open your application',
    html`<h1>Open your application</h1>
      <p>
        ${label} has recognised you. Open the application that you want to use and choose Sign in there.
      </p>`,
  );
}
