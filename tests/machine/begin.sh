#!/bin/sh
# The first program of the machine: it keeps all that is written in memory, and then starts systemd.
mount -t proc proc /proc
mount -t tmpfs tmpfs /mnt
mkdir /mnt/written /mnt/work /mnt/root
"$PYTHON" "$WHERE/load.py" "$MODULE" || exit 1
mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/written,workdir=/mnt/work /mnt/root || exit 1
cd /mnt/root || exit 1
echo "$NAME:x:$NUMBER:$NUMBER::/srv/$NAME:/bin/sh" >> etc/passwd
echo "$NAME:x:$NUMBER:" >> etc/group
echo "$NAME:*:19000:0:99999:7:::" >> etc/shadow
mkdir -p "srv/$NAME"
cp -r "$BROUGHT/." "srv/$NAME/"
chown -R "$NUMBER:$NUMBER" "srv/$NAME"
IFS=:
for folder in $CLOSED; do
    chmod o+rx ".$folder"
done
unset IFS
: > etc/fstab
for unit in systemd-tmpfiles-setup.service systemd-tmpfiles-clean.service; do
    ln -sf /dev/null "etc/systemd/system/$unit"  # they would read all of /tmp
done
cat > etc/systemd/system/inside.service <<UNIT
[Unit]
Requires=basic.target dbus.service systemd-logind.service
After=basic.target dbus.service systemd-logind.service
[Service]
Type=oneshot
StandardOutput=tty
TTYPath=/dev/tty0
Environment=NUMBER=$NUMBER NAME=$NAME ROOT=$ROOT PYTHON=$PYTHON WHERE=$WHERE
ExecStart=/bin/sh $WHERE/inside.sh
ExecStopPost=/sbin/poweroff -f
TimeoutStartSec=infinity
UNIT
umount /proc
exec switch_root /mnt/root /lib/systemd/systemd --unit=inside.service systemd.show_status=0
