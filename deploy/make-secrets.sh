#!/bin/sh
# Make what compose.yaml needs beside itself, once: secrets, and the folder of show files. What is there
# stays. Empty secrets are not in use: write a token or keys into their files. The programs in the
# containers run as user 1000, who must be able to read them.
set -eu
umask 077

case $(id -u) in
0 | 1000) ;;
*)
  echo "The secrets must belong to user 1000, as whom the containers run. Run: sudo $0" >&2
  exit 1
  ;;
esac

cd "$(dirname "$0")"
if [ ! -d ../shows ]; then # Docker would make it, as root's
  (umask 022 && mkdir ../shows)
  chown "${SUDO_UID:-$(id -u)}" ../shows
fi
mkdir -p secrets
cd secrets

random() {
  od -An -N32 -tx1 /dev/urandom | tr -d ' \n'
}

[ -s api_password ] || printf 'interlinear:%s' "$(random)" >api_password
[ -s database_password ] || random >database_password
[ -s webhook_secret ] || printf 'whsec_%s' "$(head -c 32 /dev/urandom | base64)" >webhook_secret
touch hub_token aws_access_key_id aws_secret_access_key
if [ "$(id -u)" = 0 ]; then
  chown -R 1000 .
fi
echo "User and password of the UI are in $PWD/api_password, as user:password."
