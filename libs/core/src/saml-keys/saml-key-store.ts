import type { DeploymentHappening } from '../audit/deployment-happening';
import type { SamlKeyId } from '../shared/ids';
import type { SamlKey } from './saml-key';

/** The keys of the deployment, at most one in each state; each change commits with its audit entry. */
export abstract class SamlKeyStore {
  abstract list(): Promise<SamlKey[]>;
  /** Of keys that come at the same time in the same state one stays; false for the others, and nothing is written. */
  abstract add(key: SamlKey, because: DeploymentHappening): Promise<boolean>;
  /** The current key becomes the previous one, the next one current; false where these two are not in these states any more. */
  abstract switch(
    from: SamlKeyId,
    to: SamlKeyId,
    since: Date,
    because: DeploymentHappening,
  ): Promise<boolean>;
  /** Forgets the key for good; false where it is not the previous one any more. */
  abstract retire(previous: SamlKeyId, because: DeploymentHappening): Promise<boolean>;
}
