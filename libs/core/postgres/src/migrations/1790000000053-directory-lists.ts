import type { MigrationInterface, QueryRunner } from 'typeorm';

// Row-level security asks for the tenant of each row: in the index, it is asked for once, and rows that a page skips are not read.
// A beginning with another column than the directory costs nothing else, because a directory is of one tenant.
const lists = `
DROP INDEX directory_people_present;
CREATE INDEX directory_people_present ON directory_people (tenant_id, directory_id, id) WHERE deleted_at IS NULL;
DROP INDEX directory_people_active;
CREATE INDEX directory_people_active ON directory_people (tenant_id, directory_id, active, id) WHERE deleted_at IS NULL;
CREATE INDEX directory_people_by_name ON directory_people (tenant_id, directory_id, user_name_key, id)
  WHERE deleted_at IS NULL;
DROP INDEX directory_people_external;
CREATE UNIQUE INDEX directory_people_external ON directory_people (directory_id, external_id) WHERE deleted_at IS NULL;
DROP INDEX directory_groups_present;
CREATE INDEX directory_groups_present ON directory_groups (tenant_id, directory_id, id);
`;

// A PATCH leaves all indexes as they are where the new row fits beside the old one.
const room = `ALTER TABLE directory_people SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);`;

// Deferred: the tally is locked last whatever a transaction writes when, and only while it commits.
const tallies = `
DROP TRIGGER directory_people_are_counted ON directory_people;
DROP TRIGGER directory_groups_are_counted ON directory_groups;
CREATE CONSTRAINT TRIGGER directory_people_are_counted AFTER INSERT OR DELETE OR UPDATE OF active, deleted_at, standing
  ON directory_people DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION directory_people_are_counted();
CREATE CONSTRAINT TRIGGER directory_groups_are_counted AFTER INSERT OR DELETE
  ON directory_groups DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION directory_groups_are_counted();
`;

const before = `
DROP TRIGGER directory_people_are_counted ON directory_people;
DROP TRIGGER directory_groups_are_counted ON directory_groups;
CREATE TRIGGER directory_people_are_counted AFTER INSERT OR DELETE OR UPDATE OF active, deleted_at, standing
  ON directory_people FOR EACH ROW EXECUTE FUNCTION directory_people_are_counted();
CREATE TRIGGER directory_groups_are_counted AFTER INSERT OR DELETE
  ON directory_groups FOR EACH ROW EXECUTE FUNCTION directory_groups_are_counted();
ALTER TABLE directory_people RESET (fillfactor, autovacuum_vacuum_scale_factor);
DROP INDEX directory_people_present, directory_people_active, directory_people_by_name, directory_people_external,
  directory_groups_present;
CREATE INDEX directory_people_present ON directory_people (directory_id, id) WHERE deleted_at IS NULL;
CREATE INDEX directory_people_active ON directory_people (directory_id, active, id) WHERE deleted_at IS NULL;
CREATE INDEX directory_people_external ON directory_people (directory_id, external_id);
CREATE INDEX directory_groups_present ON directory_groups (directory_id, id);
`;

/** Lists of people and groups by the index alone, and one holder of each `externalId`. */
export class DirectoryLists1790000000053 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [lists, room, tallies]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(before);
  }
}
