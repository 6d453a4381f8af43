import type { MigrationInterface, QueryRunner } from 'typeorm';

// The default means what it did, a tenant or none, in words that TypeORM compares with those of the entity.
// `opened_at`: since when a worker has it in hand; an attempt is opened once. `spent`: attempts that no longer count, of a
// life before a replay or refused by the queue. `lost`: workers in a row that had it in hand and were not heard of again.
const columns = `
ALTER TABLE tasks ADD opened_at timestamptz(3), ADD replayed_at timestamptz(3),
  ADD spent integer NOT NULL DEFAULT 0, ADD lost integer NOT NULL DEFAULT 0,
  ALTER tenant_id SET DEFAULT substring(current_setting('gatehouse.tenant', true), '.+');
`;

// What belongs to no tenant is one more group: '' sorts before all tenants.
const group = `coalesce(tenant_id, '')`;
const indices = `
CREATE INDEX tasks_waiting ON tasks (kind, (${group}), due_at, id) WHERE dead_at IS NULL;
CREATE INDEX tasks_handed ON tasks (kind, due_at) WHERE handed_at IS NOT NULL AND dead_at IS NULL;
CREATE INDEX tasks_dead ON tasks ((split_part(id, '_', 2))) WHERE dead_at IS NOT NULL;
CREATE INDEX tasks_dead_since ON tasks (dead_at) WHERE dead_at IS NOT NULL;
`;

// Whose turn it was last, for each kind. Locking the row keeps two claims from counting the same free places. Once so many
// in a row have failed that whatever they need must be away, one at a time is handed out, until one is done.
const turns = `
CREATE TABLE task_turns (kind text PRIMARY KEY, last_group text NOT NULL, failed_in_a_row integer NOT NULL DEFAULT 0);
`;
const tooManyFailed = 10;

const asOwner = 'SECURITY DEFINER SET search_path = pg_catalog, pg_temp';
const alive = `t.kind = of_kind AND t.dead_at IS NULL`;
const of = `coalesce(t.tenant_id, '')`;

// A walk over the groups that have work, one index probe each, from behind the group that was last and around. It ends once
// enough groups are found, or was long enough. Of each it takes the oldest that are due, the first of each group before the
// second of any; what a group has handed out already counts. It is planned each time, by the size that the table has then:
// a plan that was made while it was small would read 100,000 rows.
const claim = `
CREATE FUNCTION tasks_claim(of_kind text, moment timestamptz, lease interval, most integer, most_of_each integer, longest_walk integer)
  RETURNS TABLE (id text, tenant_id text, attempts integer)
  LANGUAGE plpgsql VOLATILE ${asOwner}
  SET enable_seqscan = off SET enable_bitmapscan = off SET plan_cache_mode = force_custom_plan
  AS $$
  #variable_conflict use_column
  DECLARE
    last text;
    places integer;
    free bigint;
  BEGIN
    INSERT INTO public.task_turns (kind, last_group) VALUES (of_kind, '') ON CONFLICT DO NOTHING;
    SELECT w.last_group, CASE WHEN w.failed_in_a_row < ${tooManyFailed} THEN most ELSE 1 END INTO last, places
      FROM public.task_turns w WHERE w.kind = of_kind FOR UPDATE;
    SELECT places - count(*) INTO free FROM public.tasks t
      WHERE ${alive} AND t.handed_at IS NOT NULL AND t.due_at > moment;
    IF free <= 0 THEN RETURN; END IF;
    RETURN QUERY
      WITH RECURSIVE walk AS (
        SELECT last AS owner, 0 AS round, 0 AS step, 0 AS found, false AS due
        UNION ALL
        SELECT next.owner, next.round, walk.step + 1, walk.found + next.due::integer, next.due
        FROM walk CROSS JOIN LATERAL (
          SELECT near.owner, near.round, EXISTS (
            SELECT FROM public.tasks t WHERE ${alive} AND ${of} = near.owner AND t.due_at <= moment) AS due
          FROM (
            (SELECT ${of} AS owner, walk.round AS round FROM public.tasks t
              WHERE ${alive} AND ${of} > walk.owner ORDER BY ${of} LIMIT 1)
            UNION ALL
            (SELECT ${of}, 1 FROM public.tasks t WHERE ${alive} AND walk.round = 0 ORDER BY ${of} LIMIT 1)
            ORDER BY 2 LIMIT 1) near
          WHERE near.round = 0 OR near.owner <= last) next
        WHERE walk.found < free AND walk.step < longest_walk),
      taken AS MATERIALIZED (
        SELECT ${of} AS owner, count(*) AS places FROM public.tasks t
        WHERE ${alive} AND t.handed_at IS NOT NULL AND t.due_at > moment GROUP BY 1),
      eligible AS (
        SELECT oldest.id, walk.step,
          coalesce(taken.places, 0) + row_number() OVER (PARTITION BY walk.owner ORDER BY oldest.due_at, oldest.id) AS place
        FROM walk LEFT JOIN taken ON taken.owner = walk.owner
        CROSS JOIN LATERAL (
          SELECT t.id, t.due_at FROM public.tasks t
          WHERE ${alive} AND ${of} = walk.owner AND t.due_at <= moment
          ORDER BY t.kind, ${of}, t.due_at, t.id
          LIMIT greatest(0, least(most_of_each - coalesce(taken.places, 0), free))) oldest
        WHERE walk.due),
      chosen AS MATERIALIZED (
        SELECT e.id, e.step FROM eligible e ORDER BY e.place, e.step LIMIT free),
      turned AS (
        UPDATE public.task_turns w SET last_group = (SELECT walk.owner FROM walk ORDER BY walk.step DESC LIMIT 1)
        WHERE w.kind = of_kind),
      locked AS MATERIALIZED (
        SELECT t.id FROM public.tasks t JOIN chosen ON chosen.id = t.id
        WHERE t.due_at <= moment AND t.dead_at IS NULL FOR UPDATE OF t SKIP LOCKED)
      UPDATE public.tasks t SET due_at = moment + lease, handed_at = moment, attempts = t.attempts + 1,
        lost = t.lost + (t.opened_at IS NOT NULL)::integer, opened_at = NULL
      FROM locked WHERE t.id = locked.id
      RETURNING t.id, t.tenant_id, t.attempts;
  END $$;
`;

const attempts = `
CREATE FUNCTION tasks_take_back(these text[], these_attempts integer[], moment timestamptz) RETURNS void
  LANGUAGE sql VOLATILE ${asOwner}
  AS $$
    UPDATE public.tasks t SET due_at = moment, handed_at = NULL, spent = t.spent + 1
    FROM unnest(these, these_attempts) AS w (id, attempt)
    WHERE t.id = w.id AND t.attempts = w.attempt AND t.opened_at IS NULL AND t.dead_at IS NULL
  $$;
CREATE FUNCTION tasks_open(wanted text, attempt integer, moment timestamptz, lease interval)
  RETURNS TABLE (kind text, tenant_id text, payload text, created_at timestamptz, since timestamptz, tries integer, lost integer)
  LANGUAGE sql VOLATILE ${asOwner}
  AS $$
    UPDATE public.tasks t SET opened_at = moment, due_at = moment + lease
    WHERE t.id = wanted AND t.attempts = attempt
      AND t.handed_at IS NOT NULL AND t.opened_at IS NULL AND t.dead_at IS NULL
    RETURNING t.kind, t.tenant_id, t.payload, t.created_at, coalesce(t.replayed_at, t.created_at),
      t.attempts - t.spent, t.lost
  $$;
CREATE FUNCTION tasks_done(which text) RETURNS void
  LANGUAGE sql VOLATILE ${asOwner}
  AS $$
    WITH gone AS (DELETE FROM public.tasks t WHERE t.id = which RETURNING t.kind)
    UPDATE public.task_turns w SET failed_in_a_row = 0 FROM gone WHERE w.kind = gone.kind AND w.failed_in_a_row > 0
  $$;
CREATE FUNCTION tasks_failed(which text, attempt integer, error text, again_at timestamptz) RETURNS void
  LANGUAGE sql VOLATILE ${asOwner}
  AS $$
    WITH kept AS (
      UPDATE public.tasks t SET due_at = again_at, handed_at = NULL, opened_at = NULL, lost = 0, last_error = error
      WHERE t.id = which AND t.attempts = attempt AND t.dead_at IS NULL RETURNING t.kind)
    UPDATE public.task_turns w SET failed_in_a_row = w.failed_in_a_row + 1 FROM kept WHERE w.kind = kept.kind
  $$;
CREATE FUNCTION tasks_gave_up(which text, attempt integer, error text, moment timestamptz) RETURNS SETOF text
  LANGUAGE sql VOLATILE ${asOwner}
  AS $$
    UPDATE public.tasks t SET dead_at = moment, handed_at = NULL, opened_at = NULL, last_error = error
    WHERE t.id = which AND t.attempts = attempt AND t.dead_at IS NULL
    RETURNING t.id
  $$;
`;

const dead = 't.dead_at IS NOT NULL';
const underWay = 't.dead_at IS NULL AND t.handed_at IS NOT NULL AND t.due_at > moment';
const atRest = 't.dead_at IS NULL AND (t.handed_at IS NULL OR t.due_at <= moment)';
const replayed = `dead_at = NULL, due_at = moment, replayed_at = moment, spent = t.attempts, lost = 0, last_error = NULL`;

// A letter's own part of its ID is as good as the time at which it was written, whatever it begins with.
const forOperators = `
CREATE FUNCTION tasks_states(moment timestamptz)
  RETURNS TABLE (kind text, waiting integer, under_way integer, retrying integer, dead integer, oldest_at timestamptz, last_error text)
  LANGUAGE sql STABLE ${asOwner}
  AS $$
    SELECT t.kind,
      count(*) FILTER (WHERE ${atRest} AND t.last_error IS NULL)::integer,
      count(*) FILTER (WHERE ${underWay})::integer,
      count(*) FILTER (WHERE ${atRest} AND t.last_error IS NOT NULL)::integer,
      count(*) FILTER (WHERE ${dead})::integer,
      min(t.created_at) FILTER (WHERE t.dead_at IS NULL),
      (SELECT f.last_error FROM public.tasks f WHERE f.kind = t.kind AND f.dead_at IS NULL AND f.last_error IS NOT NULL
       ORDER BY f.due_at DESC, f.id DESC LIMIT 1)
    FROM public.tasks t GROUP BY t.kind ORDER BY t.kind
  $$;
CREATE FUNCTION tasks_dead_list(of_kind text, of_tenant text, before_id text, most integer)
  RETURNS TABLE (id text, kind text, tenant_id text, created_at timestamptz, dead_at timestamptz, attempts integer, last_error text)
  LANGUAGE sql STABLE ${asOwner}
  AS $$
    SELECT t.id, t.kind, t.tenant_id, t.created_at, t.dead_at, t.attempts, t.last_error FROM public.tasks t
    WHERE ${dead} AND (of_kind IS NULL OR t.kind = of_kind) AND (of_tenant IS NULL OR t.tenant_id = of_tenant)
      AND (before_id IS NULL OR split_part(t.id, '_', 2) < split_part(before_id, '_', 2))
    ORDER BY split_part(t.id, '_', 2) DESC LIMIT most
  $$;
CREATE FUNCTION tasks_replay(which text, moment timestamptz) RETURNS SETOF text
  LANGUAGE sql VOLATILE ${asOwner}
  AS $$ UPDATE public.tasks t SET ${replayed} WHERE t.id = which AND ${dead} RETURNING t.id $$;
CREATE FUNCTION tasks_replay_all(of_kind text, moment timestamptz) RETURNS integer
  LANGUAGE sql VOLATILE ${asOwner}
  AS $$
    WITH again AS (
      UPDATE public.tasks t SET ${replayed} WHERE ${dead} AND (of_kind IS NULL OR t.kind = of_kind) RETURNING 1)
    SELECT count(*)::integer FROM again
  $$;
CREATE FUNCTION sweep_dead_tasks(until timestamptz, most integer) RETURNS integer
  LANGUAGE sql VOLATILE ${asOwner}
  AS $$
    WITH swept AS (
      DELETE FROM public.tasks d WHERE d.dead_at <= until
        AND d.id IN (SELECT t.id FROM public.tasks t WHERE t.dead_at <= until ORDER BY t.dead_at LIMIT most)
      RETURNING 1)
    SELECT count(*)::integer FROM swept
  $$;
`;

// Mails are tasks from now on. A server of the version before still writes to the old table: what it queues is redirected,
// in its own transaction and its own tenant.
const mails = `
INSERT INTO tasks (id, kind, tenant_id, payload, created_at, due_at, attempts, last_error)
  SELECT id, 'send-mail', NULL, sealed, created_at, due_at, attempts, last_error FROM mails;
DELETE FROM mails;
CREATE FUNCTION mails_are_tasks() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
  AS $$
  BEGIN
    INSERT INTO public.tasks (id, kind, payload, created_at, due_at)
      VALUES (new.id, 'send-mail', new.sealed, new.created_at, new.due_at) ON CONFLICT DO NOTHING;
    RETURN NULL;
  END $$;
CREATE TRIGGER mails_are_tasks BEFORE INSERT ON mails FOR EACH ROW EXECUTE FUNCTION mails_are_tasks();
`;

const mailsBefore = `
DROP TRIGGER mails_are_tasks ON mails;
DROP FUNCTION mails_are_tasks();
INSERT INTO mails (id, sealed, created_at, due_at, attempts, last_error)
  SELECT id, payload, created_at, due_at, attempts, last_error FROM tasks WHERE kind = 'send-mail' AND dead_at IS NULL;
DELETE FROM tasks WHERE kind = 'send-mail';
`;

const signatures = [
  'tasks_claim(text, timestamptz, interval, integer, integer, integer)',
  'tasks_take_back(text[], integer[], timestamptz)',
  'tasks_open(text, integer, timestamptz, interval)',
  'tasks_done(text)',
  'tasks_failed(text, integer, text, timestamptz)',
  'tasks_gave_up(text, integer, text, timestamptz)',
  'tasks_states(timestamptz)',
  'tasks_dead_list(text, text, text, integer)',
  'tasks_replay(text, timestamptz)',
  'tasks_replay_all(text, timestamptz)',
  'sweep_dead_tasks(timestamptz, integer)',
];

/** Tasks are handed out to workers, of each tenant in turn; letters are among them. */
export class HandOutTasks1790000000038 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [columns, indices, turns, claim, attempts, forOperators, mails])
      await runner.query(sql);
    for (const signature of signatures) {
      await runner.query(`REVOKE EXECUTE ON FUNCTION ${signature} FROM PUBLIC`);
      await runner.query(`GRANT EXECUTE ON FUNCTION ${signature} TO gatehouse_app`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(mailsBefore);
    for (const signature of signatures) await runner.query(`DROP FUNCTION ${signature}`);
    await runner.query('DROP TABLE task_turns');
    await runner.query('DROP INDEX tasks_waiting, tasks_handed, tasks_dead, tasks_dead_since');
    await runner.query(
      'ALTER TABLE tasks DROP opened_at, DROP replayed_at, DROP spent, DROP lost, ' +
        `ALTER tenant_id SET DEFAULT nullif(current_setting('gatehouse.tenant', true), '')`,
    );
  }
}
