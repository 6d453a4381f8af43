import type { Happening } from '../audit/happening';
import { mayGrant, requireGrant, type Authority } from '../members/authority';
import type { Exemption, MemberSso, Person } from '../members/member';
import type { Clock } from '../shared/clock';
import type { MemberId, TenantId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import type { Tenant } from '../tenants/tenant';
import type { ListedMembers, MemberSettingStore, SettingOutcome } from './member-setting-store';
import type { RefusedSessions } from './refused-sessions';
import { refusePeopleStep } from './step-up';

/** A bulk change as it came out. */
export interface SettingsChanged extends SettingOutcome {
  readonly sessionsEnded: number;
}

const longestReason = 500;

/** How single members sign in, against the policy of their tenant (ENF-5, ENF-6). */
export class MemberSettings {
  constructor(
    private readonly store: MemberSettingStore,
    private readonly sessions: RefusedSessions,
    private readonly clock: Clock,
  ) {}

  /** Throws `not_found`, `sso_off`, for `sso` `owner_keeps_a_way_in`, and `role_not_grantable` for another's owner. */
  async setSso(tenantId: TenantId, id: MemberId, sso: MemberSso, by: Authority): Promise<SettingsChanged> {
    const outcome = await this.write(tenantId, [id], sso, by, ({ before }) => {
      const what = { type: 'member.sign_in_changed', subject: id } as const;
      return { ...what, ...this.of(tenantId, by), before: { sso: one(before) }, after: { sso } };
    });
    if (outcome.owners.members > 0) refuseOwner(id, sso, by);
    return { ...outcome, sessionsEnded: await this.sessions.endIn(tenantId, by.actor, id) };
  }

  /**
   * Owners are left out of `sso`, and of what no owner asks for, and named. Throws `not_found` where one of the list is no
   * member, and `sso_off`.
   */
  async setSsoOf(
    tenantId: TenantId,
    listed: ListedMembers,
    sso: MemberSso,
    by: Authority,
  ): Promise<SettingsChanged> {
    const outcome = await this.write(tenantId, listed, sso, by, ({ before, changed, owners }) => {
      const what = { type: 'members.sign_in_changed', subject: tenantId } as const;
      const data = { listed, changed, owners: owners.members };
      return { ...what, ...this.of(tenantId, by), before, after: { sso }, data };
    });
    return { ...outcome, sessionsEnded: await this.sessions.endIn(tenantId, by.actor) };
  }

  /** Throws `validation_failed` where the reason is empty or too long, or the end is past; `not_found`, `role_not_grantable`. */
  exempt(tenantId: TenantId, id: MemberId, wanted: Exemption, by: Authority): Promise<Person> {
    const exemption = parseExemption(wanted, this.clock.now());
    return this.setExemption(tenantId, id, exemption, 'member.exempted', by);
  }

  endExemption(tenantId: TenantId, id: MemberId, by: Authority): Promise<Person> {
    return this.setExemption(tenantId, id, undefined, 'member.exemption_ended', by);
  }

  private async setExemption(
    tenantId: TenantId,
    id: MemberId,
    exemption: Exemption | undefined,
    type: 'member.exempted' | 'member.exemption_ended',
    by: Authority,
  ): Promise<Person> {
    const person = await this.store.setExemption(tenantId, id, exemption, ({ role, exemption: before }) => {
      requireGrant(by, role);
      const what = { type, subject: id, ...this.of(tenantId, by) };
      return { ...what, ...(before && { before }), ...(exemption && { after: exemption }) };
    });
    if (!person) throw new SsoError('not_found', 'This tenant has no such member.', { got: id });
    await this.sessions.endIn(tenantId, by.actor, id);
    return person;
  }

  private async write(
    tenantId: TenantId,
    listed: ListedMembers,
    sso: MemberSso,
    by: Authority,
    because: (outcome: SettingOutcome) => Happening,
  ): Promise<SettingOutcome> {
    const wanted = { listed, sso, butOwners: sso === 'sso' || !mayGrant(by.role, 'owner') };
    const permit = (tenant: Tenant) => (sso === 'sso' ? refusePeopleStep(tenant) : undefined);
    const outcome = await this.store.setSso(tenantId, wanted, permit, because);
    if ('absent' in outcome)
      throw new SsoError('not_found', 'Nothing was changed: these are no members of this tenant.', {
        want: 'IDs of members',
        got: outcome.absent.slice(0, 20),
      });
    return outcome;
  }

  private of(tenantId: TenantId, { actor }: Authority) {
    return { tenantId, at: this.clock.now(), actor };
  }
}

function one(before: SettingOutcome['before']): MemberSso | undefined {
  const [sso] = (['inherit', 'sso', 'password'] as const).filter((each) => before[each] > 0);
  return sso;
}

export function parseExemption({ reason: typed, until }: Exemption, now: Date): Exemption {
  const reason = typed.trim();
  if (reason.length < 1 || reason.length > longestReason)
    throw new SsoError('validation_failed', `Give a reason of 1 to ${longestReason} characters.`, {
      got: reason.length,
    });
  if (until && until <= now)
    throw new SsoError('validation_failed', 'The end of an exemption must lie in the future.', {
      want: `after ${now.toISOString()}`,
      got: until.toISOString(),
    });
  return { reason, ...(until && { until }) };
}

/** Throws: an owner was left as it is. */
function refuseOwner(id: MemberId, sso: MemberSso, by: Authority): void {
  if (sso !== 'sso') requireGrant(by, 'owner');
  throw new SsoError(
    'owner_keeps_a_way_in',
    'An owner keeps a way in without single sign-on, so that an outage locks nobody out. Change the role first.',
    { want: 'a member who is no owner', got: id },
  );
}
