#!/bin/sh
# A view of this machine with three more users. It ends with its last process, and nothing of it stays.
# $1: a folder that is seen as /srv, with its own passwd and group.
set -e
mount --make-rprivate /
mount --bind "$1" /srv
for name in passwd group; do
    mount --bind "/srv/$name" "/etc/$name"
done
echo ready
exec sleep infinity
