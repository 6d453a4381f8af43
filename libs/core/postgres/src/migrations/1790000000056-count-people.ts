import type { MigrationInterface, QueryRunner } from 'typeorm';

// A variable of a PL/pgSQL function is not qualified by the function's name, as its parameters are: the function of before
// refused every write of a person.
const counting = `CREATE OR REPLACE FUNCTION directory_people_are_counted() RETURNS trigger
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
      UPDATE public.directory_tallies t SET people = t.people + more_people,
        active_people = t.active_people + more_active, admitted_people = t.admitted_people + more_admitted
      WHERE t.directory_id = coalesce(NEW.directory_id, OLD.directory_id);
    END IF;
    RETURN NULL;
  END $$;
`;

/** The tally of people, by a function that runs. */
export class CountPeople1790000000056 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(counting);
  }

  /** Nothing could be written by the function of before. */
  async down(): Promise<void> {}
}
