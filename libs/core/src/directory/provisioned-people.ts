import type { DirectoryId, TenantId } from '../shared/ids';
import type { ProvisionedPerson, QuarantineReason, Standing } from './provisioned-person';

/** Whom somebody looks for among the people of a directory; what is not named does not matter. */
export interface PeopleSearch {
  readonly standing?: Standing | undefined;
  readonly quarantinedFor?: QuarantineReason | undefined;
}

/** The people of a directory as the IT admin sees them: with what they are to the tenant, and why somebody is not let in. */
export abstract class ProvisionedPeople {
  /** In order of their IDs, which is by time of creation. */
  abstract list(
    tenantId: TenantId,
    directoryId: DirectoryId,
    search: PeopleSearch,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<ProvisionedPerson[]>;
}
