#!/bin/bash
# Once, when the server is new: a database for each service, with an owner that migrates and a role that the service runs as.
set -euo pipefail
for database in task escrow dispute messaging; do
  psql -v ON_ERROR_STOP=1 -v database="$database" -v owner="${database}_owner" -v runner="${database}_service" \
    -v owner_password="$OWNER_PASSWORD" -v runner_password="$RUNNER_PASSWORD" --username postgres <<'SQL'
CREATE ROLE :"owner" LOGIN PASSWORD :'owner_password';
CREATE ROLE :"runner" LOGIN PASSWORD :'runner_password';
CREATE DATABASE :"database" OWNER :"owner";
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO :"runner";
\connect :"database"
ALTER SCHEMA public OWNER TO :"owner";
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO :"runner";
SQL
done
