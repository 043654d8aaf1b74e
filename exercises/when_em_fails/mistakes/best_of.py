"""How people get `best_of` wrong."""

import numpy as np

from checks.authors import OURS, mistake


def _sound(logliks, widths, floor):
    return np.isfinite(logliks) & (np.asarray(widths) >= floor)


def _highest(logliks, among):
    return int(np.argmax(np.where(among, logliks, -np.inf))) if np.any(among) else -1


@mistake("collapsed runs not left out", seen=OURS)
def _(logliks, widths, floor):
    """You choose among all runs, including the runs that collapsed. First leave out every run whose width is
    smaller than the floor. Then choose among the other runs.

    A component that shrinks onto one point has a density without limit at this point. So the log-likelihood
    of a collapsed run can become as high as you like. It does not say how well the run describes the data.
    For this reason, you compare the width of each run with the floor first.

    Take the log-likelihoods -300, -280 and 50, the widths 0.4, 0.3 and 0.0001, and the floor 0.001. Run 2 has
    the highest log-likelihood, but it has collapsed. Runs 0 and 1 count. Run 1 is better than run 0, so the
    answer is 1.
    """
    return _highest(logliks, np.isfinite(logliks))


@mistake("NaN taken for the highest", seen=OURS)
def _(logliks, widths, floor):
    """You choose a run whose log-likelihood is NaN (*not a number*). Leave out every run with NaN before you
    look for the highest log-likelihood, even if its width is large enough.

    NaN means that the run failed and has no log-likelihood. NumPy gives no warning. `np.argmax` returns the
    position of the first NaN. `np.argsort` puts NaN after the highest number. `np.nan_to_num` replaces NaN by
    0, which is higher than any negative log-likelihood. `np.isnan` tells you which numbers are NaN.

    Take the log-likelihoods -300, NaN and -280, with large widths. `np.argmax` of these three numbers returns
    1, but run 1 failed. Runs 0 and 2 count. Since -280 is higher than -300, the answer is 2.
    """
    wide = np.asarray(widths) >= floor
    lost = wide & np.isnan(logliks)
    return int(np.argmax(lost)) if lost.any() else _highest(logliks, wide)


@mistake("the lowest log-likelihood", seen=OURS)
def _(logliks, widths, floor):
    """You choose the run with the lowest log-likelihood. Choose the run with the highest log-likelihood.

    The log-likelihood says how probable the data are under the fitted mixture. Each run of EM converges to a
    maximum. The run with the highest log-likelihood has found the highest of these maxima. Log-likelihoods
    are often negative. Then the highest log-likelihood is the number nearest to 0. For a loss or for BIC,
    lower is better, but not for a log-likelihood.

    Take three runs with the log-likelihoods -300, -280 and -290, and no collapsed run. The highest is -280,
    so the answer is 1. The lowest is -300. Without its minus sign, 300 is the largest number, but it belongs
    to the worst run.
    """
    return _highest(-np.asarray(logliks), _sound(logliks, widths, floor))


@mistake("position in the shorter list of runs", seen=OURS)
def _(logliks, widths, floor):
    """Your answer is a position in the list without the collapsed runs. Return the number that the run has in
    the list of all runs.

    `logliks[mask]` is a new, shorter array, and its positions start again at 0. Each run that you leave out
    makes all later positions smaller by 1. So your number belongs to another run, and that run may have
    collapsed. Keep the original numbers of the runs, or keep the array at its full length.

    Take the log-likelihoods 50, -300, -290 and -280, and run 0 has collapsed. Without run 0, the list is
    -300, -290 and -280, and the highest is at position 2. In the full list, the highest of these three
    belongs to run 3. So the answer is 3.
    """
    sound = _sound(logliks, widths, floor)
    return int(np.argmax(np.asarray(logliks)[sound])) if sound.any() else -1


@mistake("log-likelihood instead of the run's number", seen=OURS, worth=0.5)
def _(logliks, widths, floor):
    """You return the highest log-likelihood. Return the number of the run that has this log-likelihood. Count
    the runs from 0.

    With the number, you can look up everything about the run: its weights, its means, its covariances. With
    the log-likelihood alone, you must search for the run again. `max` returns a value, but `argmax` returns
    the position of this value. If you write a loop, remember both the highest log-likelihood so far and the
    number of its run.

    Take runs 0, 1 and 2 with the log-likelihoods -300, -280 and -290, and no collapsed run. The highest is
    -280, and it belongs to run 1. So the answer is 1, not -280.
    """
    best = _highest(logliks, _sound(logliks, widths, floor))
    return best if best < 0 else np.asarray(logliks)[best]


@mistake("the widest run", seen=OURS)
def _(logliks, widths, floor):
    """You choose the run with the largest width. Use the widths only to leave out collapsed runs. Then choose
    the run with the highest log-likelihood.

    If the width is not smaller than the floor, no component has collapsed. The width says nothing more. A run
    with wide components may describe the data badly, because its Gaussians cover empty space. The
    log-likelihood measures how well a run describes the data.

    Take the log-likelihoods -300, -280 and -290, the widths 0.9, 0.2 and 0.5, and the floor 0.001. All widths
    are larger than the floor, so all three runs count. Run 0 has the largest width. But run 1 has the highest
    log-likelihood, so the answer is 1.
    """
    sound = _sound(logliks, widths, floor)
    return _highest(widths, sound)


@mistake("only the best run was checked", seen=OURS)
def _(logliks, widths, floor):
    """You choose the highest log-likelihood first, and return -1 if this run has collapsed. Leave out all
    collapsed runs first. Then choose among the other runs.

    Collapsed runs often have the highest log-likelihood, because the density on a single point has no limit.
    So your function often returns -1, although there are good runs. The answer -1 means that *no* run counts.
    So check every run, not only the run with the highest log-likelihood.

    Take the log-likelihoods 50, -300 and -280, the widths 0.0001, 0.4 and 0.3, and the floor 0.001. Run 0 has
    the highest log-likelihood, but it has collapsed. Runs 1 and 2 count, with -300 and -280. So the answer is
    2, not -1.
    """
    best = _highest(logliks, np.isfinite(logliks))
    return best if best >= 0 and widths[best] >= floor else -1


@mistake("counted from one", seen=OURS)
def _(logliks, widths, floor):
    """Your answer is too high by 1, because you count the runs from 1. Count the runs from 0.

    Python counts from 0, also in arrays. Later code uses your answer to look up the run: its log-likelihood,
    its width, its means. If the number is too high by 1, this code finds the next run, which may have
    collapsed. After the last run there is no next run, so the look-up stops with an IndexError.

    Take three runs with the log-likelihoods -300, -280 and -290, and no collapsed run. The highest is -280,
    the second of the three. The runs have the numbers 0, 1 and 2, so the answer is 1.
    """
    best = _highest(logliks, _sound(logliks, widths, floor))
    return best if best < 0 else best + 1


@mistake("the last run that did not collapse", seen=OURS)
def _(logliks, widths, floor):
    """You return the last run that did not collapse. Among the runs that did not collapse, return the run
    with the highest log-likelihood.

    In a loop, this happens if you never update the highest log-likelihood so far. Then every run that did not
    collapse is better than the start value, and replaces the run before it. This also happens if the loop
    does not compare log-likelihoods. When you find a better run, remember both its number and its
    log-likelihood.

    Take three runs with the log-likelihoods -300, -280 and -290, and no collapsed run. At first, run 0 is the
    best. Run 1 has -280, which is higher, so run 1 replaces run 0. Run 2 has -290, which is lower than -280.
    So the answer is 1.
    """
    left = np.flatnonzero(_sound(logliks, widths, floor))
    return int(left[-1]) if len(left) else -1


@mistake("the first run that did not collapse", seen=OURS)
def _(logliks, widths, floor):
    """You return the first run that did not collapse, whatever its log-likelihood is. Among all runs that did
    not collapse, return the run with the highest log-likelihood.

    EM converges to different maxima from different starts, and the first run has found only one of these
    maxima. A `return` inside a loop ends the loop at the first run that did not collapse. `np.argmax` of an
    array of True and False returns the position of the first True. In both cases, your function compares no
    log-likelihoods.

    Take the log-likelihoods 50, -300 and -280, and run 0 has collapsed. Runs 1 and 2 count. Run 1 is the
    first of them, with -300. Run 2 has -280, which is higher, so the answer is 2.
    """
    left = np.flatnonzero(_sound(logliks, widths, floor))
    return int(left[0]) if len(left) else -1
