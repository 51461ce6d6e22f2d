#!/bin/sh
# Two roles, each with a database of its own: Airflow's metadata, and Celery's results. A worker, which
# opens what strangers wrote, has the password of the second alone.
# PostgreSQL's image runs this once, when its volume is new; psql takes the rest from PG… variables.
set -eu
secrets=${SECRETS:-/run/secrets}

for pair in airflow:airflow_password results:results_password; do
  role=${pair%%:*}
  password=$(cat "$secrets/${pair##*:}")
  psql --set ON_ERROR_STOP=1 --quiet --username "${POSTGRES_USER:-postgres}" --dbname postgres \
    --set role="$role" --set password="$password" <<'SQL'
CREATE ROLE :"role" LOGIN PASSWORD :'password';
CREATE DATABASE :"role" OWNER :"role";
REVOKE ALL ON DATABASE :"role" FROM PUBLIC;
SQL
done
