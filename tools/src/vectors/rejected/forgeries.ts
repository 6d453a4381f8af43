import {
  assertionIn,
  change,
  forged,
  honest,
  insert,
  signAssertion,
  signResponse,
  signatureIn,
  without,
} from '../honest';

export const several = 'saml_multiple_assertions';
export const misplaced = 'saml_structure_invalid';
export const signed = () => signAssertion(honest());
export const signedWhole = () => signResponse(honest());
export const bareAssertion = (xml: string) => without(assertionIn(xml), signatureIn(xml));
export const swap = (xml: string, text: string) => change(xml, assertionIn(xml), text);
/** A forged assertion where the honest one stood; it carries no signature. */
export const forgedBare = () => forged(bareAssertion(signed()));
/** The same with the honest signature in it, which still points at the honest assertion. */
export const forgedWithSignature = (bend: (signature: string) => string = (signature) => signature) =>
  forged(assertionIn(signed())).replace(signatureIn(signed()), bend);
export const extended = (xml: string, content: string) =>
  insert(xml, '<samlp:Status>', `<samlp:Extensions>${content}</samlp:Extensions>`);
