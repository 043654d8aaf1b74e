# Root of the machine runs this: an ordinary user, for whom systemd works, does what the test is about.
home="/srv/$NAME"
systemctl start "user@$NUMBER.service" || exit 1
as_user() {
    setpriv --reuid="$NUMBER" --regid="$NUMBER" --clear-groups env HOME="$home" USER="$NAME" TMPDIR="$home" \
        PYTHONPATH="$ROOT" GRADING_HIDDEN="$home/hidden" XDG_RUNTIME_DIR="/run/user/$NUMBER" "$@"
}
cd "$home" || exit 1
as_user systemd-run --user --scope --quiet --property=Delegate=yes "$PYTHON" "$WHERE/limits.py"
as_user "$PYTHON" -m grading run gaussian-mixture --course "$home/course" --jobs 1
echo "EXIT $?"
sleep 3  # meanwhile systemd removes the scope
echo "LEFT [$(find /sys/fs/cgroup -name 'grading-*')]"
