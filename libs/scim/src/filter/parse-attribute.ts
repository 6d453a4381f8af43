import type { AttributeRef, ResourceType } from '../schema/attribute';
import { resolveName } from './resolve-name';
import { Tokens } from './tokens';

/** One name, as in `attributes` and `sortBy`. Throws with `invalidValue`. */
export function parseAttribute(text: string, type: ResourceType): AttributeRef {
  const tokens = new Tokens(text, { what: 'attribute', scimType: 'invalidValue' });
  const of = readName(tokens, type);
  tokens.want('end', 'the end of the name');
  return of;
}

/** The name with which a path begins. */
export function readName(tokens: Tokens, type: ResourceType): AttributeRef {
  const word = tokens.want('word', 'the name of an attribute');
  return resolveName(word.text, type, (problem) => tokens.refuse(problem, word));
}
