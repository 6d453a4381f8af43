export type { Comparison, Filter, Path } from './filter/filter';
export { matches, matchesValue } from './filter/matches';
export { parseAttribute } from './filter/parse-attribute';
export { parseFilter } from './filter/parse-filter';
export { parsePath } from './filter/parse-path';
export { compileFilter } from './filter/sql/compile-filter';
export type { Bind, Columns, SqlColumn, SqlIndexed, SqlRows, SqlSource } from './filter/sql/sql-column';
export type { Json, JsonObject } from './json';
export { activeUnlessSaid } from './content/active-unless-said';
export { readContent } from './content/read-content';
export { parseJson } from './parse-json';
export { applyPatch } from './patch/apply-patch';
export type { PatchOperation } from './patch/patch-operation';
export { memberIds, planMembers, type MemberChange } from './patch/plan-members';
export { readPatch } from './patch/read-patch';
export type { Quirk } from './quirks/quirk';
export { quirks } from './quirks/quirks';
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
export { commonAttributes } from './schema/every-resource';
export { groupType, userType } from './schema/resource-types';
export { ScimError, type ScimType } from './scim-error';
export { errorResponse } from './server/error-response';
export { type ScimLimits, type ScimServerOptions, usualLimits } from './server/scim-options';
export { type ScimRequest, type ScimResponse, scimMediaType } from './server/scim-request';
export { ScimServer } from './server/scim-server';
