import type { MigrationInterface, QueryRunner } from 'typeorm';

const index = (unique: 'UNIQUE' | ''): string => `
DROP INDEX directory_people_member;
CREATE ${unique} INDEX directory_people_member ON directory_people (tenant_id, member_id);
`;

/** No two people of directories are one member, whatever races. */
export class SettledPeople1790000000054 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(index('UNIQUE'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(index(''));
  }
}
