import type { Happening, HappeningType, ProvisionedProfile, Standing } from '@gatehouse/core';
import { because, type PersonChange, type Settled } from './settlement';

/** The write itself as one fact, the most telling that it is; and that somebody is kept and not let in as another. */
export function describeWrite(change: PersonChange, settled: Settled): Happening[] {
  const { id: subject, before, after: profile } = change;
  const after = { ...summary(profile, settled.standing), quarantinedFor: settled.quarantinedFor };
  const facts = typesOf(change, settled).map((type) => ({ type, subject, after }));
  return facts.map((fact) =>
    because(change, before ? { ...fact, before: summary(before, before.standing) } : fact),
  );
}

function typesOf({ before, waited, ...change }: PersonChange, settled: Settled): HappeningType[] {
  const quarantined = settled.quarantinedFor && settled.quarantinedFor !== before?.quarantinedFor;
  const released = before?.standing === 'quarantined' && settled.standing === 'admitted';
  return [
    ...(waited ? [] : [writeOf(change, before, released)]),
    ...(waited && released ? (['provisioned_person.admitted'] as const) : []),
    ...(quarantined ? (['provisioned_person.quarantined'] as const) : []),
  ];
}

function writeOf(
  { after, deleted }: Pick<PersonChange, 'after' | 'deleted'>,
  before: PersonChange['before'],
  released: boolean,
): HappeningType {
  if (deleted) return 'provisioned_person.deleted';
  if (!before) return 'provisioned_person.created';
  if (before.deletedAt || (after.active && !before.active)) return 'provisioned_person.revived';
  if (before.active && !after.active) return 'provisioned_person.deactivated';
  return released ? 'provisioned_person.admitted' : 'provisioned_person.updated';
}

function summary({ userName, externalId, email, active }: ProvisionedProfile, standing: Standing) {
  return { userName, externalId, email, active, standing };
}
