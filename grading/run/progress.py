"""A run in the terminal: its progress, the submissions that need a person, and its last lines."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from functools import partial

from tqdm import tqdm

from grading.roster import listed
from grading.run.course import ClassRun
from grading.run.options import Done
from grading.run.pool import Pool
from grading.run.said import above_the_bar, at_the_end, of_the_class, stopped

LONG, MOST_NAMED = 20.0, 3  # after so many seconds without a result, so many students are named
BEFORE = "the reference first"  # marking it takes seconds, and meanwhile no submission is marked


@contextmanager
def workers_of(address: str | None) -> Iterator[Pool | None]:
    """Yield the workers of a scheduler until the run is over; None if no scheduler is named."""
    if not address:
        yield None
        return
    try:
        from grading.run.cluster import Cluster
    except ImportError:
        raise ValueError("--scheduler needs dask: pip install -e '.[instructor,cluster]', on all.") from None
    for name in ("distributed", "distributed.client"):  # this program says what matters of its messages
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with closing(Cluster(address, say=above_the_bar)) as pool:
        yield pool


def name_the_slow(bar: tqdm, students: Collection[str], seconds: float) -> None:
    """Show in the bar for whom it waits, if that takes long: a loop without an end runs into a limit."""
    bar.set_description_str(None, refresh=False)
    if seconds >= LONG:
        minutes = f"for {seconds / 60:.0f} min" if seconds >= 60 else f"for {seconds:.0f} s"
        bar.set_postfix_str(f"waiting {minutes}: {listed(students, MOST_NAMED)}")


def report_on(run: ClassRun, asked: str = "") -> int:
    """Show the progress of a run, and a line for every submission that could not be marked.

    asked: a hash of what the run is asked for. With it, the next run can know whether it has something to do.
    """
    counts: Counter[str] = Counter()
    with tqdm(total=run.count, unit="submission", desc=BEFORE, disable=not run.count) as bar:
        run.waiting = partial(name_the_slow, bar)
        try:
            with closing(run.results()) as results:
                for result in results:
                    bar.set_description_str(None, refresh=False)
                    bar.set_postfix_str("", refresh=False)
                    counts[result.status] += 1
                    counts["unread"] += result.unread
                    counts[result.done] += 1
                    if result.done is Done.NOT_MARKED:
                        bar.write(str(result))
                    bar.update()
            ended = ""
        except KeyboardInterrupt:
            ended = stopped(run)
    if ended:
        print(ended)
        return 130
    print(*at_the_end(run, counts), sep="\n")
    if asked and run.settled and not (run.said or counts[Done.NOT_MARKED]):
        again = counts + Counter({Done.UNCHANGED: counts[Done.MARKED], Done.MARKED: -counts[Done.MARKED]})
        run.quiet.remember(asked, of_the_class(run, again))
    return 0
