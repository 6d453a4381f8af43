import { Clock, Members, SsoError, type MemberId, type Person, type TenantId } from '@gatehouse/core';
import { Injectable } from '@nestjs/common';
import { requireFreshSignIn } from '../callers/require-fresh-sign-in';
import { sessionOf, type Caller } from '../http/caller';

/** Whose a new token is: of whoever sits at the browser, or of the member that the operator names. */
@Injectable()
export class TokenOwner {
  constructor(
    private readonly members: Members,
    private readonly clock: Clock,
  ) {}

  /** Throws `proof_stale`, `validation_failed` or `not_found`. */
  async find(caller: Caller, tenant: TenantId, wanted: MemberId | undefined): Promise<Person> {
    const view = sessionOf(caller);
    if (!view) return this.members.get(tenant, requireNamed(wanted));
    requireFreshSignIn(caller, this.clock.now(), 'you make an API token');
    if (wanted === undefined || wanted === view.member.id) return view;
    throw new SsoError('validation_failed', 'An API token is made by the member who will answer for it.', {
      want: `${view.member.id}, or no memberId`,
      got: wanted,
    });
  }
}

function requireNamed(wanted: MemberId | undefined): MemberId {
  if (wanted !== undefined) return wanted;
  throw new SsoError('validation_failed', 'Say whose the API token is to be.', { want: 'memberId' });
}
