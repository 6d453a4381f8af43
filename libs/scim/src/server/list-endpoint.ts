import { readCursor, writeCursor, type Bookmark, type CursorQuestion } from './cursor';
import { foldResourceType } from './fold-resource-type';
import { listByCursor, listByIndex, type Listed, type Part, type Shared } from './list-parts';
import type { ListRequest } from './list-request';
import { Projection } from './projection';
import { refuseAddresses } from './refuse-addresses';
import { renderResource } from './render-resource';
import type { ScimLimits } from './scim-options';
import { answer, type ScimResponse } from './scim-request';
import { sortAttribute } from './sort-attribute';
import { parseFilter } from '../filter/parse-filter';
import type { JsonObject } from '../json';
import type { ResourceStore } from '../resource-store';
import type { ResourceType } from '../schema/attribute';

export const listResponseSchema = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

export interface ListSettings {
  readonly endpoint: string;
  /** The type whose names a filter, a sort key and a choice of attributes may use. */
  readonly vocabulary: ResourceType;
  readonly parts: readonly { readonly type: ResourceType; readonly store: ResourceStore }[];
  readonly baseUrl: string;
  readonly limits: ScimLimits;
  readonly now: () => Date;
}

const atTheStart: Bookmark = { part: 0, position: undefined };

/** RFC 7644 3.4.2 and 3.4.3, and RFC 9865: pages of the resources of one type, or of several, one after the other. */
export class ListEndpoint {
  constructor(private readonly settings: ListSettings) {}

  async list(request: ListRequest): Promise<ScimResponse> {
    const { vocabulary, limits } = this.settings;
    const projection = Projection.of(vocabulary, request.attributes, request.excludedAttributes);
    const by = request.sortBy === undefined ? undefined : sortAttribute(request.sortBy, vocabulary);
    const shared: Shared = {
      wants: projection.wants,
      ...(by === undefined ? {} : { sort: { by, descending: request.descending } }),
    };
    const count = Math.min(request.count ?? limits.pageSize, limits.largestPage);
    const paged = await this.page(request, shared, count);
    const resources = paged.listed.found.map(({ type, stored }) =>
      renderResource(stored, type, this.settings.baseUrl, projection),
    );
    return answer(200, {
      schemas: [listResponseSchema],
      totalResults: paged.listed.total,
      itemsPerPage: resources.length,
      ...paged.place,
      Resources: resources,
    });
  }

  private async page(
    request: ListRequest,
    shared: Shared,
    count: number,
  ): Promise<{ readonly listed: Listed; readonly place: JsonObject }> {
    const parts = this.partsFor(request);
    if (request.cursor === undefined) {
      const listed = await listByIndex(parts, shared, request.startIndex, count);
      return { listed, place: { startIndex: request.startIndex } };
    }
    const from = this.bookmark(request.cursor, request, shared);
    const listed = await listByCursor(parts, shared, from, count);
    return { listed, place: count === 0 ? {} : this.nextCursor(listed, request) };
  }

  private partsFor({ filter: text }: ListRequest): readonly Part[] {
    const { parts, vocabulary } = this.settings;
    const filter = text === undefined ? undefined : parseFilter(text, vocabulary);
    if (filter !== undefined) refuseAddresses(filter);
    return parts.map((part) => ({
      ...part,
      filter: filter === undefined ? true : foldResourceType(filter, part.type.name),
    }));
  }

  private bookmark(cursor: string, request: ListRequest, shared: Shared): Bookmark {
    if (cursor === '') return atTheStart;
    const sortedBy = shared.sort?.by.sub ?? shared.sort?.by.attribute;
    return readCursor(cursor, this.question(request), sortedBy, this.settings.now());
  }

  private nextCursor({ next }: Listed, request: ListRequest): JsonObject {
    if (next === undefined) return {};
    const { now, limits } = this.settings;
    const expiresAt = new Date(now().getTime() + limits.cursorSeconds * 1000);
    return { nextCursor: writeCursor(next, this.question(request), expiresAt) };
  }

  private question({ filter, sortBy, descending }: ListRequest): CursorQuestion {
    return { endpoint: this.settings.endpoint, filter, sortBy, descending };
  }
}
