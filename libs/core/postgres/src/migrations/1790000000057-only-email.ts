import type { MigrationInterface, QueryRunner } from 'typeorm';

// By which clients look for people beside userName and externalId. Null, as a server of the version before leaves it, means that
// the document is to be asked: nothing is found less for it.
const up = `
ALTER TABLE directory_people ADD only_email text COLLATE "C";
CREATE INDEX directory_people_only_email ON directory_people (tenant_id, directory_id, only_email) WHERE deleted_at IS NULL;
`;

/** People of a directory by the e-mail address of their resource. */
export class OnlyEmail1790000000057 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE directory_people DROP only_email');
  }
}
