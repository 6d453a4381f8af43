import type { MigrationInterface, QueryRunner } from 'typeorm';

// A transaction holds what it has counted until its commit is on the disk. In one row, all writes of a directory would wait for
// the disk one after the other; each connection counts in a row of its own, or one that it shares with few. The numbers of a
// directory are the sums of its rows. In slot 0 nobody counts: who must be alone with a directory locks it.
const slots = `
ALTER TABLE directory_tallies ADD slot smallint NOT NULL DEFAULT 0;
ALTER TABLE directory_tallies DROP CONSTRAINT directory_tallies_pkey;
ALTER TABLE directory_tallies ADD CONSTRAINT directory_tallies_pkey PRIMARY KEY (directory_id, slot);
CREATE OR REPLACE FUNCTION count_in_directory(tenant text, directory text, more_people integer, more_active integer,
  more_admitted integer, more_groups integer) RETURNS void
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
  AS $$
  DECLARE own smallint := 1 + pg_backend_pid() % 16;
  BEGIN
    UPDATE public.directory_tallies t SET people = t.people + more_people, active_people = t.active_people + more_active,
      admitted_people = t.admitted_people + more_admitted, groups = t.groups + more_groups
    WHERE t.directory_id = directory AND t.slot = own;
    IF NOT FOUND THEN
      INSERT INTO public.directory_tallies AS t
        (directory_id, tenant_id, slot, people, active_people, admitted_people, groups)
      SELECT d.id, tenant, own, more_people, more_active, more_admitted, more_groups
      FROM public.directories d WHERE d.id = directory
      ON CONFLICT (directory_id, slot) DO UPDATE SET people = t.people + more_people,
        active_people = t.active_people + more_active, admitted_people = t.admitted_people + more_admitted,
        groups = t.groups + more_groups;
    END IF;
  END $$;
CREATE OR REPLACE FUNCTION directory_people_are_counted() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
  AS $$
  DECLARE
    more_people integer := 0;
    more_active integer := 0;
    more_admitted integer := 0;
  BEGIN
    IF TG_OP <> 'INSERT' THEN
      more_people := more_people - (OLD.deleted_at IS NULL)::integer;
      more_active := more_active - (OLD.deleted_at IS NULL AND OLD.active)::integer;
      more_admitted := more_admitted - (OLD.standing IN ('admitted', 'held'))::integer;
    END IF;
    IF TG_OP <> 'DELETE' THEN
      more_people := more_people + (NEW.deleted_at IS NULL)::integer;
      more_active := more_active + (NEW.deleted_at IS NULL AND NEW.active)::integer;
      more_admitted := more_admitted + (NEW.standing IN ('admitted', 'held'))::integer;
    END IF;
    IF more_people <> 0 OR more_active <> 0 OR more_admitted <> 0 THEN
      PERFORM public.count_in_directory(coalesce(NEW.tenant_id, OLD.tenant_id),
        coalesce(NEW.directory_id, OLD.directory_id), more_people, more_active, more_admitted, 0);
    END IF;
    RETURN NULL;
  END $$;
CREATE OR REPLACE FUNCTION directory_groups_are_counted() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
  AS $$ BEGIN
    PERFORM public.count_in_directory(coalesce(NEW.tenant_id, OLD.tenant_id),
      coalesce(NEW.directory_id, OLD.directory_id), 0, 0, 0, CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END);
    RETURN NULL;
  END $$;
REVOKE EXECUTE ON FUNCTION count_in_directory(text, text, integer, integer, integer, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION count_in_directory(text, text, integer, integer, integer, integer) TO gatehouse_app;
`;

// What changes none of the counts fires nothing.
const triggers = `
DROP TRIGGER directory_people_are_counted ON directory_people;
CREATE CONSTRAINT TRIGGER directory_people_are_counted AFTER INSERT OR DELETE
  ON directory_people DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION directory_people_are_counted();
CREATE CONSTRAINT TRIGGER directory_people_are_counted_anew AFTER UPDATE OF active, deleted_at, standing
  ON directory_people DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.active <> NEW.active OR OLD.standing <> NEW.standing OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at)
  EXECUTE FUNCTION directory_people_are_counted();
`;

const before = `
DROP TRIGGER directory_people_are_counted_anew ON directory_people;
DROP TRIGGER directory_people_are_counted ON directory_people;
CREATE CONSTRAINT TRIGGER directory_people_are_counted AFTER INSERT OR DELETE OR UPDATE OF active, deleted_at, standing
  ON directory_people DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION directory_people_are_counted();
UPDATE directory_tallies t SET people = s.people, active_people = s.active, admitted_people = s.admitted, groups = s.groups
FROM (SELECT directory_id, sum(people) AS people, sum(active_people) AS active, sum(admitted_people) AS admitted,
  sum(groups) AS groups FROM directory_tallies GROUP BY directory_id) s
WHERE t.directory_id = s.directory_id AND t.slot = 0;
DELETE FROM directory_tallies WHERE slot <> 0;
CREATE OR REPLACE FUNCTION count_in_directory(tenant text, directory text, more_people integer, more_active integer,
  more_admitted integer, more_groups integer) RETURNS void
  LANGUAGE sql SET search_path = pg_catalog, pg_temp
  AS $$
    UPDATE public.directory_tallies t SET people = t.people + more_people, active_people = t.active_people + more_active,
      admitted_people = t.admitted_people + more_admitted, groups = t.groups + more_groups
    WHERE t.directory_id = directory
  $$;
ALTER TABLE directory_tallies DROP CONSTRAINT directory_tallies_pkey;
ALTER TABLE directory_tallies ADD CONSTRAINT directory_tallies_pkey PRIMARY KEY (directory_id);
ALTER TABLE directory_tallies DROP slot;
`;

/** Counts of a directory in several rows: those who write at once do not wait for one another's commits. */
export class TalliesInSlots1790000000058 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [slots, triggers]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(before);
  }
}
