import { entityTag, listedVersions, wantedVersion } from './entity-tag';
import type { Projection } from './projection';
import { locationOf, renderResource } from './render-resource';
import { projectionOf, readBody } from './request-parts';
import { answer, type ScimRequest, type ScimResponse } from './scim-request';
import type { Content, ResourceStore, StoredResource } from '../resource-store';
import { activeUnlessSaid } from '../content/active-unless-said';
import { readContent } from '../content/read-content';
import { readPatch } from '../patch/read-patch';
import type { ResourceType } from '../schema/attribute';
import { ScimError } from '../scim-error';

/** What can be done with the resources of one type, one by one (RFC 7644 3.3 to 3.6). */
export class ResourceEndpoint {
  constructor(
    readonly type: ResourceType,
    readonly store: ResourceStore,
    private readonly baseUrl: string,
  ) {}

  async create(request: ScimRequest): Promise<ScimResponse> {
    const projection = projectionOf(request, this.type);
    const content = this.contentOf(request);
    const wanted = this.type.name === 'User' ? activeUnlessSaid(content, true) : content;
    const stored = await this.store.create(wanted);
    return this.answerWith(201, stored, projection);
  }

  async get(request: ScimRequest, id: string): Promise<ScimResponse> {
    const projection = projectionOf(request, this.type);
    const stored = await this.find(id, projection.wants);
    const seen = request.headers['if-none-match'];
    if (seen !== undefined && isSeen(seen, stored.version)) {
      return { status: 304, headers: this.headersOf(stored) };
    }
    return this.answerWith(200, stored, projection);
  }

  async replace(request: ScimRequest, id: string): Promise<ScimResponse> {
    const projection = projectionOf(request, this.type);
    const content = this.contentOf(request);
    const wanted = await this.wanted(request, id);
    const stored = await this.store.change(id, { kind: 'replace', content }, wanted);
    return this.answerWith(200, stored ?? (await this.find(id, projection.wants)), projection);
  }

  /** RFC 7644 3.5.2: nothing but "done" about a group, whose members may be thousands, unless the client asks for attributes. */
  async patch(request: ScimRequest, id: string): Promise<ScimResponse> {
    const projection = projectionOf(request, this.type);
    const operations = readPatch(readBody(request), this.type);
    const wanted = await this.wanted(request, id);
    const stored = await this.store.change(id, { kind: 'patch', operations }, wanted);
    if (projection.named || (stored !== undefined && this.type.name !== 'Group')) {
      return this.answerWith(200, stored ?? (await this.find(id, projection.wants)), projection);
    }
    return { status: 204, headers: stored === undefined ? {} : this.headersOf(stored) };
  }

  async remove(request: ScimRequest, id: string): Promise<ScimResponse> {
    await this.store.remove(id, await this.wanted(request, id));
    return { status: 204, headers: {} };
  }

  private contentOf(request: ScimRequest): Content {
    return readContent(readBody(request), this.type);
  }

  private async find(id: string, wants: (attribute: string) => boolean): Promise<StoredResource> {
    const stored = await this.store.find(id, wants);
    if (stored !== undefined) return stored;
    throw new ScimError(404, `There is no ${this.type.name} with the id ${JSON.stringify(id)}.`);
  }

  private wanted(request: ScimRequest, id: string): Promise<number | undefined> {
    const current = async () => (await this.find(id, () => false)).version;
    return wantedVersion(request.headers['if-match'], current);
  }

  private answerWith(status: number, stored: StoredResource, projection: Projection): ScimResponse {
    const body = renderResource(stored, this.type, this.baseUrl, projection);
    return answer(status, body, this.headersOf(stored));
  }

  private headersOf(stored: StoredResource): { readonly [name: string]: string } {
    return { location: locationOf(this.baseUrl, this.type, stored.id), etag: entityTag(stored.version) };
  }
}

function isSeen(ifNoneMatch: string, version: number): boolean {
  const versions = listedVersions(ifNoneMatch);
  return versions === '*' || versions.includes(version);
}
