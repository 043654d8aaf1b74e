"""The explorer's Python side: frames, lights, words, failures, and what is kept."""

import ast
import subprocess
import sys
from io import BytesIO
from types import SimpleNamespace

import numpy as np
import pytest
from conftest import ROOT
from PIL import Image
from scipy.special import logsumexp
from scipy.stats import bernoulli
from sklearn.mixture import GaussianMixture

from explorer import forecast, widget
from explorer.calls import FOUR
from explorer.forms import Params
from explorer.gallery import gallery_scenes
from explorer.history import Why, follow
from explorer.kit import Kit
from explorer.lights import SHAPES, Rule, light_at
from explorer.moment import engine_for
from explorer.packing import COLUMNS, FULL, packed_resp, sprite
from explorer.starts import start_from
from explorer.steps import BERNOULLI, GAUSSIAN, bound_of, own_e_step, scores_or_none
from explorer.words import end_in_words, run_in_words
from helpers import explore, figures, generate_mog_data, load_earth, load_synthetic, loglikelihood
from helpers.exploring import KIT, RULES
from helpers.stills import still_figure

DATA = load_synthetic()
START = (np.full(3, 1 / 3), DATA[[20, 10, 96]], np.array([np.cov(DATA, rowvar=False)] * 3))
BITS = (np.random.default_rng(0).uniform(size=(80, 16)) < 0.4).astype(float)
BIT_START = (np.log(np.random.default_rng(1).uniform(0.2, 0.8, (3, 16))), np.log([0.5, 0.3, 0.2]))


def right_e(data, weights, means, covariances):
    params = Params(*map(np.asarray, (weights, means, covariances)))
    return own_e_step(GAUSSIAN.scores(data, params), logs=False)


def right_m(data, resp):
    return list(GAUSSIAN.weigh(data, np.asarray(resp)))


def right_bit_e(X, log_p, log_mix):
    params = Params(np.exp(np.ravel(log_mix)), np.exp(log_p))
    return own_e_step(BERNOULLI.scores(X, params), logs=True)


def right_bit_m(X, log_resp):
    return BERNOULLI.tell(BERNOULLI.weigh(X, np.exp(log_resp)))


def run(e_step=None, m_step=None, data=DATA, start=START, maxiter=100, family=GAUSSIAN):
    engine = engine_for(family, data, RULES[family.name], e_step, m_step)
    return follow(engine, start_from(engine, start), maxiter=maxiter)


def run_bits(e_step=None, m_step=None, maxiter=100):
    return run(e_step, m_step, BITS, BIT_START, maxiter, BERNOULLI)


def broken(history):
    """The keys of all rules that are broken at any time."""
    return set(history.broken)


def broken_now(frame):
    return [light.rule.key for light in frame.lights if light.broken]


def drawn(shown):
    """The still figure that stands in this explorer's place."""
    return still_figure(shown.scenes_now[0], tuple(shown.plane))


def explored(**options):
    return explore(DATA, **{"init": START, "gallery": False} | options)


# The history against numbers that come from elsewhere


def one_iteration_of_sklearn(params):
    weights, means, covs = params
    model = GaussianMixture(3, max_iter=1, reg_covar=0, tol=0, init_params="random")
    model.set_params(weights_init=weights, means_init=means, precisions_init=np.linalg.inv(covs))
    model.fit(DATA)
    return model.weights_, model.means_, model.covariances_


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_each_iteration_is_that_of_scikit_learn():
    expected = START
    for frame in [frame for frame in run().frames if frame.half == "M"]:
        expected = one_iteration_of_sklearn(expected)
        for mine, theirs in zip(frame.params, expected):
            np.testing.assert_allclose(mine, theirs, rtol=1e-9, atol=1e-9)
        assert frame.loglik == pytest.approx(loglikelihood(DATA, *expected), rel=1e-9)


def test_known_numbers_of_the_course():
    history = run()
    assert history.iterations == 30
    assert history.loglik[0] == pytest.approx(-541.0970071216, abs=1e-8)
    assert history.loglik[-1] == pytest.approx(-318.8765087910, abs=1e-8)
    assert [frame.half for frame in history.frames[:5]] == ["start", "E", "M", "E", "M"]
    assert end_in_words(history.ending).startswith("Converged: iteration 30 changed")


def test_bernoulli_follows_the_formulas():
    history = run_bits(maxiter=5)
    p, weights = np.exp(BIT_START[0]), np.exp(BIT_START[1])
    for e, m in zip(history.frames[1::2], history.frames[2::2]):
        scores = np.log(weights) + bernoulli.logpmf(BITS[:, None], p).sum(axis=2)
        assert e.loglik == pytest.approx(logsumexp(scores, axis=1).sum(), rel=1e-9)
        resp = np.exp(scores - logsumexp(scores, axis=1)[:, None])
        np.testing.assert_allclose(e.resp, resp, atol=1e-9)
        p = (1e-8 + resp.T @ BITS) / (2e-8 + resp.sum(axis=0))[:, None]
        weights = (1e-8 + resp.sum(axis=0)) / (3e-8 + len(BITS))
        np.testing.assert_allclose(m.params.means, p, atol=1e-9)
        np.testing.assert_allclose(m.params.weights, weights, atol=1e-9)


@pytest.mark.parametrize("make", [run, run_bits])
def test_the_bound_touches_after_e_and_is_pushed_up_by_m(make):
    frames = make().frames
    assert np.isnan(frames[0].bound)
    for e, m in zip(frames[1::2], frames[2::2]):
        assert e.bound == pytest.approx(e.loglik, rel=1e-12)
        assert e.bound <= m.bound + 1e-9 * abs(e.bound)
        assert m.bound <= m.loglik + 1e-9 * abs(m.bound)


def test_the_bound_is_the_loglikelihood_less_the_divergence():
    resp = np.random.default_rng(3).dirichlet([1, 1, 1], len(DATA))
    scores = scores_or_none(GAUSSIAN, DATA, Params(*START))
    posterior = right_e(DATA, *START)
    divergence = (resp * np.log(resp / posterior)).sum()
    assert bound_of(scores, resp) == pytest.approx(loglikelihood(DATA, *START) - divergence)


def test_the_learners_own_functions_drive_it():
    calls = []

    def counted(*args):
        calls.append(len(args))
        return right_e(*args)

    assert run(counted).loglik == pytest.approx(run().loglik, abs=1e-9)
    assert calls == [4] * 30


# Forms in which functions come


def soft_counts(resp):
    return np.sum(resp, axis=0)


def weights_of(counts):
    return counts / counts.sum()


def means_of(data, resp, counts):
    return [resp[:, k] @ data / counts[k] for k in range(3)]


def covariances_of(data, resp, counts, means):
    return [np.cov(data.T, aweights=resp[:, k], ddof=0) for k in range(3)]


def test_the_four_functions_of_the_course():
    history = run(None, [soft_counts, weights_of, means_of, covariances_of])
    assert history.loglik == pytest.approx(run().loglik, abs=1e-9)
    assert not broken(history)


def as_lists(data, resp):
    weights, means, covs = right_m(data, resp)
    return weights.tolist(), list(means), [cov.tolist() for cov in covs]


def with_rows(data, resp):
    weights, means, covs = right_m(data, resp)
    return weights[None, :], means, covs


@pytest.mark.parametrize("m_step", [as_lists, with_rows])
def test_lists_and_rows_are_fine(m_step):
    history = run(None, m_step)
    assert history.loglik == pytest.approx(run().loglik, abs=1e-9)
    assert not broken(history)


@pytest.mark.parametrize(
    ("e_step", "m_step"),
    [
        (lambda *args: right_bit_e(*args).T, lambda X, log_resp: right_bit_m(X, log_resp.T)),
        (right_bit_e, lambda *args: (right_bit_m(*args)[0], right_bit_m(*args)[1][:, None])),
        (right_bit_e, lambda *args: (right_bit_m(*args)[0].tolist(), right_bit_m(*args)[1][None, :])),
        (lambda *args: right_bit_e(*args).tolist(), None),
    ],
)
def test_digits_in_every_form(e_step, m_step):
    history = run_bits(e_step, m_step)
    assert history.loglik == pytest.approx(run_bits().loglik, abs=1e-9)
    assert not broken(history)


def test_either_order_of_returns_is_read():
    frames = run_bits(None, lambda X, log_resp: right_bit_m(X, log_resp)[::-1], maxiter=2).frames
    np.testing.assert_allclose(frames[2].params.means, run_bits(maxiter=1).frames[2].params.means)


@pytest.mark.parametrize("init", [dict(zip(("weights", "means", "covs"), START)), START, list(START)])
def test_a_start_as_dict_tuple_or_list(init):
    assert explore(DATA, init=init, gallery=False).history.loglik[0] == pytest.approx(-541.0970071216)


def test_a_number_draws_a_start_from_the_seed():
    one, two, again = (explore(DATA, init=2, seed=s, gallery=False).history for s in (1, 2, 1))
    assert one.loglik == again.loglik
    assert one.loglik != two.loglik
    assert len(one.frames[0].params.weights) == 2


def test_functions_of_the_notebook_are_found_by_name():
    names = dict(zip(FOUR, [soft_counts, weights_of, means_of, covariances_of]))
    names |= {"explore": explore, "DATA": DATA, "START": START, "asked": []}

    def compute_responsibilities(data, weights, means, covariances):
        names["asked"].append(1)
        return right_e(data, weights, means, covariances)

    names["compute_responsibilities"] = compute_responsibilities
    exec("w = explore(DATA, init=START, gallery=False)", names)
    assert len(names["asked"]) == names["w"].history.iterations == 30
    told = names["w"].scenes[0]["told"]
    assert told.startswith("E-step: your compute_responsibilities. M-step: your soft_counts, weights_of,")
    assert explored().scenes[0]["told"].endswith("M-step: the explorer's own function.")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"init": 21}, "at most 20"),
        ({"init": (START[0], START[1][:2], START[2])}, "means of shape"),
        ({"init": START[:2]}, "weights, means, covariances"),
        ({"init": {"means": 1}}, "no 'weights'"),
        ({"init": "three"}, "but str came"),
        ({"m_step": [right_m] * 3}, "four functions"),
        ({"e_step": 5}, "must be a function"),
        ({"model": "poisson"}, "must be one of"),
        ({"dims": (0, 2)}, "two of the data's axes"),
        ({"labels": ["x"]}, "1 labels for 2 columns"),
        ({"pictures": np.zeros((3, 4, 4, 3))}, "must be (100, H, W, 3)"),
    ],
)
def test_what_does_not_fit_is_told_in_one_sentence(options, said):
    with pytest.raises(ValueError, match=".") as raised:
        explored(**options)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("part", "value", "said"),
    [
        (0, [0.5, 0.5, 0.5], "sum to 1.5"),
        (0, [1.5, -0.25, -0.25], "component 1 is -0.25"),
        (0, [0.5, 0.5], "2 numbers for 3 components"),
        (1, START[1] * np.nan, "is no number"),
        (1, START[1][:, :1], "1 columns, but the points have 2 dimensions"),
        (2, START[2] + [[0, 1], [0, 0]], "not symmetric"),
        (2, -START[2], "not positive definite"),
        (2, START[2].tolist()[:2] + [[1]], "same length"),
    ],
)
def test_a_start_that_is_no_mixture_is_refused(part, value, said):
    start = [*START[:part], value, *START[part + 1 :]]
    with pytest.raises(ValueError, match=said):
        explored(init=start)


@pytest.mark.parametrize(
    ("log_p", "log_mix", "said"),
    [
        (np.full((3, 16), -np.inf), BIT_START[1], "Smooth with an alpha above 0"),
        (np.ones((3, 16)), BIT_START[1], "has probability 2.718"),
        (BIT_START[0], np.zeros(3), "sum to 3"),
        (BIT_START[0], np.zeros(2), "2 numbers for 3 components"),
    ],
)
def test_a_start_of_digits_that_is_no_mixture_is_refused(log_p, log_mix, said):
    with pytest.raises(ValueError, match=said):
        explore(BITS, init=(log_p, log_mix), gallery=False)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], "is empty"),
        ([1, 2, 3], r"write data\[:, None\]"),
        ([[1, 2], [np.nan, 3]], r"not finite at \[1, 0\]"),
    ],
)
def test_data_that_are_no_points_are_refused(data, said):
    with pytest.raises(ValueError, match=said):
        explore(data)


def test_data_in_one_column_or_without_width_is_told():
    with pytest.raises(ValueError, match="at least two"):
        explore(DATA[:, :1])
    with pytest.raises(ValueError, match="not positive definite"):
        explore(DATA * [1, 0])


# Rules: each is broken by its own fault, and by no other

SPOILED = {
    "rows": (lambda *args: 0.5 * right_e(*args), None),
    "weights": (None, lambda *args: (2 * right_m(*args)[0], *right_m(*args)[1:])),
    "covariances": (
        None,
        lambda *args: (*right_m(*args)[:2], right_m(*args)[2] + [[0, 0.1], [0, 0]]),
    ),
    "climbs": (None, lambda *args: (right_m(*args)[0], right_m(*args)[1] + 1, START[2])),
    "finite": (None, lambda *args: (right_m(*args)[0], np.full((3, 2), np.nan), right_m(*args)[2])),
    "shapes": (lambda *args: right_e(*args)[:-1], None),
}


def test_no_rule_is_broken_by_right_functions():
    assert not broken(run(right_e, right_m)) | broken(run_bits(right_bit_e, right_bit_m))
    assert [light.rule for light in run().frames[-1].lights] == list(RULES["gaussian"])
    assert [light.rule for light in run_bits().frames[-1].lights] == list(RULES["bernoulli"])


@pytest.mark.parametrize("key", SPOILED)
def test_a_rule_is_broken_by_its_own_fault_and_only_that_rule(key):
    history = run(*SPOILED[key])
    assert broken(history) == {key}
    said = [each.sentence for frame in history.frames for each in frame.lights if each.broken]
    assert all(len(sentence) > 30 for sentence in said)


def test_a_run_tells_each_broken_rule_once_as_it_was_first_broken():
    history = run(*SPOILED["rows"])
    first = next(light for frame in history.frames for light in frame.lights if light.broken)
    assert list(history.broken.values()) == [first]


def test_an_unknown_name_of_a_light_raises():
    with pytest.raises(KeyError, match="no light 'rows of resp', only: shapes, finite, rows"):
        light_at(run(maxiter=1).frames[1].lights, "rows of resp")


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({"gaussian": (), "bernouli": ()}, "but must be for gaussian, bernoulli"),
        ({"gaussian": ()}, "but must be for gaussian, bernoulli"),
        (RULES | {"gaussian": (SHAPES, Rule("shapes", "another", lambda now: None))}, "the key 'shapes'"),
    ],
)
def test_a_kit_with_a_wrong_name_raises_where_it_is_written(rules, said):
    with pytest.raises(ValueError, match=said):
        Kit({}, rules, load_synthetic, lambda scene, dims: {}, lambda: None)


def test_a_course_may_bring_rules_of_its_own():
    few = Rule("few", "two components", lambda now: "There are three." if len(now.counts) > 2 else None)
    rules = RULES | {"gaussian": (few,)}
    bound = Kit(KIT.look, rules, KIT.points, KIT.still, lambda: None)
    two = bound.explore(DATA, init=2, maxiter=1, gallery=False)
    assert two.scenes[0]["runs"][0]["frames"][0]["laws"] == [
        {"key": "few", "law": "two components", "ok": True, "sentence": ""}
    ]
    with pytest.raises(ValueError, match="There are three."):
        bound.explore(DATA, init=3, gallery=False)


def test_shares_that_are_not_the_posterior_do_not_touch():
    frame = run(lambda *args: np.eye(3)[right_e(*args).argmax(axis=1)]).frames[1]
    assert broken_now(frame) == ["touches"]


def test_a_negative_share_is_told():
    def negative(*args):
        resp = right_e(*args)
        resp[:, 0] -= 0.5
        resp[:, 1] += 0.5
        return resp

    light = light_at(run(negative, maxiter=2).frames[1].lights, "rows")
    assert light.broken
    assert "below 0" in light.sentence


def test_a_probability_above_1_is_told():
    frame = run_bits(None, lambda X, log_resp: (right_bit_m(X, log_resp)[0] + 1.5, BIT_START[1])).frames[2]
    assert "probabilities" in broken_now(frame)


def overwrites_data(data, weights, means, covariances):
    resp = right_e(data, weights, means, covariances)
    data += 1
    return resp


def overwrites_resp(data, resp):
    answer = right_m(data, resp.copy())
    resp[0] = 0
    return answer


@pytest.mark.parametrize("steps", [(overwrites_data, None), (None, overwrites_resp)])
def test_overwritten_inputs_are_told_and_made_good(steps):
    before = DATA.copy()
    history = run(*steps)
    assert broken(history) == {"inputs"}
    assert history.loglik == pytest.approx(run().loglik, abs=1e-9)
    np.testing.assert_array_equal(DATA, before)


def test_arrays_that_a_function_keeps_and_changes_do_not_change_history():
    kept = []

    def forgetful(data, resp):
        for array in kept:
            array *= 0
        kept[:] = right_m(data, resp)
        return kept

    assert run(None, forgetful).loglik == pytest.approx(run().loglik, abs=1e-9)


# What a learner's function raises


def raises_later(data, resp):
    if resp[0, 0] > 0.9:
        return data @ resp
    return right_m(data, resp)


def unwritten(data, resp):
    raise NotImplementedError


def test_an_exception_is_shown_with_the_learners_line_and_the_history_stays():
    history = run(None, raises_later)
    assert len(history.frames) > 2
    assert history.error.line == "return data @ resp"
    assert history.error.where == "line 3 of raises_later"
    assert history.error.sentence.startswith("raises_later raised ValueError: matmul")
    assert history.frames[-1].half == "E"


def test_a_comprehension_is_in_the_function_that_has_it():
    def within(data, resp):
        counts = resp.sum(axis=0)
        return list(unknown * count for count in counts)  # noqa: F821

    error = run(m_step=within).error
    assert error.where == "line 3 of within"
    assert error.line.startswith("return list(unknown")


def test_of_four_functions_the_one_that_raised_is_named():
    def counts(resp):
        return undefined_name  # noqa: F821

    history = run(None, [counts, weights_of, means_of, covariances_of])
    assert history.error.sentence == "counts raised NameError: name 'undefined_name' is not defined"
    assert history.error.where == "line 2 of counts"


def test_what_is_not_written_yet_is_told_so():
    history = run(None, unwritten)
    assert history.error.sentence == "unwritten is not written yet."
    assert len(history.frames) == 2


def test_an_interrupt_keeps_what_was_seen():
    def impatient(data, resp):
        raise KeyboardInterrupt

    ending = run(None, impatient).ending
    assert ending.why is Why.INTERRUPTED
    assert end_in_words(ending) == "Here it was interrupted."


# Words


def test_every_frame_is_told_in_words():
    frames = explored().scenes[0]["runs"][0]["frames"]
    assert frames[0]["words"].startswith("start: log-likelihood -541.1; each component holds 33 %")
    assert frames[2]["words"].startswith("iteration 1, after M: log-likelihood -373.4, up 167.7; component 2")
    assert frames[2]["words"].endswith("holds the most, 44 % of the points.")
    assert "touched by the bound, which is up 5.9" in frames[3]["words"]
    assert len({frame["words"] for frame in frames}) > 0.8 * len(frames)


def test_the_read_out_names_what_is_held():
    frames = explore(BITS, init=3, maxiter=1, gallery=False).scenes[0]["runs"][0]["frames"]
    assert frames[1]["words"].endswith("% of the digits.")


def test_the_alt_text_tells_broken_rules():
    alt = explored(e_step=SPOILED["rows"][0]).still()["text/plain"]
    assert "Broken on the way: rows of resp sum to 1." in alt


# The gallery


def scene_of(start_of_name):
    return next(scene for scene in gallery_scenes(KIT) if scene.name.startswith(start_of_name))


def test_the_gallery_has_seven_scenes_and_each_says_what_to_look_at():
    assert len({scene.name for scene in gallery_scenes(KIT)}) == 7
    assert all(
        1 <= scene.told.count(". ") + 1 <= 4 and scene.told.endswith(".") for scene in gallery_scenes(KIT)
    )
    assert all(len(scene.rows) <= 100 for scene in gallery_scenes(KIT))


def test_collapse():
    (history,) = scene_of("collapse").runs
    smallest = [np.linalg.eigvalsh(frame.params.covariances[2])[0] for frame in history.frames[::2]]
    assert smallest[0] == pytest.approx(0.4)
    assert abs(smallest[-1]) < 1e-12
    assert history.loglik[-2] > history.loglik[0] + 200
    assert history.frames[-1].counts[2] == pytest.approx(2, abs=1e-6)
    assert broken(history) == {"covariances"}


def test_symmetric_start():
    (history,) = scene_of("symmetric").runs
    assert len(history.frames) > 5
    for frame in history.frames:
        np.testing.assert_allclose(frame.params.means, history.frames[0].params.means, atol=1e-12)
        assert frame.resp is None or np.allclose(frame.resp, 0.5)


def test_dead_component():
    dead, alive = scene_of("dead").runs
    assert dead.frames[1].counts[2] == 0
    assert broken(dead) == {"finite"}
    assert alive.frames[-1].counts.min() > 1
    assert not broken(alive)


def test_wrong_optimum():
    right, wrong = scene_of("wrong").runs
    assert right.loglik[-1] - wrong.loglik[-1] > 15
    assert all(history.ending.why is Why.CONVERGED for history in (right, wrong))


def test_slow_plateau():
    patient, impatient = scene_of("slow").runs
    assert np.diff(patient.loglik)[1] < 1e-4
    assert np.diff(patient.loglik).max() > 1
    assert patient.loglik[-1] - impatient.loglik[-1] > 30
    assert impatient.ending.why is Why.CONVERGED


def test_underflow():
    without_logs, in_logs = scene_of("underflow").runs
    assert np.isnan(without_logs.frames[1].resp[-2:]).all()
    assert np.isfinite(without_logs.frames[1].resp[:-2]).all()
    assert broken(without_logs) == {"finite"}
    assert in_logs.ending.why is Why.CONVERGED
    assert not scene_of("underflow").may_start


def test_labels_swapped():
    one, two = scene_of("labels").runs
    assert one.loglik[-1] == pytest.approx(two.loglik[-1], abs=1e-3)
    means, others = one.frames[-1].params.means, two.frames[-1].params.means
    assert np.abs(means - others).max() > 1
    np.testing.assert_allclose(means[[0, 2, 1]], others, atol=0.01)


# Packing


def test_responsibilities_survive_the_journey():
    resp = np.random.default_rng(2).dirichlet([0.2] * 4, 50)
    read = np.frombuffer(packed_resp(resp), "<u2").reshape(50, 4) / FULL
    assert np.abs(read - resp).max() <= 0.5 / FULL + 1e-12
    assert np.frombuffer(packed_resp(np.array([np.nan, 2.0, -1.0])), "<u2").tolist() == [0, FULL, 0]


def test_points_and_frames_survive_the_journey():
    made = explored()
    scene, history = made.scenes[0], made.history
    assert (scene["N"], scene["total"], scene["K"], scene["D"], scene["rows"]) == (100, 100, 3, 2, None)
    points = np.frombuffer(made.arrays["0/points"], "<f4").reshape(100, 2)
    np.testing.assert_allclose(points, DATA, rtol=1e-6)
    resp = np.frombuffer(made.arrays["0/0/resp"], "<u2").reshape(-1, 100, 3) / FULL
    for sent, frame in zip(scene["runs"][0]["frames"], history.frames):
        np.testing.assert_array_equal(sent["means"], frame.params.means)
        assert sent["resp"] == (frame.iteration - 1 if frame.half != "start" else -1)
        if frame.half != "start":
            np.testing.assert_allclose(resp[sent["resp"]], frame.resp, atol=1e-5)
    assert len(resp) == history.iterations


def test_what_is_no_number_is_null():
    sent = explored(m_step=SPOILED["finite"][1]).scenes[0]["runs"][0]["frames"][-1]
    assert sent["means"] == [[None, None]] * 3
    assert sent["loglik"] is None


def test_pictures_come_as_one_picture_of_tiles():
    earth = load_earth(["ice", "ocean"])
    made = explore(earth.rgb, pictures=earth.tiles, init=2, maxiter=3, gallery=False)
    tiles = np.asarray(Image.open(BytesIO(made.arrays["0/tiles"])))
    H, W = earth.tiles.shape[1:3]
    assert made.scenes[0]["kind"] == "pictures"
    assert tiles.shape == (H * 15, W * COLUMNS, 3)
    np.testing.assert_array_equal(tiles[H : 2 * H, W : 2 * W], earth.tiles[COLUMNS + 1])


def test_large_tiles_are_made_small():
    pictures = np.random.default_rng(0).integers(0, 255, (100, 60, 60, 3), dtype=np.uint8)
    made = explore(DATA, init=2, pictures=pictures, maxiter=1, gallery=False)
    assert Image.open(BytesIO(made.arrays["0/tiles"])).size == (30 * COLUMNS, 30 * 5)


def test_sprites_of_grey_tiles():
    tiles = np.arange(21 * 6, dtype=np.uint8).reshape(21, 2, 3)
    wide = np.asarray(Image.open(BytesIO(sprite(tiles))))
    assert wide.shape == (4, 60)
    np.testing.assert_array_equal(wide[2:, :3], tiles[20])


def test_of_seventy_thousand_rows_few_are_sent():
    X = (np.random.default_rng(0).uniform(size=(70_000, 16)) < 0.3).astype(np.uint8)
    made = explore(X, init=3, maxiter=2, gallery=False)
    scene = made.scenes[0]
    assert (scene["family"], scene["kind"], scene["shape"]) == ("bernoulli", "digits", [4, 4])
    assert (scene["N"], scene["total"]) == (400, 70_000)
    assert (scene["rows"][0], scene["rows"][-1]) == (0, 69_999)
    assert sum(map(len, made.arrays.values())) < 50_000
    bits = np.frombuffer(made.arrays["0/bits"], np.uint8).reshape(400, 16)
    np.testing.assert_array_equal(bits, X[scene["rows"]])
    assert sum(scene["runs"][0]["frames"][-1]["counts"]) == pytest.approx(70_000)
    params = np.frombuffer(made.arrays["0/0/params"], "<f4").reshape(3, 3, 16)
    np.testing.assert_allclose(params[-1], made.history.frames[-1].params.means, atol=1e-6)
    assert [frame["params"] for frame in scene["runs"][0]["frames"]] == [0, 0, 1, 1, 2]


def test_many_points_are_thinned_but_all_are_run_on():
    data = generate_mog_data(4000, [[0, 0], [5, 5]], [np.eye(2)] * 2, [0.5, 0.5], seed=0)
    made = explore(data, init=2, maxiter=3, gallery=False)
    assert made.scenes[0]["N"] == 1500
    assert made.history.loglik[0] == pytest.approx(loglikelihood(data, *made.history.frames[0].params))


# The widget


def ask(made, **message):
    made._handle_custom_msg(message, [])


def test_a_dragged_start_a_seed_and_a_branch_make_runs():
    made = explored()
    ask(made, do="start", scene=0, means=[[0, 0], [1, 1], [2, 2]])
    ask(made, do="seed", scene=0, seed=7)
    ask(made, do="branch", scene=0, run=0, frame=4, means=[[0, 5], [5, 0], [3, 3]])
    runs = made.scenes[0]["runs"]
    assert [each["name"] for each in runs] == [
        "start",
        "dragged start",
        "seed 7",
        "branch at iteration 2, after M",
    ]
    assert runs[1]["frames"][0]["means"] == [[0, 0], [1, 1], [2, 2]]
    assert (runs[3]["parent"], runs[3]["at"]) == (0, 4)
    assert runs[3]["frames"][0]["covariances"] == runs[0]["frames"][4]["covariances"]
    assert made.at == {"scene": 0, "run": 3, "frame": 0}
    assert {"0/3/resp", "0/2/resp"} <= made.arrays.keys()
    assert made.trouble == ""


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ({"do": "start", "scene": 0, "means": [[0, 0]]}, "must be (3, 2)"),
        ({"do": "dance", "scene": 0}, "run the cell again"),
        ({"do": "seed", "scene": 6, "seed": 1}, "spoiled on purpose"),
    ],
)
def test_a_request_that_cannot_be_done_is_told(message, said):
    made = explored(gallery=True)
    ask(made, **message)
    assert said in made.trouble


def test_a_branch_from_what_is_no_mixture_ends_at_once():
    made = explored(gallery=True)
    ask(made, do="branch", scene=1, run=0, frame=12, means=None)
    run = made.scenes[1]["runs"][1]
    (frame,) = run["frames"]
    assert made.scenes_now[1].runs[1].ending.why is Why.BROKEN
    assert run["end"] == "Here it ends, there is no next step."
    assert "not positive definite" in " ".join(law["sentence"] for law in frame["laws"])


def test_the_reason_of_a_fatal_end_stands_once_in_the_alt_text():
    scene = explored(gallery=True).scenes_now[1]
    assert run_in_words(scene, scene.runs[0]).count("not positive definite") == 1


def test_no_share_is_told_where_no_responsibility_is_a_number():
    made = explored(e_step=lambda data, weights, means, covs: np.full((len(data), len(weights)), np.nan))
    said = run_in_words(made.scenes_now[0], made.history)
    assert "No component is known to hold any of the points" in said


def test_there_are_only_so_many_runs():
    made = explored(maxiter=1)
    for seed in range(9):
        ask(made, do="seed", scene=0, seed=seed)
    assert len(made.scenes[0]["runs"]) == 8
    assert "There are 8 runs" in made.trouble


QUESTION = {
    "ask": "How many iterations?",
    "choices": ["few", "many"],
    "happened": lambda run: f"{run.iterations}",
}


@pytest.fixture
def shown(monkeypatch):
    """Everything that is displayed, and updated afterwards."""
    outputs = []

    def display(bundle, raw, display_id=False):
        outputs.append(bundle)
        return SimpleNamespace(update=lambda new, raw: outputs.append(new))

    monkeypatch.setattr(widget, "display", display)
    monkeypatch.setattr(forecast, "display", display)
    monkeypatch.setattr(forecast, "_predictions", {})
    return outputs


def test_the_prediction_is_kept_in_an_output_and_set_against_what_happened(shown):
    made = explored(**QUESTION)
    made._ipython_display_()
    assert "You predicted" not in shown[1]["text/html"]
    made.prediction = "few"
    assert shown[-1]["text/plain"].endswith("How many iterations? You predicted: few.")
    made.at = {"scene": 0, "run": 0, "frame": 60}
    assert "You predicted: few. What happened: 30." in shown[-1]["text/html"]
    assert made.outcome == "30"


def test_running_the_cell_again_keeps_the_prediction(shown):
    explored(**QUESTION).prediction = "few"
    again = explored(**QUESTION)
    assert again.prediction == "few"
    assert explored(ask="Another?", choices=["few", "many"]).prediction == ""


def test_what_happened_may_not_be_told_for_a_run_that_failed():
    made = explored(m_step=unwritten, ask="?", choices=["a"], happened=lambda run: run.loglik[5])
    assert made.outcome == "it ended before that could be told"


def test_two_outputs_one_alive_and_one_still(shown):
    explored()._ipython_display_()
    live, still = shown
    assert list(live) == [widget.VIEW, "text/plain"]
    assert list(still) == ["text/html", "text/plain"]
    assert '<div class="explorer-still"><img alt="EM on 100 points with 3 components' in still["text/html"]


def test_the_mimebundle_has_every_form():
    bundle = explored()._repr_mimebundle_()
    assert set(bundle) == {widget.VIEW, "text/html", "text/plain"}
    alt = bundle["text/plain"]
    assert "the log-likelihood goes from -541.1 to -318.9" in alt
    assert "with means at (0.02, 4.95)" in alt
    assert f'alt="{alt}"' in bundle["text/html"]


@pytest.mark.parametrize(
    "options",
    [
        {"e_step": SPOILED["rows"][0]},
        {"e_step": SPOILED["shapes"][0]},
        {"m_step": SPOILED["finite"][1]},
        {"m_step": SPOILED["covariances"][1]},
        {"m_step": unwritten},
        {"maxiter": 0},
    ],
)
def test_the_still_figure_can_be_drawn_of_every_run(options):
    left, right = drawn(explored(**options)).axes
    assert left.get_title()
    assert len(right.lines[0].get_xdata()) >= 1


def test_the_still_figure_of_digits_shows_the_components():
    left, _ = drawn(explore(BITS, init=3, gallery=False)).axes
    assert len(left.images) == 3


def test_twenty_components_have_words_marks_and_small_tables():
    bits = (np.random.default_rng(0).uniform(size=(500, 784)) < 0.3).astype(float)
    for shown, left in [
        (explore(DATA, init=20, maxiter=5, gallery=False), "texts"),
        (explore(bits, init=20, maxiter=5, gallery=False), "images"),
    ]:
        still = drawn(shown)
        assert len(getattr(still.axes[0], left)) == 20  # each named at its mean, or drawn
        assert still.axes[0].get_legend() is None
        assert "with 20 components" in figures.alt_text(still)
        assert len(figures.alt_text(still).split()) < 130
        words = [frame["words"] for frame in shown.scenes[0]["runs"][0]["frames"]]
        assert all("component" in each for each in words)
        assert sum(map(len, shown.arrays.values())) < 2_000_000
    marks = {(figures.colour(k), figures.marker(k)) for k in range(20)}
    assert len(marks) == 20


def test_a_component_that_collapsed_can_be_drawn():
    shown = explore([[0, 0], [0, 1], [5, 5], [6, 5], [7, 7]], init=2, gallery=False)
    assert np.linalg.det(shown.history.sound.params.covariances).min() < 1e-12
    assert len(drawn(shown).axes) == 2


def test_where_nothing_is_drawn_nothing_is_run(monkeypatch):
    monkeypatch.setattr(figures, "drawing", False)
    seen = explore(None, e_step=lambda *_: 1 / 0)
    assert "not drawn" in repr(seen)
    assert "not drawn" in seen._repr_html_()


def imported_by(file):
    """The packages that this file imports anywhere, be it within a function."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        if isinstance(node, ast.ImportFrom):
            yield node.module.partition(".")[0]


def test_the_explorer_imports_no_course_and_of_checks_only_how_to_call():
    files = sorted((ROOT / "explorer").rglob("*.py"))
    found = {name: file.name for file in files for name in imported_by(file)}
    assert not found.keys() & {"helpers", "exercises", "grading", "course"}
    assert found["checks"] == "calls.py"


def test_helpers_comes_without_the_widget():
    code = "import helpers, sys; sys.exit('anywidget' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0
