import { ann, attributes, formats, nameFormats } from './dialect';
import type { Dialect } from './dialect';
import { metadata } from './metadata';

const { email, firstName, lastName } = ann;

/** A response with nothing special about it, which each row bends in one way; every row is an identity provider of its own. */
export function plain(name: string, what: string, bend: Partial<Dialect> = {}): Dialect {
  return {
    name,
    what,
    entityId: `https://${name}.example/entity`,
    ssoUrl: `https://${name}.example/sso`,
    prefixes: ['samlp', 'saml', 'ds'],
    sign: 'assertion',
    nameId: email,
    nameIdFormat: formats.email,
    attributes: attributes(nameFormats.basic, { email, firstName, lastName, groups: ['staff', 'admins'] }),
    window: [1, 5, 5],
    sessionIndex: '_s1',
    sessionEnd: 480,
    metadata: metadata({ prefix: 'md' }),
    expect: { ...ann, groups: ['staff', 'admins'] },
    ...bend,
  };
}
