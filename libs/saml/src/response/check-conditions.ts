import { SsoError } from '@gatehouse/core';
import type { Expectations } from './expectations';
import { namespaces } from '../names';
import { refuseBefore, refuseFrom } from './validity-window';
import { childNamed, childrenNamed, valueOf } from '../xml/xml-element';
import type { XmlElement } from '../xml/xml-element';

const { assertion: saml } = namespaces;
const known = ['AudienceRestriction', 'OneTimeUse', 'ProxyRestriction'];

/** SAML Core 2.5.1: every condition must be understood and hold. Answers with the end of validity, if one is given. */
export function checkConditions(assertion: XmlElement, expected: Expectations): Date | undefined {
  const conditions = childNamed(assertion, saml, 'Conditions');
  if (!conditions) throw notForUs(expected, 'no Conditions');
  refuseUnknown(conditions);
  expected.checks.run('audience', () => checkAudience(conditions, expected));
  return expected.checks.run('conditions-window', () => checkWindow(conditions, expected));
}

function checkWindow({ attributes }: XmlElement, expected: Expectations): Date | undefined {
  refuseBefore(attributes.get('NotBefore'), 'NotBefore of the conditions', expected);
  return refuseFrom(attributes.get('NotOnOrAfter'), 'NotOnOrAfter of the conditions', expected);
}

function refuseUnknown(conditions: XmlElement): void {
  const unknown = conditions.children.find(
    ({ namespace, name }) => namespace !== saml || !known.includes(name),
  );
  if (!unknown) return;
  const message = 'The assertion carries a condition that is not understood, so it must not be relied on.';
  throw new SsoError('saml_condition_unknown', message, { want: known, got: unknown.name });
}

// SAML Core 2.5.1.4: audiences within one restriction are alternatives, several restrictions must each name us.
function checkAudience(conditions: XmlElement, expected: Expectations): void {
  const restrictions = childrenNamed(conditions, saml, 'AudienceRestriction');
  if (restrictions.length === 0) throw notForUs(expected, 'no AudienceRestriction');
  for (const restriction of restrictions) {
    const audiences = childrenNamed(restriction, saml, 'Audience').map(valueOf);
    if (!audiences.some((audience) => expected.serviceProvider.audiences.includes(audience)))
      throw notForUs(expected, audiences.slice(0, 10));
  }
}

function notForUs({ serviceProvider }: Expectations, got: unknown): SsoError {
  const message = 'The audience set at the identity provider differs from our entity ID: copy it again.';
  return new SsoError('saml_audience_mismatch', message, { want: serviceProvider.entityId, got });
}
