import type { DirectoryPersonId, KeyRing, Tenant } from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { anExistingDirectory } from '../given-directory';
import { Provisioning } from '../provisioning';

/** The directory of an organisation, which has something to say of people by their number. */
export class DirectoryDesk {
  private readonly known = new Map<number, { readonly id: DirectoryPersonId; active: boolean }>();

  private constructor(private readonly provisioning: Provisioning) {}

  static async open(database: DataSource, tenant: Tenant, keyRing: KeyRing): Promise<DirectoryDesk> {
    const directory = await anExistingDirectory(database, tenant);
    return new DirectoryDesk(new Provisioning(database, directory, keyRing));
  }

  /** Whether it is news: what a directory says twice is nothing new. */
  async say(who: number, email: string, active: boolean, now: Date): Promise<boolean> {
    this.provisioning.at = now;
    const known = this.known.get(who);
    if (!known) {
      this.known.set(who, { id: await this.provisioning.create({ userName: email, active }), active });
      return true;
    }
    await this.provisioning.say(known.id, { active });
    const isNews = known.active !== active;
    known.active = active;
    return isNews;
  }
}
