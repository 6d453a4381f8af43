import { change, honest, insert, signAssertion } from '../honest';

export const invalid = 'saml_reference_invalid';
export const spoilt = 'saml_structure_invalid';

export const signed = () => signAssertion(honest());
/** SignedInfo is bent before it is signed, so that only the check of its shape stands in the way. */
export const info = (bend: (xml: string) => string) => () => signAssertion(honest(), { signedInfo: bend });
export const part = (name: string, xml: string) =>
  new RegExp(`<ds:${name}[ >].*</ds:${name}>|<ds:${name}[^>]*/>`).exec(xml)?.[0] ?? '';
export const doubled = (name: string) => info((xml) => insert(xml, `<ds:${name}`, part(name, xml)));
export const dropped = (name: string) => info((xml) => change(xml, part(name, xml), ''));
