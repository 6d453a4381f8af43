import type { MigrationInterface, QueryRunner } from 'typeorm';

// totalResults without counting: whoever writes people and groups locks this row last, after the rows of people in order of their IDs.
const tallies = `
CREATE TABLE directory_tallies (
  directory_id text PRIMARY KEY
    CONSTRAINT directory_tallies_directory_fk REFERENCES directories (id) ON DELETE CASCADE,
  tenant_id text NOT NULL,
  people integer NOT NULL DEFAULT 0,
  active_people integer NOT NULL DEFAULT 0,
  admitted_people integer NOT NULL DEFAULT 0,
  groups integer NOT NULL DEFAULT 0
);
CREATE FUNCTION directory_people_are_counted() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
  AS $$
  DECLARE people integer := 0; active integer := 0; admitted integer := 0;
  BEGIN
    IF TG_OP <> 'INSERT' THEN
      people := people - (OLD.deleted_at IS NULL)::integer;
      active := active - (OLD.deleted_at IS NULL AND OLD.active)::integer;
      admitted := admitted - (OLD.standing IN ('admitted', 'held'))::integer;
    END IF;
    IF TG_OP <> 'DELETE' THEN
      people := people + (NEW.deleted_at IS NULL)::integer;
      active := active + (NEW.deleted_at IS NULL AND NEW.active)::integer;
      admitted := admitted + (NEW.standing IN ('admitted', 'held'))::integer;
    END IF;
    IF people <> 0 OR active <> 0 OR admitted <> 0 THEN
      UPDATE public.directory_tallies t SET people = t.people + directory_people_are_counted.people,
        active_people = t.active_people + active, admitted_people = t.admitted_people + admitted
      WHERE t.directory_id = coalesce(NEW.directory_id, OLD.directory_id);
    END IF;
    RETURN NULL;
  END $$;
CREATE FUNCTION directory_groups_are_counted() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
  AS $$ BEGIN
    UPDATE public.directory_tallies t SET groups = t.groups + CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END
    WHERE t.directory_id = coalesce(NEW.directory_id, OLD.directory_id);
    RETURN NULL;
  END $$;
CREATE FUNCTION directory_has_a_tally() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
  AS $$ BEGIN
    INSERT INTO public.directory_tallies (directory_id, tenant_id) VALUES (NEW.id, NEW.tenant_id);
    RETURN NULL;
  END $$;
CREATE TRIGGER directory_has_a_tally AFTER INSERT ON directories
  FOR EACH ROW EXECUTE FUNCTION directory_has_a_tally();
CREATE TRIGGER directory_people_are_counted AFTER INSERT OR DELETE OR UPDATE OF active, deleted_at, standing
  ON directory_people FOR EACH ROW EXECUTE FUNCTION directory_people_are_counted();
CREATE TRIGGER directory_groups_are_counted AFTER INSERT OR DELETE
  ON directory_groups FOR EACH ROW EXECUTE FUNCTION directory_groups_are_counted();
`;

const own = `tenant_id = current_setting('gatehouse.tenant', true)`;

const isolation = `
ALTER TABLE directory_tallies ENABLE ROW LEVEL SECURITY;
ALTER TABLE directory_tallies FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON directory_tallies TO gatehouse_app USING (${own}) WITH CHECK (${own});
GRANT SELECT, INSERT, UPDATE ON directory_tallies TO gatehouse_app;
`;

/** How many people and groups each directory has, kept as they come and go. */
export class DirectoryTallies1790000000052 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [tallies, isolation]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER directory_has_a_tally ON directories');
    await runner.query('DROP TRIGGER directory_people_are_counted ON directory_people');
    await runner.query('DROP TRIGGER directory_groups_are_counted ON directory_groups');
    for (const name of ['people_are_counted', 'groups_are_counted', 'has_a_tally'])
      await runner.query(`DROP FUNCTION directory_${name}()`);
    await runner.query('DROP TABLE directory_tallies');
  }
}
