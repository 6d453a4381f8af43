import { Chance, Clock, KeyRing, type Actor, type Directory, type Happening } from '@gatehouse/core';
import { PostgresGroupResources, PostgresPeopleResources } from '@gatehouse/core-postgres';
import { ScimServer, type ScimError } from '@gatehouse/scim';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { asRefusal } from '../http/problem';
import { stackOf } from '../http/problem.filter';
import { asScimError } from './scim-refusal';

/** Who asks for what of a directory, and under which name the log finds it. */
export interface ScimCall {
  readonly directory: Directory;
  readonly actor: Actor;
  readonly baseUrl: string;
  readonly reference: string;
  /** Where it is given, nothing stays written, and this hears what would have happened. */
  readonly rehearsal?: (happenings: readonly Happening[]) => void;
}

/** The protocol, wired to the people and groups of one directory. */
@Injectable()
export class ScimServers {
  private readonly logger = new Logger('scim');

  constructor(
    private readonly database: DataSource,
    private readonly keyRing: KeyRing,
    private readonly chance: Chance,
    private readonly clock: Clock,
  ) {}

  of({ directory, actor, baseUrl, reference, rehearsal }: ScimCall): ScimServer {
    const { database, keyRing, chance, clock } = this;
    const ports = { database, keyRing, chance, clock };
    const scope = { directory, actor, ...(rehearsal && { rehearsal }) };
    return new ScimServer({
      users: new PostgresPeopleResources(ports, scope),
      groups: new PostgresGroupResources(ports, scope),
      baseUrl,
      now: () => clock.now(),
      fault: (error) => this.tell(error, reference),
    });
  }

  private tell(error: unknown, reference: string): ScimError {
    const refusal = asRefusal(error);
    if (refusal.code === 'internal') this.logger.error(`${reference} ${stackOf(refusal.cause ?? refusal)}`);
    return asScimError(refusal);
  }
}
