-- A task that was deleted: nothing is kept of it but that, so that what is heard of it late is ignored.
ALTER TABLE tasks ADD COLUMN deleted_at timestamptz;
CREATE INDEX tasks_deleted ON tasks (id) WHERE deleted_at IS NOT NULL;
CREATE INDEX notifications_task ON notifications (task) WHERE task IS NOT NULL;
CREATE INDEX conversations_task ON conversations (task);
