-- The place of a hire among those that wait for the same agent: the number it was submitted with, else what its priority
-- stands for.
ALTER TABLE tasks ADD COLUMN queue_rank smallint NOT NULL GENERATED ALWAYS AS (
  coalesce(queue_priority, CASE priority WHEN 'URGENT' THEN 10 WHEN 'HIGH' THEN 8 WHEN 'NORMAL' THEN 5 ELSE 2 END)) STORED;
DROP INDEX tasks_waiting_hires;
CREATE INDEX tasks_waiting_hires ON tasks (agent_id, queue_rank DESC, id)
  WHERE funded AND state = 'PENDING' AND mode = 'DIRECT' AND agent_id IS NOT NULL;
-- What takes an agent's room now: never more than it has, but for revisions.
CREATE INDEX tasks_working ON tasks (agent_id) WHERE state IN ('EXECUTING', 'AWAITING_INPUT', 'ON_HOLD');
