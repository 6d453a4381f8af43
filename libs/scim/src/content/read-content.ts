import { emptyObject, isJsonObject, kindOf, type Json } from '../json';
import { applyPatch } from '../patch/apply-patch';
import { readObject } from '../patch/read-operation';
import type { Content } from '../resource-store';
import type { ResourceType } from '../schema/attribute';
import { ScimError } from '../scim-error';
import { refuseIncomplete, refuseManyAttributes } from './refuse-unfit';

/**
 * The body of a POST or PUT as a resource: what it says is added to nothing, by the rules of a patch, so that a change means the
 * same in either. What clients cannot write is ignored (RFC 7644 3.3), and so is what no schema of core names.
 */
export function readContent(body: Json, type: ResourceType): Content {
  if (!isJsonObject(body))
    throw new ScimError(400, `A ${type.name} is an object. What came is ${kindOf(body)}.`, 'invalidSyntax');
  refuseManyAttributes(body, `A ${type.name}`);
  const content = applyPatch(emptyObject(), readObject('add', body, type), type);
  refuseIncomplete(content, type);
  return content;
}
