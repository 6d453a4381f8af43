import type { MigrationInterface, QueryRunner } from 'typeorm';

// It belongs to no tenant: a letter goes to one person, and some (a password reset) have no tenant at all.
const table = `
CREATE TABLE mails (
  id text PRIMARY KEY,
  sealed text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  due_at timestamptz(3) NOT NULL,
  attempts integer NOT NULL,
  last_error text
);
CREATE INDEX mails_due ON mails (due_at, id);
GRANT SELECT, INSERT, UPDATE, DELETE ON mails TO gatehouse_app;
`;

/** Mails that wait to be sent, sealed because one-time links stand in them. */
export class Mails1790000000032 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE mails');
  }
}
