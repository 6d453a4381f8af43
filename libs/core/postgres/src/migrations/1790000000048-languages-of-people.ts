import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People are written to in the language that they last used, also by what no click of theirs caused. */
export class LanguagesOfPeople1790000000048 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE users ADD language text');
    await runner.query('GRANT UPDATE (language) ON users TO gatehouse_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE users DROP language');
  }
}
