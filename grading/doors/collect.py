"""`nbgrader collect`: each student's newest submission, and the earlier ones as attempts."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from nbgrader.exchange.default import ExchangeCollect

from grading.doors.inbound import AFTER, Inbound, copy_inbound, exchange_folders, inbound, owner_name
from grading.private import make_all_private, make_folder, make_private
from grading.repair.decode import Unreadable
from grading.roster import listed
from grading.submitted.attempts import keep_attempt, kept_times, stamp_in
from grading.submitted.names import shown

NOT_OURS = (
    "%s has the name of the student %s, but belongs to the user %s. It was not collected. Ask both who "
    "handed it in. If all students of your hub share one user account, set c.ExchangeCollect.check_owner = "
    "False in nbgrader_config.py"
)
LATER = (
    f"%s: the submission was changed at %s (UTC), more than {AFTER // 60} minutes after the time in its own "
    "name. So the time in its name may be wrong"
)
NO_NAME = "%s in the exchange does not have the name of a submission. It was not collected"
KEPT = 1_000  # bytes in a kB of nbgrader's max_dir_size


class Collect(ExchangeCollect):
    """The collection of an assignment. Whatever files one student has put there, all others are collected."""

    def init_src(self) -> None:
        """Find the submissions of each student, the newest last."""
        asked = self.coursedir.student_id or "*"
        self._require_inbound()
        found = defaultdict[str, list[Inbound]](list)
        for each in self._inbound():
            if fnmatch(each.student, asked) and self._is_own(each):
                found[each.student].append(each)
        self.src_records = []  # so that nbgrader's own copy_files has nothing to do
        self.found = {who: sorted(all_of, key=lambda one: one.time) for who, all_of in found.items()}

    def _require_inbound(self) -> None:
        if self.coursedir.course_id == "":
            self.fail("No course id specified. Re-run with --course flag.")
        self.inbound_path = os.path.join(self.root, self.coursedir.course_id, "inbound")
        if not os.path.isdir(self.inbound_path):
            self.fail(f"Course not found: {self.inbound_path}. Release an assignment first.")
        if not os.access(self.inbound_path, os.R_OK | os.X_OK):
            self.fail(f"You don't have read permissions for the directory: {self.inbound_path}")

    def _inbound(self) -> Iterator[Inbound]:
        name = self.coursedir.assignment_id
        for path in exchange_folders(Path(self.inbound_path)):
            one = inbound(path, name)
            if one:
                yield one
            elif f"+{name}+" in path.name:
                self.log.warning(NO_NAME, shown(path.name))

    def _is_own(self, one: Inbound) -> bool:
        """Tell whether a submission belongs to the student whose name it has."""
        owner = owner_name(one.owner)
        if self.check_owner and owner != one.student:
            self.log.error(NOT_OURS, shown(one.folder.name), shown(one.student), owner)
            return False
        return True

    def copy_files(self) -> None:
        """Collect the submissions of one student after the other."""
        what = f"of '{self.coursedir.assignment_id}' for course '{self.coursedir.course_id}'"
        if not self.found:
            self.log.warning("No submissions %s to collect", what)
            return
        self.log.info("Processing submissions of %d students %s", len(self.found), what)
        failed = [student for student, all_of in self.found.items() if not self._try(student, all_of)]
        if failed:
            self.fail(f"Not collected: {listed(failed, 20)}. The lines above say why.")

    def _try(self, student: str, all_of: list[Inbound]) -> bool:
        """Collect the submissions of one student; return whether this was possible."""
        try:
            self._collect(student, all_of)
            return True
        except (Unreadable, OSError) as error:
            self.log.error("%s: not collected: %s", shown(student), error)
            return False

    def _collect(self, student: str, all_of: list[Inbound]) -> None:
        chosen = self._chosen(all_of)
        dest = self._dest(student)
        before = self.coursedir.get_existing_timestamp(str(dest)) if dest.is_dir() else None
        if dest.is_dir() and not (self._replaces(before, chosen)):
            hint = (
                "No newer submission to collect"
                if self.update
                else "Use --update to collect a newer submission"
            )
            self.log.info("%s: %s", hint, shown(student))
        else:
            if late := chosen.changed_after:
                self.log.warning(LATER, shown(student), f"{late:%Y-%m-%d %H:%M}")
            others = [one for one in all_of if one is not chosen]
            # Older than the submission that is in submitted/ now.
            older = [one for one in others if before and one.time < before]
            self._keep(student, older, dest)
            self._take(student, chosen, dest)
            self._keep(student, [one for one in others if one not in older], dest)

    def _chosen(self, all_of: list[Inbound]) -> Inbound:
        """Return the newest submission; if --before-duedate is set, the newest one before the due date."""
        due = self._due() if self.before_duedate else None
        in_time = [one for one in all_of if due is None or one.time <= due]
        return (in_time or all_of)[-1]

    def _due(self) -> object:
        from nbgrader.api import Gradebook, MissingEntry

        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as book:
            try:
                return book.find_assignment(self.coursedir.assignment_id).duedate
            except MissingEntry:
                return None

    def _replaces(self, before: object, chosen: Inbound) -> bool:
        newer = before is None or chosen.time > before
        return (self.update and newer) or (self.before_duedate and before != chosen.time)

    def _dest(self, student: str) -> Path:
        named = self.coursedir.submitted_directory, student, self.coursedir.assignment_id
        return Path(self.coursedir.format_path(*named))

    def _take(self, student: str, one: Inbound, dest: Path) -> None:
        """Copy a submission into submitted/; the submission that was there becomes an attempt."""
        top = Path(self.coursedir.format_path(self.coursedir.submitted_directory, ".", "."))
        make_folder(dest.parent)
        for folder in (top, dest.parent):
            make_private(folder)
        with self._copied(one) as copy:
            if dest.is_dir():
                keep_attempt(Path(self.coursedir.root), student, dest.name, dest)
                self.log.info("Updating submission: %s %s", shown(student), dest.name)
            else:
                self.log.info("Collecting submission: %s %s", shown(student), dest.name)
            shutil.move(copy, dest)
        make_all_private(dest)

    def _keep(self, student: str, others: list[Inbound], dest: Path) -> None:
        """Keep submissions that were never collected as attempts."""
        root = Path(self.coursedir.root)
        known = {*kept_times(root, student, dest.name), stamp_in(dest)}
        for one in others:
            if stamp_in(one.folder) in known:
                continue
            try:
                with self._copied(one) as copy:
                    keep_attempt(root, student, dest.name, copy)
            except (Unreadable, OSError) as error:
                self.log.warning("%s: an earlier attempt is not kept: %s", shown(student), error)

    @contextlib.contextmanager
    def _copied(self, one: Inbound) -> Iterator[Path]:
        """Copy a submission into a temporary folder beside submitted/; the caller moves it to its place."""
        with tempfile.TemporaryDirectory(prefix=".collect-", dir=self.coursedir.root) as folder:
            copy = Path(folder, "copy")
            strange = copy_inbound(one, copy, self.coursedir.max_dir_size * KEPT, self._is_left_out)
            for each in strange:
                self.log.warning("%s: left out: %s", shown(one.student), each)
            yield copy

    def _is_left_out(self, name: str) -> bool:
        return any(fnmatch(name, pattern) for pattern in self.coursedir.ignore)
