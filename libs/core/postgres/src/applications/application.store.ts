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
      `INSERT INTO applications (id, name, sealed_secret, redirect_uris, post_logout_redirect_uris, created_at, initiate_login_uri)
       VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
      [
        ...[
          application.id,
          application.name,
          application.sealedSecret,
          JSON.stringify(application.redirectUris),
        ],
        ...[JSON.stringify(application.postLogoutRedirectUris), application.createdAt],
        application.initiateLoginUri,
      ],
    );
  }

  /** The name, the secret and the other addresses stay as they were made. */
  async save(
    { id, initiateLoginUri }: Application,
    because: DeploymentHappening,
  ): Promise<'saved' | 'absent'> {
    const sql = 'UPDATE applications SET initiate_login_uri = $2 WHERE id = $1 RETURNING id';
    return (await this.#change(because, sql, [id, initiateLoginUri])) ? 'saved' : 'absent';
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
  return {
    id: row.id('id', applicationId),
    name: row.text('name'),
    sealedSecret: row.text('sealed_secret'),
    redirectUris: row.texts('redirect_uris'),
    postLogoutRedirectUris: row.texts('post_logout_redirect_uris'),
    ...(initiateLoginUri !== undefined && { initiateLoginUri }),
    createdAt: row.date('created_at'),
  };
}
