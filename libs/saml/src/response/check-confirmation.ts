import { refuseUnsolicited, SsoError } from '@gatehouse/core';
import type { Expectations } from './expectations';
import { namespaces } from '../names';
import type { SignedParts } from './read-signed-parts';
import { refuseFrom } from './validity-window';
import { childNamed, childrenNamed } from '../xml/xml-element';
import type { XmlElement } from '../xml/xml-element';
import { readXsDateTime } from '../xml/xs-date-time';

const { assertion: saml } = namespaces;
const bearer = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';

export interface Confirmation {
  /** Absent where nobody here asked. */
  readonly inResponseTo?: string;
  /** Of every bearer confirmation: another one may still hold when this one no longer does. */
  readonly ends: readonly Date[];
}

type Answered = Pick<Confirmation, 'inResponseTo'>;

/** SAML Profiles 4.1.4.3: of the bearer confirmations at least one must hold; the first one's fault is told. */
export function checkConfirmation(
  { response, assertion }: SignedParts,
  expected: Expectations,
): Confirmation {
  const subject = childNamed(assertion, saml, 'Subject');
  const all = subject ? childrenNamed(subject, saml, 'SubjectConfirmation') : [];
  const bearers = all.filter(({ attributes }) => attributes.get('Method') === bearer);
  const faults: SsoError[] = [];
  for (const one of bearers) {
    const outcome = tryBearer(one, response, expected);
    if (!(outcome instanceof SsoError)) return { ...outcome, ends: bearers.flatMap(endOf) };
    faults.push(outcome);
  }
  throw faults[0] ?? missing(all.map(({ attributes }) => attributes.get('Method')));
}

function tryBearer(
  confirmation: XmlElement,
  response: XmlElement,
  expected: Expectations,
): Answered | SsoError {
  try {
    return checkBearer(confirmation, response, expected);
  } catch (error) {
    if (error instanceof SsoError) return error;
    throw error;
  }
}

function checkBearer(confirmation: XmlElement, response: XmlElement, expected: Expectations): Answered {
  const data = dataOf(confirmation);
  if (!data) throw missing('no SubjectConfirmationData');
  if (data.has('NotBefore')) throw missing('a NotBefore, which a bearer confirmation must not have');
  const { checks } = expected;
  checks.run('recipient', () => checkRecipient(data.get('Recipient'), expected));
  checks.run('confirmation-window', () => checkEnd(data.get('NotOnOrAfter'), expected));
  const [confirmed, responded] = [data.get('InResponseTo'), response.attributes.get('InResponseTo')];
  const inResponseTo = checks.run('in-response-to', () => checkInResponseTo(confirmed, responded, expected));
  return inResponseTo === undefined ? {} : { inResponseTo };
}

function dataOf(confirmation: XmlElement): XmlElement['attributes'] | undefined {
  return childNamed(confirmation, saml, 'SubjectConfirmationData')?.attributes;
}

function endOf(confirmation: XmlElement): readonly Date[] {
  const end = readXsDateTime(dataOf(confirmation)?.get('NotOnOrAfter') ?? '');
  return end ? [end] : [];
}

function checkRecipient(got: string | undefined, { serviceProvider }: Expectations): void {
  if (got === serviceProvider.acsUrl || got === serviceProvider.acsUrlByQuery) return;
  const message = 'The recipient is not our ACS URL: copy it into the identity provider again.';
  const details = { want: serviceProvider.acsUrl, got: got ?? 'none' };
  throw new SsoError('saml_recipient_mismatch', message, details);
}

function checkEnd(text: string | undefined, expected: Expectations): void {
  refuseFrom(text ?? 'none', 'NotOnOrAfter of the subject confirmation', expected);
}

// SAML Core 3.2.2: an answer to a request names it in the message and in what is signed; both must say the same.
// SAML Profiles 4.1.5: an unsolicited answer has neither attribute; an empty one is no absent one.
function checkInResponseTo(
  confirmed: string | undefined,
  responded: string | undefined,
  { settings }: Expectations,
): string | undefined {
  if (confirmed === undefined && responded === undefined) refuseUnsolicited({ settings });
  if (confirmed === responded && confirmed !== '') return confirmed;
  const message =
    'The response does not answer one request, in the message and in what is signed alike: start again here.';
  const details = { want: responded ?? 'no InResponseTo', got: confirmed ?? 'no InResponseTo' };
  throw new SsoError('saml_in_response_to_unknown', message, details);
}

function missing(got: unknown): SsoError {
  const message = 'The assertion has no bearer confirmation that fits the web browser profile.';
  return new SsoError('saml_confirmation_missing', message, { want: bearer, got });
}
