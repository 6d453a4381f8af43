const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** Seven digits: in the name, the address and the external ID of a person, by which copies are made of the first. */
export function numbered(person: number): string {
  return String(person).padStart(7, '0');
}

export function userNameOf(person: number, domain: string): string {
  return `person-${numbered(person)}@${domain}`;
}

/** A person as the usual clients send one. */
export function benchPerson(person: number, domain: string) {
  const number = numbered(person);
  const address = userNameOf(person, domain);
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise],
    userName: address,
    externalId: `external-${number}`,
    name: { givenName: 'Robin', familyName: `Example ${number}`, formatted: `Robin Example ${number}` },
    displayName: `Robin Example ${number}`,
    emails: [{ value: address, type: 'work', primary: true }],
    phoneNumbers: [{ value: '+49 30 000000', type: 'work' }],
    title: 'Engineer',
    preferredLanguage: 'en',
    active: true,
    [enterprise]: { employeeNumber: number, department: 'Research', costCenter: '4711' },
  };
}
