#!/bin/sh
# Run once as the user postgres on the machine of the database (PostgreSQL 15 or newer).
set -eu
createuser okil
createdb --owner okil --encoding UTF8 --template template0 okil
psql --quiet --command "REVOKE ALL ON DATABASE okil FROM PUBLIC"
