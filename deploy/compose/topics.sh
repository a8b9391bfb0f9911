#!/bin/sh
# The topics that are missing; the whole states of identity.events are compacted.
set -eu
for topic in task.events escrow.events dispute.events message.events identity.events dead.letters dead.letter.replays; do
  config=""
  [ "$topic" = identity.events ] && config="--config cleanup.policy=compact"
  # shellcheck disable=SC2086
  /opt/kafka/bin/kafka-topics.sh --bootstrap-server kafka:9092 --create --if-not-exists \
    --topic "$topic" --partitions 12 --replication-factor 1 $config
done
