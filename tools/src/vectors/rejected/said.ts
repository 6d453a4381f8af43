import type { ResponseChanges } from '../../saml-idp';
import { change, honest, signAssertion, signResponse } from '../honest';

/** Bent before the provider signs: everything but the one field is as it must be. */
export const said = (changes: ResponseChanges) => () => signAssertion(honest(changes));
export const written = (old: string | RegExp, text: string) => () =>
  signAssertion(change(honest(), old, text));
export const wholeWritten = (old: string | RegExp, text: string) => () =>
  signResponse(change(honest(), old, text));
