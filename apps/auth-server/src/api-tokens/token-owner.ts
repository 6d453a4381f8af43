import {
  Clock,
  freshProofMs,
  Members,
  SsoError,
  type MemberId,
  type Person,
  type TenantId,
} from '@gatehouse/core';
import { Injectable } from '@nestjs/common';
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
    this.requireFresh(view.session.createdAt);
    if (wanted === undefined || wanted === view.member.id) return view;
    throw new SsoError('validation_failed', 'An API token is made by the member who will answer for it.', {
      want: `${view.member.id}, or no memberId`,
      got: wanted,
    });
  }

  // A token outlives the session that makes it: whoever has found a browser open must not leave with one.
  private requireFresh(signedInAt: Date): void {
    if (this.clock.now().getTime() - signedInAt.getTime() <= freshProofMs) return;
    throw new SsoError('proof_stale', 'Sign in again before you make an API token.', {
      want: `a sign-in within the last ${freshProofMs / 60_000} minutes`,
      got: signedInAt,
    });
  }
}

function requireNamed(wanted: MemberId | undefined): MemberId {
  if (wanted !== undefined) return wanted;
  throw new SsoError('validation_failed', 'Say whose the API token is to be.', { want: 'memberId' });
}
