import type { DeploymentHappening } from '../audit/deployment-happening';
import type { ApplicationId } from '../shared/ids';
import type { Application } from './application';

/** Applications belong to the deployment, not to a tenant. */
export abstract class ApplicationStore {
  abstract add(application: Application, because: DeploymentHappening): Promise<void>;
  abstract save(application: Application, because: DeploymentHappening): Promise<'saved' | 'absent'>;
  abstract find(id: ApplicationId): Promise<Application | undefined>;
  abstract list(): Promise<Application[]>;
}
