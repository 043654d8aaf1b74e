"""How people get `best_of` wrong."""

import numpy as np

from checks.authors import OURS, mistake


def _sound(logliks, widths, floor):
    return np.isfinite(logliks) & (np.asarray(widths) >= floor)


def _highest(logliks, among):
    return int(np.argmax(np.where(among, logliks, -np.inf))) if np.any(among) else -1


@mistake("collapsed runs not left out", seen=OURS)
def _(logliks, widths, floor):
    """You choose among all runs, also among those that collapsed. Leave out every run whose width is
    smaller than the floor, then choose.

    A component that shrinks onto one point has a density without limit there. So the log-likelihood of a
    collapsed run can become as high as you like. It does not say how well the run describes the data. This
    is why the width of each run is compared with the floor first.

    Log-likelihoods -300, -280 and 50, widths 0.4, 0.3 and 0.0001, floor 0.001. Run 2 has the highest
    log-likelihood, but it has collapsed. Runs 0 and 1 are left. Run 1 is the better of the two, so the
    answer is 1.
    """
    return _highest(logliks, np.isfinite(logliks))


@mistake("NaN taken for the highest", seen=OURS)
def _(logliks, widths, floor):
    """You choose a run whose log-likelihood is NaN. Leave out such a run before you look for the highest,
    even if its width is large enough.

    NaN means that the run failed and has no log-likelihood. NumPy gives no warning: `np.argmax` returns the
    position of the first NaN, and `np.argsort` puts NaN last, after the highest number. `np.nan_to_num`
    makes it 0, which is higher than any negative log-likelihood. `np.isnan` says which numbers are NaN.

    Log-likelihoods -300, NaN and -280, and no run has collapsed. `np.argmax` of these three numbers returns
    1, the failed run. Runs 0 and 2 are left. The answer is 2, since -280 is higher than -300.
    """
    wide = np.asarray(widths) >= floor
    lost = wide & np.isnan(logliks)
    return int(np.argmax(lost)) if lost.any() else _highest(logliks, wide)


@mistake("the lowest log-likelihood", seen=OURS)
def _(logliks, widths, floor):
    """You choose the run with the lowest log-likelihood. The best run has the highest.

    The log-likelihood says how probable the data are under the fitted mixture. Each run ends near a maximum.
    The run that ends highest has found the best of these maxima. Log-likelihoods are often negative: then the
    highest is the one nearest to 0, whose absolute value is the smallest. A loss or a BIC is different,
    because there lower is better.

    Three runs are left, with the log-likelihoods -300, -280 and -290. The highest is -280, so the answer is
    1. The lowest is -300. Without its sign it looks like the largest number, but it belongs to the worst
    run.
    """
    return _highest(-np.asarray(logliks), _sound(logliks, widths, floor))


@mistake("number among the runs that are left", seen=OURS)
def _(logliks, widths, floor):
    """Your number counts only the runs that are left. Return the number that the run has among all runs.

    `logliks[mask]` is a new, shorter array, and its positions start again at 0. Every run that is left out
    makes the positions after it too small by one. So the number that you return belongs to another run,
    perhaps to one that collapsed. Keep the original numbers of the runs, or leave the array at its full
    length.

    Log-likelihoods 50, -300, -290 and -280, and run 0 has collapsed. Runs 1, 2 and 3 are left, with -300,
    -290 and -280. In this short list the highest is at position 2. In the full list it is run 3, so the
    answer is 3.
    """
    sound = _sound(logliks, widths, floor)
    return int(np.argmax(np.asarray(logliks)[sound])) if sound.any() else -1


@mistake("log-likelihood instead of the run's number", seen=OURS, worth=0.5)
def _(logliks, widths, floor):
    """You return the highest log-likelihood. Return the number of the run that has it, counted from 0.

    With the number you can look up everything about the run: its weights, its means, its covariances. With
    the log-likelihood alone you would have to search for the run again. `max` returns a value, while
    `argmax` returns the position of that value. A loop has to remember both: the highest log-likelihood so
    far, and the number of its run.

    Runs 0, 1 and 2 have the log-likelihoods -300, -280 and -290, and none has collapsed. The highest is
    -280, and it belongs to run 1. So the answer is 1, not -280.
    """
    best = _highest(logliks, _sound(logliks, widths, floor))
    return best if best < 0 else np.asarray(logliks)[best]


@mistake("the widest run", seen=OURS)
def _(logliks, widths, floor):
    """You choose the run with the largest width. Use the width only to see whether a run has collapsed.
    Among the runs that are left, the log-likelihood decides.

    A width at or over the floor says that no component has collapsed. It says nothing more. A run with wide
    components may describe the data badly, because its Gaussians cover empty space. The log-likelihood
    measures how well a run describes the data.

    Log-likelihoods -300, -280 and -290, widths 0.9, 0.2 and 0.5, floor 0.001. All three runs are left, as
    all widths are larger than the floor. Run 0 is the widest. Run 1 has the highest log-likelihood, so the
    answer is 1.
    """
    sound = _sound(logliks, widths, floor)
    return _highest(widths, sound)


@mistake("only the best run was checked", seen=OURS)
def _(logliks, widths, floor):
    """You choose the highest log-likelihood first, and return -1 if that run has collapsed. Leave out the
    collapsed runs first, then choose among the others.

    Collapsed runs often have the highest log-likelihood, because the density on a single point has no
    limit. So you often return -1, although good runs are there. The answer -1 means that *no* run is left.
    Check every run, not only the one that looks best.

    Log-likelihoods 50, -300 and -280, widths 0.0001, 0.4 and 0.3, floor 0.001. Run 0 has the highest
    log-likelihood, and it has collapsed. Runs 1 and 2 are left, with -300 and -280. The answer is 2, not
    -1.
    """
    best = _highest(logliks, np.isfinite(logliks))
    return best if best >= 0 and widths[best] >= floor else -1


@mistake("counted from one", seen=OURS)
def _(logliks, widths, floor):
    """Your number is one too high, because you count the runs from 1. Count them from 0.

    Python counts from 0, also in arrays. The number is used to look up the run: its log-likelihood, its
    width, its means. A number that is one too high finds the next run, which may have collapsed. After the
    last run there is no next one, and the look-up stops with an IndexError.

    Three runs are left, with the log-likelihoods -300, -280 and -290. The highest is -280, the second of
    the three. The runs have the numbers 0, 1 and 2, so the answer is 1.
    """
    best = _highest(logliks, _sound(logliks, widths, floor))
    return best if best < 0 else best + 1


@mistake("the last run that is left", seen=OURS)
def _(logliks, widths, floor):
    """You return the last run that did not collapse. Among the runs that are left, return the run with the
    highest log-likelihood.

    In a loop, this happens if the highest log-likelihood so far is never updated. Then every run that is
    left beats the start value, and replaces the run before it. It also happens if the loop compares no
    log-likelihoods at all. When a run is better, remember both its number and its log-likelihood.

    Three runs are left, with the log-likelihoods -300, -280 and -290. Run 0 is the best at first. Run 1 has
    -280, which is higher, so it replaces run 0. Run 2 has -290, which is lower than -280. The answer is 1.
    """
    left = np.flatnonzero(_sound(logliks, widths, floor))
    return int(left[-1]) if len(left) else -1


@mistake("the first run that is left", seen=OURS)
def _(logliks, widths, floor):
    """You return the first run that did not collapse, whatever its log-likelihood. Compare the
    log-likelihoods of all runs that are left, and return the run with the highest.

    EM converges to different maxima from different starts, and the first run is only one of them. A
    `return` inside the loop ends the loop at the first run that is left. `np.argmax` of an array of True
    and False returns the position of the first True. In both cases no log-likelihood is compared.

    Log-likelihoods 50, -300 and -280, and run 0 has collapsed. Runs 1 and 2 are left. The first of them is
    run 1, with -300. Run 2 has -280, which is higher, so the answer is 2.
    """
    left = np.flatnonzero(_sound(logliks, widths, floor))
    return int(left[0]) if len(left) else -1
