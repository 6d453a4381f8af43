import type { Departure, ToldService } from './idp-departures';
import type { OutgoingLogout } from './idp-logout';
import { pageLayout } from '../web/page-layout';
import { escaped } from '../web/markup-text';
import type { PostedResponse } from './saml-idp';
import type { DemoPerson } from './demo-person';

export const IDP_NAME = 'Acme Identity (demo)';

/** Sends the response on at once; without scripts the button does it. */
export const AUTO_SUBMIT = 'document.forms[0].submit()';

/** What the identity provider's own page knows. */
export interface Home {
  readonly people: readonly DemoPerson[];
  /** Services that somebody has signed in to from here. */
  readonly portal?: readonly string[];
  readonly signedIn?: DemoPerson | undefined;
}

/** Who opens the address by itself has no request to answer: says who can sign in, and where a sign-in begins. */
export function homePage({ people, portal = [], signedIn }: Home): string {
  const rows = people.map(
    ({ nameId, about }) => `<li>${escaped([nameId, about].filter(Boolean).join(' · '))}</li>`,
  );
  const body = `<h1>${IDP_NAME}</h1>${signedIn === undefined ? '' : signOutForm(signedIn)}<p>A sign-in begins at the application, which sends you here. These people can be chosen:</p>
<ul>${rows.join('')}</ul>${portal.map((service) => tile(service, people)).join('')}<p><a href="/metadata">SAML metadata</a></p>`;
  return pageLayout({ title: IDP_NAME, body });
}

function signOutForm({ nameId, firstName }: DemoPerson): string {
  return `<form method="post" action="/sign-out"><p role="status">Signed in here as ${escaped(firstName ?? nameId)}</p><button>Sign out everywhere<small>Every application that ${escaped(nameId)} opened from here is told</small></button></form>`;
}

/** A service that people have signed in to before, to be opened from here: an answer that it has not asked for. */
function tile(service: string, people: readonly DemoPerson[]): string {
  return `<form method="post" action="/portal"><h2>Open ${escaped(service)} from here as</h2>${hidden({ service })}${people.map(personButton).join('')}</form>`;
}

/** Asks who signs in; the request travels along in hidden fields and is read anew with the choice. */
export function choicePage(
  people: readonly DemoPerson[],
  asker: string,
  carried: Readonly<Record<string, string>>,
): string {
  const body = `<h1>${IDP_NAME}</h1><p>${escaped(asker)} asks who you are. Sign in as:</p>
<form method="post" action="/sso/choice">${hidden(carried)}${people.map(personButton).join('')}</form>`;
  return pageLayout({ title: IDP_NAME, body });
}

/** SAML Bindings 3.5: the form that takes the response to the ACS. */
export function responsePage({ acsUrl, form }: PostedResponse): string {
  const body = `<h1>${IDP_NAME}</h1><p>You are signed in. Back to ${escaped(new URL(acsUrl).host)} …</p>
<form method="post" action="${escaped(acsUrl)}">${hidden({ ...form })}<button type="submit">Continue</button></form>`;
  return pageLayout({ title: IDP_NAME, body, script: AUTO_SUBMIT });
}

/** SAML Bindings 3.5: the form that takes a logout message to the service. */
export function logoutFormPage({ url, form }: OutgoingLogout): string {
  const body = `<h1>${IDP_NAME}</h1><p>You are signed out here. Back to ${escaped(new URL(url).host)} …</p>
<form method="post" action="${escaped(url)}">${hidden({ ...form })}<button type="submit">Continue</button></form>`;
  return pageLayout({ title: IDP_NAME, body, script: AUTO_SUBMIT });
}

/** How signing out everywhere went, service by service. */
export function departurePage({ person, told }: Departure): string {
  const all = told.every(({ left }) => left);
  const title = all ? 'Signed out everywhere' : 'Not signed out everywhere';
  const rows = told.map(toldService).join('') || '<li>No application was open.</li>';
  const body = `<h1>${title}</h1><p role="${all ? 'status' : 'alert'}">${escaped(person.nameId)} is signed out of ${IDP_NAME}. It told:</p>
<ul>${rows}</ul><p>An application that keeps a session of its own notices when it asks again.</p><p><a href="/">Back to ${IDP_NAME}</a></p>`;
  return pageLayout({ title: `${title} · ${IDP_NAME}`, body });
}

function toldService({ service, outcome }: ToldService): string {
  return `<li>${escaped(service)}: <strong>${escaped(outcome)}</strong></li>`;
}

/** Something is wrong with what arrived, in words for whoever sets the connection up. */
export function problemPage(message: string): string {
  return pageLayout({ title: IDP_NAME, body: `<h1>${IDP_NAME}</h1><p role="alert">${escaped(message)}</p>` });
}

function hidden(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`)
    .join('');
}

function personButton({ nameId, firstName, about }: DemoPerson): string {
  const who = firstName ?? nameId;
  return `<button name="person" value="${escaped(nameId)}">${escaped(who)}<small>${escaped([nameId, about].filter(Boolean).join(' · '))}</small></button>`;
}
