import { applicationId, ApplicationStore, type Application, type ApplicationId } from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import type { Row } from '../row';
import { rowsOf } from '../transaction';

export class PostgresApplicationStore extends ApplicationStore {
  constructor(private readonly database: DataSource) {
    super();
  }

  async add(application: Application): Promise<void> {
    await rowsOf(
      this.database,
      `INSERT INTO applications (id, name, sealed_secret, redirect_uris, post_logout_redirect_uris, created_at, initiate_login_uri)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
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
  async save({ id, initiateLoginUri }: Application): Promise<'saved' | 'absent'> {
    const sql = 'UPDATE applications SET initiate_login_uri = $2 WHERE id = $1 RETURNING id';
    const [saved] = await rowsOf(this.database, sql, [id, initiateLoginUri]);
    return saved ? 'saved' : 'absent';
  }

  async find(id: ApplicationId): Promise<Application | undefined> {
    return (await rowsOf(this.database, 'SELECT * FROM applications WHERE id = $1', [id])).map(
      readApplication,
    )[0];
  }

  async list(): Promise<Application[]> {
    return (await rowsOf(this.database, 'SELECT * FROM applications ORDER BY id')).map(readApplication);
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
