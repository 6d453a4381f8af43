import {
  applicationId,
  ApplicationStore,
  type Application,
  type ApplicationId,
  type Chance,
  type DeploymentHappening,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { inDeployment } from '../deployment-transaction';
import type { Row } from '../row';
import { rowsOf } from '../transaction';

export class PostgresApplicationStore extends ApplicationStore {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
  ) {
    super();
  }

  async add(application: Application, because: DeploymentHappening): Promise<void> {
    await this.#change(
      because,
      `INSERT INTO applications (id, name, sealed_secret, redirect_uris, post_logout_redirect_uris, created_at, initiate_login_uri,
         backchannel_logout_uri)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
      [
        ...[
          application.id,
          application.name,
          application.sealedSecret,
          JSON.stringify(application.redirectUris),
        ],
        ...[JSON.stringify(application.postLogoutRedirectUris), application.createdAt],
        ...[application.initiateLoginUri, application.backchannelLogoutUri],
      ],
    );
  }

  /** The name, the secret and the other addresses stay as they were made. */
  async save(
    { id, initiateLoginUri, backchannelLogoutUri }: Application,
    because: DeploymentHappening,
  ): Promise<'saved' | 'absent'> {
    const sql = `UPDATE applications SET initiate_login_uri = $2, backchannel_logout_uri = $3
      WHERE id = $1 RETURNING id`;
    const values = [id, initiateLoginUri, backchannelLogoutUri];
    return (await this.#change(because, sql, values)) ? 'saved' : 'absent';
  }

  async find(id: ApplicationId): Promise<Application | undefined> {
    return (await rowsOf(this.database, 'SELECT * FROM applications WHERE id = $1', [id])).map(
      readApplication,
    )[0];
  }

  async list(): Promise<Application[]> {
    return (await rowsOf(this.database, 'SELECT * FROM applications ORDER BY id')).map(readApplication);
  }

  #change(because: DeploymentHappening, sql: string, values: unknown[]): Promise<boolean> {
    return inDeployment(this.database, async (transaction) => {
      const changed = await transaction.rows(sql, values);
      await transaction.note(because, this.chance);
      return changed.length === 1;
    });
  }
}

function readApplication(row: Row): Application {
  const initiateLoginUri = row.optionalText('initiate_login_uri');
  const backchannelLogoutUri = row.optionalText('backchannel_logout_uri');
  return {
    id: row.id('id', applicationId),
    name: row.text('name'),
    sealedSecret: row.text('sealed_secret'),
    redirectUris: row.texts('redirect_uris'),
    postLogoutRedirectUris: row.texts('post_logout_redirect_uris'),
    ...(initiateLoginUri !== undefined && { initiateLoginUri }),
    ...(backchannelLogoutUri !== undefined && { backchannelLogoutUri }),
    createdAt: row.date('created_at'),
  };
}
