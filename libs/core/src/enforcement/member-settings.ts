import type { Actor, Happening } from '../audit/happening';
import type { Exemption, Member, MemberSso, Person } from '../members/member';
import type { Clock } from '../shared/clock';
import type { MemberId, TenantId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import type { MemberSettingStore, SettingOutcome } from './member-setting-store';
import type { RefusedSessions } from './refused-sessions';
import { refusePeopleStep } from './step-up';

/** Whose own setting changes: everybody's, or that of the members listed. */
export type ListedMembers = 'all' | readonly MemberId[];

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

  /** Throws `not_found`, `sso_off` and, for `sso`, `owner_keeps_a_way_in`. */
  async setSso(tenantId: TenantId, id: MemberId, sso: MemberSso, actor: Actor): Promise<SettingsChanged> {
    const outcome = await this.write(tenantId, [id], sso, ({ before }) => {
      const what = { type: 'member.sign_in_changed', subject: id } as const;
      return { ...what, ...this.of(tenantId, actor), before: { sso: one(before) }, after: { sso } };
    });
    if (outcome.owners.members > 0) throw ownerKeepsAWayIn(id);
    return this.felt(tenantId, outcome, actor);
  }

  /** Owners are left out of `sso` and named. Throws `not_found` where one of the list is no member, and `sso_off`. */
  async setSsoOf(
    tenantId: TenantId,
    listed: ListedMembers,
    sso: MemberSso,
    actor: Actor,
  ): Promise<SettingsChanged> {
    const outcome = await this.write(tenantId, listed, sso, ({ before, changed, owners }) => {
      const what = { type: 'members.sign_in_changed', subject: tenantId } as const;
      const data = { listed, changed, owners: owners.members };
      return { ...what, ...this.of(tenantId, actor), before, after: { sso }, data };
    });
    return this.felt(tenantId, outcome, actor);
  }

  /** Throws `validation_failed` where the reason is empty or too long, or the end is past. */
  async exempt(tenantId: TenantId, id: MemberId, wanted: Exemption, actor: Actor): Promise<Person> {
    const exemption = parseExemption(wanted, this.clock.now());
    return this.setExemption(tenantId, id, exemption, 'member.exempted', actor);
  }

  endExemption(tenantId: TenantId, id: MemberId, actor: Actor): Promise<Person> {
    return this.setExemption(tenantId, id, undefined, 'member.exemption_ended', actor);
  }

  private async setExemption(
    tenantId: TenantId,
    id: MemberId,
    exemption: Exemption | undefined,
    type: 'member.exempted' | 'member.exemption_ended',
    actor: Actor,
  ): Promise<Person> {
    const person = await this.store.setExemption(
      tenantId,
      id,
      exemption,
      ({ exemption: before }: Member) => ({
        ...{ type, subject: id, ...this.of(tenantId, actor) },
        ...(before && { before }),
        ...(exemption && { after: exemption }),
      }),
    );
    if (!person) throw new SsoError('not_found', 'This tenant has no such member.', { got: id });
    await this.sessions.endIn(tenantId, actor);
    return person;
  }

  private async write(
    tenantId: TenantId,
    listed: ListedMembers,
    sso: MemberSso,
    because: (outcome: SettingOutcome) => Happening,
  ): Promise<SettingOutcome> {
    const outcome = await this.store.setSso(
      tenantId,
      listed,
      sso,
      (tenant) => (sso === 'sso' ? refusePeopleStep(tenant) : undefined),
      because,
    );
    if ('absent' in outcome)
      throw new SsoError('not_found', 'Nothing was changed: these are no members of this tenant.', {
        want: 'IDs of members',
        got: outcome.absent.slice(0, 20),
      });
    return outcome;
  }

  private async felt(tenantId: TenantId, outcome: SettingOutcome, actor: Actor): Promise<SettingsChanged> {
    return { ...outcome, sessionsEnded: await this.sessions.endIn(tenantId, actor) };
  }

  private of(tenantId: TenantId, actor: Actor) {
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

function ownerKeepsAWayIn(id: MemberId): SsoError {
  return new SsoError(
    'owner_keeps_a_way_in',
    'An owner keeps a way in without single sign-on, so that an outage locks nobody out. Change the role first.',
    { want: 'a member who is no owner', got: id },
  );
}
