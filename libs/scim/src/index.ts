export type { Comparison, Filter, Path } from './filter/filter';
export { matches, matchesValue } from './filter/matches';
export { parseAttribute } from './filter/parse-attribute';
export { parseFilter } from './filter/parse-filter';
export { parsePath } from './filter/parse-path';
export type { Json, JsonObject } from './json';
export type { PatchOperation } from './patch/patch-operation';
export {
  ResourceStore,
  type Change,
  type Content,
  type Position,
  type ResourceList,
  type ResourceQuery,
  type StoredResource,
} from './resource-store';
export type { Attribute, AttributeRef, ResourceType, Schema } from './schema/attribute';
export { commonAttributes } from './schema/common-attributes';
export { groupType, userType } from './schema/resource-types';
export { ScimError, type ScimType } from './scim-error';
