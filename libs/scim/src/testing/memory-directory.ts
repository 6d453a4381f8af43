import { MemoryStore } from './memory-store';
import { activeUnlessSaid } from '../content/active-unless-said';
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
      comesBack: (content) => content['active'] === false,
      kept: (before, after) => activeUnlessSaid(after, before['active'] !== false),
      removed: (id) => this.leaveGroups(id),
      shown: (id, content) => this.withGroups(id, content),
    });
    this.groups = new MemoryStore({
      type: groupType,
      now,
      nameOf: (content) => content['displayName'],
      comesBack: false,
      shown: (_, content) => withTypes(content),
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

  private leaveGroups(userId: string): void {
    for (const { id, content } of this.groups.all()) {
      const members = valuesOf(content['members']);
      if (!members.includes(userId)) continue;
      const left = members.filter((member) => member !== userId);
      this.groups.rewrite(id, { ...content, members: left.map((value) => ({ value })) });
    }
  }

  private refuseStrangers(content: Content): void {
    const stranger = valuesOf(content['members']).find((id) => !this.users.has(id));
    if (stranger === undefined) return;
    throw new ScimError(400, `There is no person with the id ${JSON.stringify(stranger)}.`, 'invalidValue');
  }
}

/** RFC 7643 2.5: a group without members has no such attribute. */
function withTypes({ members, ...content }: Content): Content {
  const people = valuesOf(members).map((value) => ({ value, type: 'User' }));
  return people.length === 0 ? content : { ...content, members: people };
}

function valuesOf(list: Json | undefined): readonly string[] {
  if (!isJsonList(list)) return [];
  return list.flatMap((each) =>
    isJsonObject(each) && typeof each['value'] === 'string' ? [each['value']] : [],
  );
}
