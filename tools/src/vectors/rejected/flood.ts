import { honest, insert, signAssertion } from '../honest';
import type { Repeat } from '../vector';

export const place = '@@';
export const large = 'saml_too_large';
/** In Extensions of an unsigned response, so that the signed assertion in it still holds. */
export const extended = (content: string) => () =>
  insert(signAssertion(honest()), '<samlp:Status>', `<samlp:Extensions>${content}</samlp:Extensions>`);
export const many = (times: number, text: string): readonly Repeat[] => [{ place, times, text }];
