import { SsoError, type Directory, type DirectoryRequest, type Happening } from '@gatehouse/core';
import type { ScimResponse } from '@gatehouse/scim';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../config';
import { directoryAddress } from '../directories/present-directory';
import { CONFIG } from '../http/config.token';
import { ScimServers } from './scim-servers';

/** What a request would do now: what its client would be told, and everything that would have happened. */
export interface Rehearsal {
  readonly answer: ScimResponse;
  readonly happenings: readonly Happening[];
}

/** Tries one request of the log again, as it came, and takes everything back (SCM-7). */
@Injectable()
export class RehearseRequest {
  constructor(
    private readonly servers: ScimServers,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** A directory that is paused is asked as well: that is what one wants to know before it goes on. Throws `conflict`. */
  async run(directory: Directory, request: DirectoryRequest, reference: string): Promise<Rehearsal> {
    refuseUnrepeatable(request);
    const happenings: Happening[] = [];
    const server = this.servers.of({
      directory,
      reference,
      actor: { kind: 'directory', id: directory.id, ...(request.tokenId && { token: request.tokenId }) },
      baseUrl: directoryAddress(this.config.publicUrl, directory.id),
      rehearsal: (more) => happenings.push(...more),
    });
    const [path = '/', ...query] = request.path.split('?');
    const { method, body, ifMatch } = request;
    const headers = { 'content-type': 'application/scim+json', 'if-match': ifMatch };
    const asked = { method, path, headers, body, ...(query.length > 0 && { query: query.join('?') }) };
    return { answer: await server.handle(asked), happenings };
  }
}

function refuseUnrepeatable({ bodyCut, path }: DirectoryRequest): void {
  if (bodyCut)
    throw new SsoError('conflict', 'This request was longer than is kept, so it cannot be tried again.', {
      want: 'a request whose body is here whole',
    });
  // Each would be tried on what is there now, and not on what the ones before it left.
  if (/^\/+Bulk\b/i.test(path))
    throw new SsoError('conflict', 'A bulk request cannot be tried: its operations build on one another.');
}
