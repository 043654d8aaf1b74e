"""One iteration of EM for a Bernoulli mixture on all of MNIST, K = 20, in several implementations.

Every contender starts from the same parameters. EM has already run for a few iterations, so the
responsibilities have very different magnitudes. `source` is the code of the assignment's functions. A worker
process runs only this code and no other part of the course's build, so that only the memory of the step is
measured.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from benchmarks.processes import Measured, measure
from helpers import bernoulli_loglikelihood, load_digits, log_sum_exp, one_row_each

NUM_IMAGES, NUM_COMPONENTS, SEED = 70_000, 20, 0
FOUR_GB = 3900.0  # MB: a little less than 4 GB, to be safe
Iterate = Callable[[int], Any]


def _namespace(source: str) -> dict[str, Any]:
    names: dict[str, Any] = {"np": np, "log_sum_exp": log_sum_exp, "one_row_each": one_row_each}
    names["bernoulli_loglikelihood"] = bernoulli_loglikelihood
    exec(source, names)
    return names


def _bits(count: int = NUM_IMAGES) -> NDArray[np.uint8]:
    return (load_digits()[0][:count] >= 128).view(np.uint8)


def _start(names: dict[str, Any], bits: NDArray[np.uint8]) -> Any:
    log_p, log_mix = names["random_start"](NUM_COMPONENTS, bits.shape[1], SEED)
    for _ in range(5):
        log_p, log_mix = names["fast_step"](bits, log_p, log_mix)
    return log_p, log_mix


def _runner(step: Callable[..., Any], start: Any) -> Iterate:
    def run(iterations: int) -> list[float]:
        parameters = start
        for _ in range(iterations):
            parameters = step(*parameters)
        return np.exp(np.ravel(parameters[1])).tolist()  # the weights, which are compared

    return run


def reference(source: str) -> Iterate:
    """Prepare the reference's E-step and M-step: one matrix product in each step, in double precision."""
    names = _namespace(source)
    bits = _bits()
    start, X = _start(names, bits), bits.astype(float)
    return _runner(lambda *now: names["m_step"](X, names["e_step"](X, *now)), start)


def fast(source: str, floor: float = 1e-12) -> Iterate:
    """Prepare the last step of the assignment's last section: bytes, blocks, single precision."""
    names = _namespace(source)
    bits = _bits()
    start = _start(names, bits)
    return _runner(lambda *now: names["fast_step"](bits, *now, floor=floor), start)


def table(source: str, num_images: int) -> Iterate:
    """Prepare the published form of the M-step: a table of N x K x D numbers, summed over N."""
    names = _namespace(source)
    bits = _bits(num_images)
    start, X = _start(names, bits), bits.astype(float)

    def step(log_p: Any, log_mix: Any) -> Any:
        log_resp = names["e_step"](X, log_p, log_mix)
        ink = logsumexp(log_resp[:, :, None], b=X[:, None, :], axis=0)
        counts = logsumexp(log_resp, axis=0)
        smooth = np.logaddexp(ink, np.log(1e-8)) - np.logaddexp(counts, np.log(2e-8))[:, None]
        return smooth, counts - logsumexp(counts)

    return _runner(step, start)


def stepmix() -> Iterate:
    """Prepare StepMix, a package for latent class analysis. It runs its own iterations from its own start."""
    from stepmix.stepmix import StepMix

    X = _bits().astype(float)

    def run(iterations: int) -> None:
        options = {"abs_tol": 0, "rel_tol": 0, "n_init": 1, "random_state": SEED, "progress_bar": 0}
        StepMix(NUM_COMPONENTS, measurement="binary", max_iter=iterations, **options).fit(X)

    return run


def limit(dtype: type) -> float:
    """Return the seconds that both products would take at the speed of a product of square matrices."""
    side = 2000
    square = np.random.default_rng(SEED).uniform(size=(side, side)).astype(dtype)
    square @ square
    begin = time.perf_counter()
    for _ in range(3):
        square @ square
    rate = 3 * 2 * side**3 / (time.perf_counter() - begin)
    return 2 * 2 * NUM_IMAGES * 784 * NUM_COMPONENTS / rate


def _largest_table(source: str) -> int:
    """Return for how many images the table fits into 4 GB, computed from two smaller runs."""
    few, more = (
        measure("benchmarks.bernoulli_step:table", 2, 1, source=source, num_images=n).peak
        for n in (1000, 2000)
    )
    return int((FOUR_GB - few) / (more - few) * 1000 + 1000)


def compare(source: str) -> list[tuple[str, Measured, int]]:
    """Return the name, the measurement and the number of images of each contender."""
    here = "benchmarks.bernoulli_step"
    ours = measure(f"{here}:reference", source=source)
    quick = measure(f"{here}:fast", source=source)
    np.testing.assert_allclose(quick.value, ours.value, rtol=1e-4)
    largest = _largest_table(source)
    by_table = measure(f"{here}:table", 2, 1, source=source, num_images=largest)
    return [
        ("the reference: one product in the E-step, one in the M-step, float64", ours, NUM_IMAGES),
        ("`fast_step`: bytes, blocks, float32", quick, NUM_IMAGES),
        ("`fast_step` with subnormal numbers", measure(f"{here}:fast", source=source, floor=0), NUM_IMAGES),
        ("the published N x K x D form", by_table, largest),
        ("StepMix", measure(f"{here}:stepmix", 4, 3), NUM_IMAGES),
    ]
