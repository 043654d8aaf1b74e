"""The lights of the explorer: each mistake breaks its own rule and no other, and names are checked."""

import numpy as np
import pytest
from em_steps import (
    BIT_START,
    DATA,
    SPOILED,
    broken,
    broken_now,
    right_bit_e,
    right_bit_m,
    right_e,
    right_m,
    run,
    run_bits,
)

from explorer.kit import Kit
from explorer.lights import INPUTS, SHAPES, Rule, light_at
from helpers import load_synthetic
from helpers.exploring import KIT, RULES
from helpers.laws import LAWS, rows_sum_to_one


def test_correct_functions_break_no_rule():
    assert not broken(run(right_e, right_m)) | broken(run_bits(right_bit_e, right_bit_m))
    assert [light.rule for light in run().frames[-1].lights] == list(RULES["gaussian"])
    assert [light.rule for light in run_bits().frames[-1].lights] == list(RULES["bernoulli"])


@pytest.mark.parametrize("key", SPOILED)
def test_each_mistake_breaks_its_own_rule_and_no_other(key):
    history = run(*SPOILED[key])
    assert broken(history) == {key}
    said = [each.sentence for frame in history.frames for each in frame.lights if each.broken]
    assert all(len(sentence) > 30 for sentence in said)


def test_every_light_about_the_model_is_a_law_of_the_law_book():
    labels = {rule.label for rules in RULES.values() for rule in rules}
    assert labels - {SHAPES.label, INPUTS.label} == labels & LAWS.keys()
    assert len(labels & LAWS.keys()) == 7
    history = run(*SPOILED["rows"])
    broken_law = rows_sum_to_one(history.frames[1].resp)
    assert history.broken["rows"].sentence == broken_law.sentence


def test_a_run_names_each_broken_rule_once_when_it_is_first_broken():
    history = run(*SPOILED["rows"])
    first = next(light for frame in history.frames for light in frame.lights if light.broken)
    assert list(history.broken.values()) == [first]


def test_an_unknown_name_of_a_light_raises():
    with pytest.raises(KeyError, match="no light 'rows of resp', only: shapes, finite, rows"):
        light_at(run(maxiter=1).frames[1].lights, "rows of resp")


def test_with_other_shares_than_the_posterior_the_bound_does_not_touch():
    frame = run(lambda *args: np.eye(3)[right_e(*args).argmax(axis=1)]).frames[1]
    assert broken_now(frame) == ["touches"]


def test_a_negative_share_is_reported():
    def negative(*args):
        resp = right_e(*args)
        resp[:, 0] -= 0.5
        resp[:, 1] += 0.5
        return resp

    light = light_at(run(negative, maxiter=2).frames[1].lights, "rows")
    assert light.broken
    assert "below 0" in light.sentence


def test_a_probability_above_1_is_reported():
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
def test_overwritten_inputs_are_reported_and_restored(steps):
    before = DATA.copy()
    history = run(*steps)
    assert broken(history) == {"inputs"}
    assert history.loglik == pytest.approx(run().loglik, abs=1e-9)
    np.testing.assert_array_equal(DATA, before)


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


def test_a_course_may_have_other_rules():
    few = Rule("few", "two components", lambda now: "There are three." if len(now.counts) > 2 else None)
    rules = RULES | {"gaussian": (few,)}
    bound = Kit(KIT.look, rules, KIT.points, KIT.still, lambda: None)
    two = bound.explore(DATA, init=2, maxiter=1, gallery=False)
    assert two.scenes[0]["runs"][0]["frames"][0]["laws"] == [
        {"key": "few", "law": "two components", "ok": True, "sentence": ""}
    ]
    with pytest.raises(ValueError, match="There are three."):
        bound.explore(DATA, init=3, gallery=False)
