import type { AttributeRef, ResourceType } from '../schema/attribute';
import type { Path } from './filter';
import { readName } from './parse-attribute';
import { readValueFilter } from './parse-filter';
import { resolvePart } from './resolve-name';
import { Tokens } from './tokens';

/** RFC 7644 3.5.2: `name.familyName`, `emails[type eq "work"]` or `emails[type eq "work"].value`. Throws with `invalidPath`. */
export function parsePath(text: string, type: ResourceType): Path {
  const tokens = new Tokens(text, { what: 'path', scimType: 'invalidPath' });
  const of = readName(tokens, type);
  const path = tokens.isAt('[') ? readValuePath(tokens, of) : { of };
  tokens.want('end', 'the end of the path');
  return path;
}

function readValuePath(tokens: Tokens, of: AttributeRef): Path {
  if (of.sub || !(of.attribute.multiValued || of.undescribed))
    tokens.refuse(`“${of.attribute.name}” has no values to choose from`);
  const filter = readValueFilter(tokens, of);
  if (!tokens.isAt('word')) return { of, filter };
  const word = tokens.take();
  if (!word.text.startsWith('.')) tokens.refuse('wanted “.” and the name of a part, or the end', word);
  return { of: resolvePart(of, word.text.slice(1), (problem) => tokens.refuse(problem, word)), filter };
}
