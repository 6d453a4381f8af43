import type { DeploymentHappening } from '../audit/deployment-happening';
import type { SamlKey } from '../saml-keys/saml-key';
import { SamlKeyStore } from '../saml-keys/saml-key-store';
import type { SamlKeyId } from '../shared/ids';

/** Holds keys in memory, with what was noted of them; the database's contract is that of its own spec. */
export class FakeSamlKeyStore extends SamlKeyStore {
  readonly noted: DeploymentHappening[] = [];
  reads = 0;
  private keys: readonly SamlKey[] = [];

  async list(): Promise<SamlKey[]> {
    this.reads += 1;
    return [...this.keys];
  }

  async add(key: SamlKey, because: DeploymentHappening): Promise<boolean> {
    if (this.keys.some(({ state }) => state === key.state)) return false;
    this.keys = [...this.keys, key];
    this.noted.push(because);
    return true;
  }

  async switch(from: SamlKeyId, to: SamlKeyId, since: Date, because: DeploymentHappening): Promise<boolean> {
    const become = (key: SamlKey): SamlKey => {
      if (key.id === from) return { ...key, state: 'previous', since };
      return key.id === to ? { ...key, state: 'current', since } : key;
    };
    this.keys = this.keys.map(become);
    this.noted.push(because);
    return true;
  }

  async retire(previous: SamlKeyId, because: DeploymentHappening): Promise<boolean> {
    this.keys = this.keys.filter(({ id }) => id !== previous);
    this.noted.push(because);
    return true;
  }
}
