import assert from 'node:assert/strict';
import { SsoError, type Person, type Session } from '@gatehouse/core';
import type { Change } from './changes';
import type { DirectoryDesk } from './directory-desk';
import { OpenedSessions, type Opened } from './opened-sessions';
import { verdict, type MemberFacts, type TenantFacts, type Verdict, type Way } from './oracle';
import { settle } from './settle';
import { otherCase, plusAddress, type Place, type World } from './world';

const dayMs = 24 * 60 * 60 * 1000;

/** One run: what is true of everybody, the sessions that were opened, and a check after every change. */
export class History {
  readonly counts = {
    attempts: 0,
    entered: 0,
    refused: 0,
    emergencies: 0,
    sessionsChecked: 0,
    owners: 0,
    told: 0,
  };
  private readonly opened = new OpenedSessions();

  private constructor(
    private readonly world: World,
    private readonly places: readonly Place[],
    private readonly people: readonly (readonly (Person | undefined)[])[],
    private readonly tenants: TenantFacts[],
    private readonly members: (MemberFacts | undefined)[][],
    private readonly directory: DirectoryDesk | undefined,
  ) {}

  /** Two organisations and four people: each organisation's owner is a member of the other one. */
  static async begin(world: World): Promise<History> {
    const { places, directory, people, tenants, members } = await settle(world);
    const history = new History(world, places, people, tenants, members, directory);
    for (const at of places.keys()) await history.writeTenant(at);
    return history;
  }

  /** Makes the change, then holds what must be true after any. */
  async take(change: Change): Promise<void> {
    await this.apply(change);
    await this.checkSessions();
    await this.checkOwner(change.who);
  }

  private async apply(change: Change): Promise<void> {
    const { who, at } = change;
    switch (change.kind) {
      case 'tenant':
        Object.assign(this.tenant(at), change.facts);
        return this.writeTenant(at);
      case 'own':
        return this.writeOwn(who, at, change);
      case 'role':
        return this.changeRole(who, at, change.role);
      case 'suspend':
        return this.suspend(who, at);
      case 'remove':
        return this.remove(who, at);
      case 'directory':
        return this.hear(who, change.active);
      case 'wait':
        return this.world.pass(change.minutes);
      case 'reset':
        return this.reset(who);
      default:
        return this.attempt(who, at, change.kind);
    }
  }

  private async attempt(who: number, at: number, kind: Extract<Change, { by: true }>['kind']): Promise<void> {
    const way = kind === 'sso' || kind === 'passkey' ? kind : 'password';
    const before = this.verdictOf(who, at, way);
    const expected = kind === 'plus-address' ? 'out' : before;
    const session = await this.enter(who, at, kind);
    this.counts.attempts += 1;
    const told = { who, at, kind, expected };
    assert.deepEqual({ ...told, entered: session !== undefined }, { ...told, entered: expected !== 'out' });
    if (!session) return void (this.counts.refused += 1);
    this.counts.entered += 1;
    if (expected === 'emergency') this.counts.emergencies += 1;
    assert.equal(session.breakGlass, expected === 'emergency');
    this.opened.add({ session, place: at, who, way, expiresAt: session.createdAt.getTime() + dayMs });
  }

  private async enter(who: number, at: number, kind: Change['kind']): Promise<Session | undefined> {
    const place = this.place(at);
    // Who is no member here tries all the same.
    const person = this.people[who]?.[at] ?? this.people[who]?.[0];
    if (!person) throw new Error('Everybody is a member of the first organisation.');
    if (kind === 'sso') return this.tenant(at).outage ? undefined : this.world.bySso(place, person.user);
    if (kind === 'passkey') return this.world.byPasskey(place, person);
    const { email } = person.user;
    if (kind === 'plus-address') return this.world.byPassword(place, person.user, plusAddress(email));
    return this.world.byPassword(place, person.user, kind === 'other-case' ? otherCase(email) : email);
  }

  /** An open session counts exactly as long as its way in would be taken now, and in its own organisation only. */
  private async checkSessions(): Promise<void> {
    for (const each of this.opened.turn(this.counts.attempts)) await this.checkSession(each);
  }

  private async checkSession(each: Opened): Promise<void> {
    const view = await this.world.find(each.session);
    this.counts.sessionsChecked += 1;
    const told = describe(each);
    assert.deepEqual({ ...told, alive: view !== undefined }, { ...told, alive: this.stands(each) });
    if (view) assert.equal(view.tenant.id, this.place(each.place).tenant.id);
  }

  private stands({ session, place, who, way, expiresAt }: Opened): boolean {
    if (this.world.now >= expiresAt) return false;
    const found = this.verdictOf(who, place, way, { outage: false }, { linked: true });
    const isWhole = way !== 'password' || session.secondFactor !== undefined;
    const isHalfEnough = found === 'in' && this.tenant(place).secondFactor !== 'required';
    return found !== 'out' && (isWhole || isHalfEnough);
  }

  /** By what the organisation has chosen or what was switched off elsewhere, an owner is never kept out. */
  private async checkOwner(turn: number): Promise<void> {
    const at = turn % this.places.length;
    if (this.tenant(at).suspended) return;
    const owners = [...this.members.keys()].filter((who) => {
      const facts = this.members[who]?.[at];
      return facts?.role === 'owner' && !facts.suspended;
    });
    assert.notEqual(owners.length, 0);
    const who = owners[turn % owners.length] ?? 0;
    this.counts.owners += 1;
    await this.attempt(who, at, 'password');
    assert.notEqual(this.verdictOf(who, at, 'password'), 'out');
  }

  private async writeTenant(at: number): Promise<void> {
    await this.world.setTenant(this.place(at), this.tenant(at));
  }

  private async writeOwn(who: number, at: number, change: Extract<Change, { kind: 'own' }>): Promise<void> {
    const [facts, person] = [this.members[who]?.[at], this.people[who]?.[at]];
    if (!facts || !person) return;
    // As the API refuses it: an owner keeps a way in.
    facts.own = facts.role === 'owner' && change.own === 'sso' ? 'inherit' : change.own;
    facts.exemptUntil = change.exemptMinutes === 0 ? 0 : this.world.now + change.exemptMinutes * 60_000;
    await this.world.setMember(this.place(at), person.member.id, facts);
  }

  private async changeRole(who: number, at: number, role: MemberFacts['role']): Promise<void> {
    await this.unlessLastOwner(who, at, async (facts, person) => {
      await this.world.changeRole(this.place(at), person.member.id, role);
      facts.role = role;
      if (role === 'owner' && facts.own === 'sso') facts.own = 'inherit';
    });
  }

  private async suspend(who: number, at: number): Promise<void> {
    const facts = this.members[who]?.[at];
    if (facts?.suspended !== true)
      return this.unlessLastOwner(who, at, async (own, person) => {
        await this.world.suspend(this.place(at), person.member.id);
        own.suspended = true;
        this.opened.forget((each) => each.who === who && each.place === at);
      });
    const person = this.people[who]?.[at];
    if (person) await this.world.unsuspend(this.place(at), person.member.id);
    Object.assign(facts, { suspended: false, byDirectory: false });
  }

  /** The first organisation's directory, whose word counts when it is new, and never takes the last owner. */
  private async hear(who: number, active: boolean): Promise<void> {
    const [facts, person] = [this.members[who]?.[0], this.people[who]?.[0]];
    if (!facts || !person || !this.directory) return;
    const isNews = await this.directory.say(who, person.user.email, active, new Date(this.world.now));
    this.counts.told += 1;
    const stays = facts.suspended || (isActiveOwner(facts) && this.isLastOwner(who, 0));
    if (active && facts.byDirectory === true) Object.assign(facts, { suspended: false, byDirectory: false });
    if (active || !isNews || stays) return;
    Object.assign(facts, { suspended: true, byDirectory: true });
    this.opened.forget((each) => each.who === who && each.place === 0);
  }

  private isLastOwner(who: number, at: number): boolean {
    return !this.members.some((each, other) => other !== who && isActiveOwner(each[at]));
  }

  private async remove(who: number, at: number): Promise<void> {
    // In the first organisation everybody stays: the others leave for good.
    if (at === 0) return;
    await this.unlessLastOwner(who, at, async (_, person) => {
      await this.world.remove(this.place(at), person.member.id);
      const facts = this.members[who];
      if (facts) facts[at] = undefined;
      this.opened.forget((each) => each.who === who && each.place === at);
    });
  }

  private async reset(who: number): Promise<void> {
    const person = this.people[who]?.[0];
    if (!person) return;
    // Not more mails an hour than one gets.
    this.world.pass(61);
    await this.world.resetPassword(person.user);
    this.opened.forget((each) => each.who === who);
  }

  private async unlessLastOwner(
    who: number,
    at: number,
    change: (facts: MemberFacts, person: Person) => Promise<void>,
  ): Promise<void> {
    const [facts, person] = [this.members[who]?.[at], this.people[who]?.[at]];
    if (!facts || !person) return;
    const isLast = isActiveOwner(facts) && this.isLastOwner(who, at);
    const refused = await change(facts, person).then(
      () => undefined,
      (error: unknown) => (error instanceof SsoError ? error.code : error),
    );
    assert.deepEqual({ refused, isLast }, { refused: isLast && refused ? 'last_owner' : undefined, isLast });
  }

  private verdictOf(
    who: number,
    at: number,
    way: Way,
    ofTenant: Partial<TenantFacts> = {},
    ofMember: Partial<MemberFacts> = {},
  ): Verdict {
    const facts = this.members[who]?.[at];
    return verdict(
      { ...this.tenant(at), ...ofTenant },
      facts && { ...facts, ...ofMember },
      way,
      this.world.now,
    );
  }

  private tenant(at: number): TenantFacts {
    const facts = this.tenants[at];
    if (facts) return facts;
    throw new Error('There is no such organisation.');
  }

  private place(at: number): Place {
    const place = this.places[at];
    if (place) return place;
    throw new Error('There is no such organisation.');
  }
}

function isActiveOwner(facts: MemberFacts | undefined): boolean {
  return facts?.role === 'owner' && !facts.suspended;
}

function describe({ who, place, way, session }: Opened) {
  return { who, place, way, secondFactor: session.secondFactor };
}
