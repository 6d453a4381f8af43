import type { Happening, HappeningType } from '../audit/happening';
import type { MailMessage } from '../mail/mail-message';
import { txtRecord } from './dns-txt';
import type { Domain } from './domain';
import type { CheckedDomain, DomainOwners, ToldOfDomain } from './domain-check-store';
import { lapsesAt, type LifeEvent } from './domain-life';

const types: Readonly<Partial<Record<LifeEvent, HappeningType>>> = {
  missed: 'domain.proof_missed',
  lapsed: 'domain.lapsed',
  recovered: 'domain.recovered',
};

/** What a look means to the audit log and to the owners. */
export function toldOf(checked: CheckedDomain, event: LifeEvent | undefined, now: Date): ToldOfDomain {
  const { domain } = checked.claimed;
  const type = event && types[event];
  const { outcome, code, by } = checked.check;
  const data = { name: domain.name, by, outcome, code };
  const because = [
    ...(type ? [{ ...systemDid(type, domain, now), data }] : []),
    ...(checked.renewed ? [systemDid('domain.token_renewed', domain, now)] : []),
  ];
  return event ? { because, letter: (owners) => letterOf(event, checked, owners, now) } : { because };
}

/** That somebody else has proved a name which had lapsed here. */
export function releasedBecause(domain: Domain, now: Date): Happening {
  return { ...systemDid('domain.released', domain, now), data: { name: domain.name } };
}

function systemDid(type: HappeningType, { tenantId, id }: Domain, at: Date): Happening {
  return { type, tenantId, at, actor: { kind: 'system' }, subject: id };
}

// A TXT record is asked for whichever way it was proved: it is found by either, and needs no site.
function letterOf(
  event: LifeEvent,
  { claimed: { domain }, life: { missing } }: CheckedDomain,
  { organisation, members, linked }: DomainOwners,
  now: Date,
): MailMessage {
  const named = { organisation, domain: domain.name };
  if (event === 'recovered') return { kind: 'domain-recovered', ...named };
  const { name, value } = txtRecord(domain.name, domain.token);
  const asked = { ...named, record: { name, value }, members, unlinked: members - linked };
  if (event === 'lapsed') return { kind: 'domain-lapsed', ...asked };
  const since = missing?.since ?? now;
  return { kind: 'domain-missing', ...asked, since, lapsesAt: (missing && lapsesAt(missing)) ?? now };
}
