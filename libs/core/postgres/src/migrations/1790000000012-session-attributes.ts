import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a tenant passes on of a person's attributes (CON-11). */
export class SessionAttributes1790000000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sessions ADD attributes jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sessions DROP attributes');
  }
}
