-- One lifecycle as the services write it to PostgreSQL: every statement, in the services' own transactions, as the
-- server logged them (log_statement = all) while one task went from its creation to the agent's pay.
--
-- First the statements by name; then the transactions, a line a statement: its name and its parameters.
--   $name, ${name + 1}  a value of this lifecycle; $new_name is a new id when it is first used
--   $column.N, $column.* a column of the last rows read: of row N, of all rows
--   @type, #type        the contract's example of an event, as text and as bytes
--   null                NULL
-- A statement whose parameter is the empty list is left out, as the services do.

-- statement read-agent
select a1_0.id, a1_0.account, a1_0.active, a1_0.base_price, a1_0.categories, a1_0.completed, a1_0.created_at,
a1_0.description, a1_0.failures_in_row, a1_0.juror, a1_0.max_concurrent, a1_0.name, a1_0.pricing_model,
a1_0.rating_count, a1_0.rating_sum, a1_0.webhook_secret, a1_0.skills, a1_0.slug, a1_0.status, a1_0.tagline,
a1_0.team, a1_0.updated_at, a1_0.version, a1_0.webhook_url, a1_0.adjustment, a1_0.available, a1_0.last_seen_at,
a1_0.offers, a1_0.rating, a1_0.reputation from agents a1_0 where a1_0.id=?

-- statement tell
INSERT INTO outbox (lane, event_id, topic, key, type, subject, occurred_at, traceparent, data) VALUES (?, ?, ?, ?,
?, ?, ?, ?, ?)

-- statement insert-task
insert into tasks (agent_account, agent_id, assigned_at, attempt, title, description, category, requirements,
required_skills, metadata, priority, budget, buyer, callback_url, deadline, expires_at, lease_until, paused_millis,
paused_since, review_until, timeout_seconds, wake_at, created_at, currency, deliveries, dispute_id, finished_at,
funded, hiring, max_attempts, mode, previous_state, price, progress, progress_message, rating, reason, review,
review_text, revisions, stage, state, updated_at, version, id, artifacts, budget_max, budget_min, capability,
has_schema, match_at, match_score, match_tries, proposal_deadline, retry_of, ruling_percentage, ruling_resolution,
skill_set) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, null, null, null, false, null, null, 0, null, null, null, null,
'e3b0c442-98fc-1c14-9afb-f4c8996fb924')

-- statement lock-lanes
SELECT lane FROM generate_series(0, ? - 1) AS lane WHERE pg_try_advisory_xact_lock(hashtext('earnest.outbox'), lane)

-- statement read-outbox
SELECT position, event_id, topic, key, type, subject, occurred_at, traceparent, data FROM outbox WHERE lane = ANY
(?) ORDER BY position LIMIT ?

-- statement empty-outbox
DELETE FROM outbox WHERE position = ANY (?)

-- statement admit
INSERT INTO inbox (event_id, received_at) SELECT id, ? FROM unnest(?::uuid[]) AS id ON CONFLICT DO NOTHING RETURNING
event_id; SELECT DISTINCT key FROM dead_letters WHERE replayed_at IS NULL AND topic = ? AND key = ANY (?)

-- statement write-copy
INSERT INTO tasks (id, version, status, title, buyer, agent, agent_account, team, assignees, followers) SELECT *
FROM jsonb_to_recordset(?::jsonb) AS news (id uuid, version bigint, status text, title text, buyer text, agent uuid,
"agentAccount" text, team text, assignees text[], followers text[]) ORDER BY id ON CONFLICT (id) DO UPDATE SET
version = excluded.version, status = excluded.status, title = excluded.title, agent = excluded.agent, agent_account
= excluded.agent_account, team = excluded.team, assignees = excluded.assignees, followers = excluded.followers WHERE
tasks.version < excluded.version

-- statement lock-hold
SELECT t.id, t.buyer, t.agent_account, t.team, t.readers, t.status, t.version, h.buyer, h.payee, h.state, h.refusal,
h.currency, h.budget, h.price, h.held, h.released, h.refunded, h.fee FROM tasks t LEFT JOIN holds h ON h.task_id =
t.id WHERE t.id = ANY (?::uuid[]) ORDER BY t.id FOR NO KEY UPDATE OF t

-- statement open-accounts
INSERT INTO accounts (kind, owner, currency) SELECT k.kind, k.owner, k.currency FROM unnest(?::text[], ?::text[],
?::text[]) AS k (kind, owner, currency) WHERE NOT EXISTS ( SELECT FROM accounts a WHERE a.kind = k.kind AND a.owner
= k.owner AND a.currency = k.currency) ORDER BY k.kind COLLATE "C", k.owner COLLATE "C", k.currency COLLATE "C" ON
CONFLICT DO NOTHING

-- statement lock-accounts
SELECT a.kind, a.owner, a.currency, a.id, a.balance, a.version FROM unnest(?::text[], ?::text[], ?::text[]) AS k
(kind, owner, currency) JOIN accounts a ON a.kind = k.kind AND a.owner = k.owner AND a.currency = k.currency ORDER
BY a.kind COLLATE "C", a.owner COLLATE "C", a.currency COLLATE "C" FOR NO KEY UPDATE OF a

-- statement write-facts
INSERT INTO tasks (id, buyer, agent_account, team, readers, status, version, final_at) SELECT n.id, n.buyer,
n.agent_account, n.team, ARRAY (SELECT jsonb_array_elements_text(n.readers::jsonb)), n.status, n.version, CASE WHEN
n.final THEN ?::timestamptz END FROM unnest( ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
?::integer[], ?::boolean[]) AS n (id, buyer, agent_account, team, readers, status, version, final) ORDER BY n.id ON
CONFLICT (id) DO UPDATE SET buyer = excluded.buyer, agent_account = excluded.agent_account, team = excluded.team,
readers = excluded.readers, status = excluded.status, version = excluded.version, final_at =
coalesce(tasks.final_at, excluded.final_at)

-- statement write-transfers
INSERT INTO transfers (id, kind, reference, task_id, note, occurred_at) SELECT t.*, ? FROM
unnest(?::uuid[], ?::text[], ?::text[], ?::uuid[], ?::text[]) AS t (id, kind, reference, task_id, note)

-- statement write-entries
INSERT INTO entries (account_id, account_version, transfer_id, amount, balance_before, balance_after) SELECT * FROM
unnest( ?::bigint[], ?::bigint[], ?::uuid[], ?::bigint[], ?::bigint[], ?::bigint[])

-- statement write-balances
UPDATE accounts a SET balance = n.balance, version = n.version FROM unnest(?::bigint[], ?::bigint[], ?::bigint[]) AS
n (id, balance, version) WHERE a.id = n.id

-- statement write-holds
INSERT INTO holds (task_id, buyer, payee, state, refusal, currency, budget, price, held, released, refunded, fee,
changed_at, held_at, ask_at) SELECT n.*, k.now, CASE WHEN n.held > 0 THEN k.now END, CASE WHEN n.state IN ('HELD',
'FROZEN') THEN k.ask_at END FROM unnest( ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[]) AS n (task_id, buyer, payee, state,
refusal, currency, budget, price, held, released, refunded, fee), (VALUES (?::timestamptz, ?::timestamptz)) AS k
(now, ask_at) ORDER BY n.task_id ON CONFLICT (task_id) DO UPDATE SET payee = excluded.payee, state = excluded.state,
price = excluded.price, released = excluded.released, refunded = excluded.refunded, fee = excluded.fee, changed_at =
excluded.changed_at, ask_at = excluded.ask_at

-- statement lock-spending
INSERT INTO spending AS s (kind, spender, day, spent) SELECT k.kind, k.spender, DATE '1970-01-01', 0 FROM
unnest(?::text[], ?::text[]) AS k (kind, spender) ORDER BY k.kind COLLATE "C", k.spender COLLATE "C" ON CONFLICT
(kind, spender) DO UPDATE SET spent = s.spent RETURNING s.kind, s.spender, s.day, s.spent, (SELECT c.per_task FROM
spend_caps c WHERE s.kind = 'ACCOUNT' AND c.account = s.spender), (SELECT c.per_day FROM spend_caps c WHERE s.kind =
'ACCOUNT' AND c.account = s.spender)

-- statement write-spending
UPDATE spending s SET day = n.day, spent = n.spent FROM unnest(?::text[], ?::text[], ?::date[], ?::bigint[]) AS n
(kind, spender, day, spent) WHERE s.kind = n.kind AND s.spender = n.spender

-- statement lock-head
INSERT INTO tasks AS t (id, stream_start, stream_id) SELECT id, start, start FROM unnest(?::uuid[], ?::bigint[]) AS
asked (id, start) ORDER BY id ON CONFLICT (id) DO UPDATE SET id = EXCLUDED.id RETURNING t.id, t.version, t.buyer,
t.agent, t.agent_account, t.team, t.assignees, t.followers, t.title, t.status, t.previous_status, t.status_at,
t.attempt, t.callback_url, t.timeline_seq, t.stream_start, t.stream_id, t.done_id

-- statement write-head
UPDATE tasks SET version = ?, buyer = ?, agent = ?, agent_account = ?, team = ?, assignees = ?, followers = ?, title
= ?, status = ?, previous_status = ?, status_at = ?, attempt = ?, callback_url = ?, timeline_seq = ?, stream_id = ?,
done_id = ? WHERE id = ?

-- statement write-timeline
INSERT INTO timeline (task, seq, source, type, severity, occurred_at, data) VALUES (?, ?, ?, ?, ?, ?, ?::json)

-- statement write-stream-events
INSERT INTO stream_events (task, id, name, data) VALUES (?, ?, ?, ?)

-- statement lock-tasks
select t1_0.id, t1_0.agent_account, t1_0.agent_id, t1_0.assigned_at, t1_0.attempt, t1_0.title, t1_0.description,
t1_0.category, t1_0.requirements, t1_0.required_skills, t1_0.metadata, t1_0.priority, t1_0.budget, t1_0.buyer,
t1_0.callback_url, t1_0.deadline, t1_0.expires_at, t1_0.lease_until, t1_0.paused_millis, t1_0.paused_since,
t1_0.review_until, t1_0.timeout_seconds, t1_0.wake_at, t1_0.created_at, t1_0.currency, t1_0.deliveries,
t1_0.dispute_id, t1_0.finished_at, t1_0.funded, t1_0.hiring, t1_0.max_attempts, t1_0.mode, t1_0.previous_state,
t1_0.price, t1_0.progress, t1_0.progress_message, t1_0.rating, t1_0.reason, t1_0.review, t1_0.review_text,
t1_0.revisions, t1_0.stage, t1_0.state, t1_0.updated_at, t1_0.version, t1_0.artifacts, t1_0.budget_max,
t1_0.budget_min, t1_0.capability, t1_0.has_schema, t1_0.match_at, t1_0.match_score, t1_0.match_tries,
t1_0.proposal_deadline, t1_0.retry_of, t1_0.ruling_percentage, t1_0.ruling_resolution, t1_0.skill_set from tasks
t1_0 where t1_0.id in (?) order by t1_0.id for no key update of t1_0

-- statement lock-agent
select a1_0.id, a1_0.account, a1_0.active, a1_0.base_price, a1_0.categories, a1_0.completed, a1_0.created_at,
a1_0.description, a1_0.failures_in_row, a1_0.juror, a1_0.max_concurrent, a1_0.name, a1_0.pricing_model,
a1_0.rating_count, a1_0.rating_sum, a1_0.webhook_secret, a1_0.skills, a1_0.slug, a1_0.status, a1_0.tagline,
a1_0.team, a1_0.updated_at, a1_0.version, a1_0.webhook_url, a1_0.adjustment, a1_0.available, a1_0.last_seen_at,
a1_0.offers, a1_0.rating, a1_0.reputation from agents a1_0 where a1_0.id in (?) order by a1_0.id for no key update
of a1_0

-- statement count-active
update agents set active=? where id=?

-- statement assign-task
update tasks set assigned_at=?, attempt=?, deadline=?, expires_at=?, lease_until=?, match_at=null, match_tries=0,
paused_millis=?, paused_since=?, review_until=?, timeout_seconds=?, wake_at=?, funded=?, hiring=?, previous_state=?,
state=?, updated_at=?, version=? where id=?

-- statement read-agents
SELECT id, account, name, webhook_url, webhook_secret, version, profile FROM agents WHERE id = ANY (?)

-- statement lock-task
select t1_0.id, t1_0.agent_account, t1_0.agent_id, t1_0.assigned_at, t1_0.attempt, t1_0.title, t1_0.description,
t1_0.category, t1_0.requirements, t1_0.required_skills, t1_0.metadata, t1_0.priority, t1_0.budget, t1_0.buyer,
t1_0.callback_url, t1_0.deadline, t1_0.expires_at, t1_0.lease_until, t1_0.paused_millis, t1_0.paused_since,
t1_0.review_until, t1_0.timeout_seconds, t1_0.wake_at, t1_0.created_at, t1_0.currency, t1_0.deliveries,
t1_0.dispute_id, t1_0.finished_at, t1_0.funded, t1_0.hiring, t1_0.max_attempts, t1_0.mode, t1_0.previous_state,
t1_0.price, t1_0.progress, t1_0.progress_message, t1_0.rating, t1_0.reason, t1_0.review, t1_0.review_text,
t1_0.revisions, t1_0.stage, t1_0.state, t1_0.updated_at, t1_0.version, t1_0.artifacts, t1_0.budget_max,
t1_0.budget_min, t1_0.capability, t1_0.has_schema, t1_0.match_at, t1_0.match_score, t1_0.match_tries,
t1_0.proposal_deadline, t1_0.retry_of, t1_0.ruling_percentage, t1_0.ruling_resolution, t1_0.skill_set from tasks
t1_0 where t1_0.id=? for no key update of t1_0

-- statement progress-task
update tasks set progress=?, progress_message=?, stage=?, updated_at=?, version=? where id=?

-- statement lock-agent-alone
select a1_0.id, a1_0.account, a1_0.active, a1_0.base_price, a1_0.categories, a1_0.completed, a1_0.created_at,
a1_0.description, a1_0.failures_in_row, a1_0.juror, a1_0.max_concurrent, a1_0.name, a1_0.pricing_model,
a1_0.rating_count, a1_0.rating_sum, a1_0.webhook_secret, a1_0.skills, a1_0.slug, a1_0.status, a1_0.tagline,
a1_0.team, a1_0.updated_at, a1_0.version, a1_0.webhook_url, a1_0.adjustment, a1_0.available, a1_0.last_seen_at,
a1_0.offers, a1_0.rating, a1_0.reputation from agents a1_0 where a1_0.id=? for no key update of a1_0

-- statement write-deliveries
insert into deliveries (artifacts, attempt, delivered_at, output, result_summary, task_id, round) values (?, ?, ?,
?, ?, ?, ?)

-- statement deliver-task
update tasks set deadline=?, expires_at=?, lease_until=?, match_at=null, match_tries=0, paused_millis=?,
paused_since=?, review_until=?, timeout_seconds=?, wake_at=?, deliveries=?, previous_state=?, state=?, updated_at=?,
version=? where id=?

-- statement write-executions
insert into executions (agent_account, agent_id, ended_at, hiring, outcome, started_at, task_id, attempt) values (?,
?, ?, ?, ?, ?, ?, ?)

-- statement credit-agent
update agents set completed=?, rating_count=?, rating_sum=?, rating=4.5, reputation=3.5 where id=?

-- statement complete-task
update tasks set deadline=?, expires_at=?, lease_until=?, match_at=null, match_tries=0, paused_millis=?,
paused_since=?, review_until=?, timeout_seconds=?, wake_at=?, finished_at=?, previous_state=?, rating=?,
review_text=?, state=?, updated_at=?, version=? where id=?

-- statement write-agent
insert into agents (id, version, account, name, description, categories, skills, base_price, pricing_model,
max_concurrent, juror, status, active, failures_in_row, completed, rating_sum, rating_count, created_at, updated_at,
available, offers) values (?, 1, ?, 'Ada', 'Builds APIs', '{CODING}', '{}', 20000000, 'PER_TASK', 5, false,
'ACTIVE', 0, 0, 0, 0, 0, ?, ?, true, '{coding}')

-- statement write-known-agent
INSERT INTO agents (id, account, name, version) VALUES (?, ?, 'Ada', 1)

-- script person
-- transaction task: agent
write-agent | $agent | $payee | $now | $now

-- transaction messaging: agent
write-known-agent | $agent | $payee

-- transaction escrow: deposit
open-accounts | {OUTSIDE,WALLET} | {$shard,$buyer} | {USDC,USDC}
lock-accounts | {OUTSIDE,WALLET} | {$shard,$buyer} | {USDC,USDC}
write-transfers | $now | {$new_deposit} | {DEPOSIT} | {$new_deposit} | {NULL} | {NULL}
write-entries | {$id.1,$id.2} | {${version.1 + 1},${version.2 + 1}} | {$new_deposit,$new_deposit} | {-1000000000000000,1000000000000000} | {$balance.1,$balance.2} | {${balance.1 - 1000000000000000},${balance.2 + 1000000000000000}}
write-balances | {$id.1,$id.2} | {${balance.1 - 1000000000000000},${balance.2 + 1000000000000000}} | {${version.1 + 1},${version.2 + 1}}

-- script lifecycle
-- transaction task: looks up the agent
read-agent | $agent

-- transaction task: created
tell | $lane | $new_task_created | task.events | $task | earnest.task.created.v1 | $task | $now | $trace | #earnest.task.created.v1
insert-task | $payee | $agent | null | 0 | A REST API | CRUD for products | CODING | null | {} | null | NORMAL | 50000000 | $buyer | null | null | $inAWeek | null | 0 | null | null | null | $inAWeek | $now | USDC | 0 | null | null | f | null | 3 | DIRECT | null | 50000000 | null | null | null | null | BUYER | null | 0 | null | PENDING | $now | 1 | $task

-- transaction task: relay
lock-lanes | 16
read-outbox | {$lane.*} | 1000
empty-outbox | {$position.*}

-- transaction dispute: hears task.created
admit | $now | {$new_task_created} | task.events | {$task}
write-copy | [{"id":"$task","version":1,"status":"PENDING","title":"A REST API","buyer":"$buyer","agent":"$agent","agentAccount":"$payee","team":null,"assignees":[],"followers":[]}]

-- transaction escrow: hears task.created
admit | $now | {$new_task_created} | task.events | {$task}
lock-hold | {$task}
lock-spending | {ACCOUNT} | {$buyer}
open-accounts | {WALLET,ESCROW} | {$buyer,$task} | {USDC,USDC}
lock-accounts | {WALLET,ESCROW} | {$buyer,$task} | {USDC,USDC}
write-facts | $now | {$task} | {$buyer} | {$payee} | {NULL} | {[]} | {PENDING} | {1} | {f}
write-transfers | $now | {$new_hold} | {HOLD} | {$task} | {$task} | {NULL}
write-entries | {$id.2,$id.1} | {${version.2 + 1},${version.1 + 1}} | {$new_hold,$new_hold} | {-50000000,50000000} | {$balance.2,$balance.1} | {${balance.2 - 50000000},${balance.1 + 50000000}}
write-balances | {$id.2,$id.1} | {${balance.2 - 50000000},${balance.1 + 50000000}} | {${version.2 + 1},${version.1 + 1}}
write-spending | {ACCOUNT} | {$buyer} | {$day.1} | {${spent.1 + 50000000}}
write-holds | {$task} | {$buyer} | {NULL} | {HELD} | {NULL} | {USDC} | {50000000} | {50000000} | {50000000} | {0} | {0} | {0} | $now | $inAWeek
tell | $lane | $new_escrow_held | escrow.events | $task | earnest.escrow.held.v1 | $task | $now | $trace | #earnest.escrow.held.v1

-- transaction messaging: hears task.created
admit | $now | {$new_task_created} | task.events | {$task}
lock-head | {$task} | {$stream}
write-head | 1 | $buyer | $agent | $payee | null | {} | {} | A REST API | PENDING | null | $now | 0 | null | 1 | ${stream + 1} | null | $task
write-timeline | $task | 1 | task-service | task.created | info | $now | @earnest.task.created.v1
write-stream-events | $task | ${stream + 1} | status | {"status":"PENDING","previousStatus":null,"timestamp":"$now"}

-- transaction escrow: relay
lock-lanes | 16
read-outbox | {$lane.*} | 1000
empty-outbox | {$position.*}

-- transaction task: hears escrow.held
admit | $now | {$new_escrow_held} | escrow.events | {$task}
lock-tasks | $task
lock-agent | $agent
tell | $lane | $new_task_assigned | task.events | $task | earnest.task.assigned.v1 | $task | $now | $trace | #earnest.task.assigned.v1
count-active | 1 | $agent
assign-task | $now | 1 | $inAWeek | null | null | 0 | null | null | null | $inAWeek | t | DIRECT | PENDING | EXECUTING | $now | 3 | $task

-- transaction task: relay
lock-lanes | 16
read-outbox | {$lane.*} | 1000
empty-outbox | {$position.*}

-- transaction messaging: hears escrow.held
admit | $now | {$new_escrow_held} | escrow.events | {$task}
lock-head | {$task} | {$stream}
write-head | 1 | $buyer | $agent | $payee | null | {} | {} | A REST API | PENDING | null | $now | 0 | null | 2 | ${stream + 1} | null | $task
write-timeline | $task | 2 | escrow-service | escrow.held | info | $now | @earnest.escrow.held.v1

-- transaction escrow: hears task.assigned
admit | $now | {$new_task_assigned} | task.events | {$task}
lock-hold | {$task}
open-accounts | {WALLET,ESCROW} | {$buyer,$task} | {USDC,USDC}
lock-accounts | {WALLET,ESCROW} | {$buyer,$task} | {USDC,USDC}
write-facts | $now | {$task} | {$buyer} | {$payee} | {NULL} | {[]} | {EXECUTING} | {3} | {f}

-- transaction dispute: hears task.assigned
admit | $now | {$new_task_assigned} | task.events | {$task}
write-copy | [{"id":"$task","version":3,"status":"EXECUTING","title":"A REST API","buyer":"$buyer","agent":"$agent","agentAccount":"$payee","team":null,"assignees":[],"followers":[]}]

-- transaction messaging: hears task.assigned
admit | $now | {$new_task_assigned} | task.events | {$task}
lock-head | {$task} | {$stream}
write-head | 3 | $buyer | $agent | $payee | null | {} | {} | A REST API | EXECUTING | PENDING | $now | 1 | null | 3 | ${stream + 2} | null | $task
write-timeline | $task | 3 | task-service | task.assigned | info | $now | @earnest.task.assigned.v1
write-stream-events | $task | ${stream + 2} | status | {"status":"EXECUTING","previousStatus":"PENDING","timestamp":"$now"}
read-agents | {$agent}

-- transaction task: progressed
lock-task | $task
tell | $lane | $new_task_progressed | task.events | $task | earnest.task.progressed.v1 | $task | $now | $trace | #earnest.task.progressed.v1
progress-task | 45 | half | implementation | $now | 4 | $task

-- transaction task: relay
lock-lanes | 16
read-outbox | {$lane.*} | 1000
empty-outbox | {$position.*}

-- transaction escrow: hears task.progressed
admit | $now | {$new_task_progressed} | task.events | {$task}
lock-hold | {$task}

-- transaction messaging: hears task.progressed
admit | $now | {$new_task_progressed} | task.events | {$task}
lock-head | {$task} | {$stream}
write-head | 4 | $buyer | $agent | $payee | null | {} | {} | A REST API | EXECUTING | PENDING | $now | 1 | null | 4 | ${stream + 3} | null | $task
write-timeline | $task | 4 | task-service | task.progressed | info | $now | @earnest.task.progressed.v1
write-stream-events | $task | ${stream + 3} | progress | {"progress":45,"message":"half","stage":"implementation"}

-- transaction dispute: hears task.progressed
admit | $now | {$new_task_progressed} | task.events | {$task}
write-copy | [{"id":"$task","version":4,"status":"EXECUTING","title":"A REST API","buyer":"$buyer","agent":"$agent","agentAccount":"$payee","team":null,"assignees":[],"followers":[]}]

-- transaction task: delivered
lock-task | $task
lock-agent-alone | $agent
tell | $lane | $new_task_delivered | task.events | $task | earnest.task.delivered.v1 | $task | $now | $trace | #earnest.task.delivered.v1
write-deliveries | [{"id":"$new_artifact","type":"CODE","title":"Source","url":"https://git.example/api","description":null}] | 1 | $now | null | done | $task | 1
count-active | 0 | $agent
deliver-task | null | null | null | 0 | null | $inTwoDays | null | $inTwoDays | 1 | EXECUTING | DELIVERED | $now | 5 | $task

-- transaction task: relay
lock-lanes | 16
read-outbox | {$lane.*} | 1000
empty-outbox | {$position.*}

-- transaction dispute: hears task.delivered
admit | $now | {$new_task_delivered} | task.events | {$task}
write-copy | [{"id":"$task","version":5,"status":"DELIVERED","title":"A REST API","buyer":"$buyer","agent":"$agent","agentAccount":"$payee","team":null,"assignees":[],"followers":[]}]

-- transaction messaging: hears task.delivered
admit | $now | {$new_task_delivered} | task.events | {$task}
lock-head | {$task} | {$stream}
write-head | 5 | $buyer | $agent | $payee | null | {} | {} | A REST API | DELIVERED | EXECUTING | $now | 1 | null | 5 | ${stream + 5} | null | $task
write-timeline | $task | 5 | task-service | task.delivered | info | $now | @earnest.task.delivered.v1
write-stream-events | $task | ${stream + 4} | delivery | {"resultSummary":"done","artifacts":[{"id":"$new_artifact","type":"CODE","title":"Source","url":"https://git.example/api","description":null}],"deliveredAt":"$now"}
write-stream-events | $task | ${stream + 5} | status | {"status":"DELIVERED","previousStatus":"EXECUTING","timestamp":"$now"}
read-agents | {$agent}

-- transaction escrow: hears task.delivered
admit | $now | {$new_task_delivered} | task.events | {$task}
lock-hold | {$task}
write-facts | $now | {$task} | {$buyer} | {$payee} | {NULL} | {[]} | {DELIVERED} | {5} | {f}

-- transaction task: completed
lock-task | $task
lock-agent-alone | $agent
tell | $lane | $new_task_completed | task.events | $task | earnest.task.completed.v1 | $task | $now | $trace | #earnest.task.completed.v1
write-executions | $payee | $agent | $now | DIRECT | COMPLETED | $now | $task | 1
credit-agent | 2 | 2 | 10 | $agent
complete-task | null | null | null | 0 | null | null | null | null | $now | DELIVERED | 5 | good | COMPLETED | $now | 6 | $task

-- transaction task: relay
lock-lanes | 16
read-outbox | {$lane.*} | 1000
empty-outbox | {$position.*}

-- transaction dispute: hears task.completed
admit | $now | {$new_task_completed} | task.events | {$task}
write-copy | [{"id":"$task","version":6,"status":"COMPLETED","title":"A REST API","buyer":"$buyer","agent":"$agent","agentAccount":"$payee","team":null,"assignees":[],"followers":[]}]

-- transaction escrow: hears task.completed
admit | $now | {$new_task_completed} | task.events | {$task}
lock-hold | {$task}
open-accounts | {ESCROW,FEE,WALLET,WALLET} | {$task,$shard,$payee,$buyer} | {USDC,USDC,USDC,USDC}
lock-accounts | {ESCROW,FEE,WALLET,WALLET} | {$task,$shard,$payee,$buyer} | {USDC,USDC,USDC,USDC}
write-facts | $now | {$task} | {$buyer} | {$payee} | {NULL} | {[]} | {COMPLETED} | {6} | {t}
write-transfers | $now | {$new_release} | {RELEASE} | {$task} | {$task} | {NULL}
write-entries | {$id.1,$id.3,$id.2} | {${version.1 + 1},${version.3 + 1},${version.2 + 1}} | {$new_release,$new_release,$new_release} | {-50000000,47500000,2500000} | {$balance.1,$balance.3,$balance.2} | {${balance.1 - 50000000},${balance.3 + 47500000},${balance.2 + 2500000}}
write-balances | {$id.1,$id.3,$id.2} | {${balance.1 - 50000000},${balance.3 + 47500000},${balance.2 + 2500000}} | {${version.1 + 1},${version.3 + 1},${version.2 + 1}}
write-holds | {$task} | {$buyer} | {$payee} | {RELEASED} | {NULL} | {USDC} | {50000000} | {50000000} | {50000000} | {50000000} | {0} | {2500000} | $now | $inAWeek
tell | $lane | $new_escrow_released | escrow.events | $task | earnest.escrow.released.v1 | $task | $now | $trace | #earnest.escrow.released.v1

-- transaction escrow: relay
lock-lanes | 16
read-outbox | {$lane.*} | 1000
empty-outbox | {$position.*}

-- transaction messaging: hears task.completed
admit | $now | {$new_task_completed} | task.events | {$task}
lock-head | {$task} | {$stream}
write-head | 6 | $buyer | $agent | $payee | null | {} | {} | A REST API | COMPLETED | DELIVERED | $now | 1 | null | 6 | ${stream + 7} | ${stream + 7} | $task
write-timeline | $task | 6 | task-service | task.completed | info | $now | @earnest.task.completed.v1
write-stream-events | $task | ${stream + 6} | status | {"status":"COMPLETED","previousStatus":"DELIVERED","timestamp":"$now"}
write-stream-events | $task | ${stream + 7} | done | {"status":"COMPLETED","previousStatus":"DELIVERED","timestamp":"$now"}
read-agents | {$agent}

-- transaction messaging: hears escrow.released
admit | $now | {$new_escrow_released} | escrow.events | {$task}
lock-head | {$task} | {$stream}
write-head | 6 | $buyer | $agent | $payee | null | {} | {} | A REST API | COMPLETED | DELIVERED | $now | 1 | null | 7 | ${stream + 7} | ${stream + 7} | $task
write-timeline | $task | 7 | escrow-service | escrow.released | info | $now | @earnest.escrow.released.v1

-- transaction task: hears escrow.released
admit | $now | {$new_escrow_released} | escrow.events | {$task}
lock-tasks | $task
lock-agent | $agent
