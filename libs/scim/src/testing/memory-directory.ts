import { MemoryStore } from './memory-store';
import { isJsonList, isJsonObject, type Json } from '../json';
import type { Content } from '../resource-store';
import { groupType, userType } from '../schema/resource-types';
import { ScimError } from '../scim-error';

/** People and groups that are kept as long as the program runs: slow and obvious, for tests and to try things out. */
export class MemoryDirectory {
  readonly users: MemoryStore;
  readonly groups: MemoryStore;

  constructor(now: () => Date) {
    this.users = new MemoryStore({
      type: userType,
      now,
      nameOf: (content) => content['userName'],
      isGone: (content) => content['active'] === false,
      shown: (id, content) => this.withGroups(id, content),
    });
    this.groups = new MemoryStore({
      type: groupType,
      now,
      nameOf: (content) => content['displayName'],
      isGone: () => false,
      shown: (_, content) => this.withMembersThere(content),
      check: (content) => this.refuseStrangers(content),
      isQuiet: true,
    });
  }

  private withGroups(userId: string, content: Content): Content {
    const groups = this.groups
      .all()
      .filter((group) => valuesOf(group.content['members']).includes(userId))
      .map((group) => ({ value: group.id, display: group.content['displayName'] ?? null, type: 'direct' }));
    return groups.length === 0 ? content : { ...content, groups };
  }

  private withMembersThere(content: Content): Content {
    const there = valuesOf(content['members']).filter((id) => this.users.has(id));
    return { ...content, members: there.map((value) => ({ value, type: 'User' })) };
  }

  private refuseStrangers(content: Content): void {
    const stranger = valuesOf(content['members']).find((id) => !this.users.knows(id));
    if (stranger === undefined) return;
    throw new ScimError(400, `There is no person with the id ${JSON.stringify(stranger)}.`, 'invalidValue');
  }
}

function valuesOf(list: Json | undefined): readonly string[] {
  if (!isJsonList(list)) return [];
  return list.flatMap((each) =>
    isJsonObject(each) && typeof each['value'] === 'string' ? [each['value']] : [],
  );
}
