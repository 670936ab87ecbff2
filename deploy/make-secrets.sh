#!/bin/sh
# Make the secrets of compose.yaml, once; those that are there stay. The programs in the containers
# run as user 1000, who must be able to read them.
set -eu
umask 077

cd "$(dirname "$0")"
mkdir -p secrets
cd secrets

random() {
  od -An -N32 -tx1 /dev/urandom | tr -d ' \n'
}

[ -s api_password ] || printf 'interlinear:%s' "$(random)" >api_password
[ -s database_password ] || random >database_password
[ -e hub_token ] || printf '%s' "${HF_TOKEN:-}" >hub_token
if [ "$(id -u)" = 0 ]; then
  chown -R 1000 .
fi
echo "The password of the UI is in $PWD/api_password."
