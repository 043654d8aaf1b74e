"""The gallery: each scene shows the failure that its text describes."""

import numpy as np
import pytest
from em_steps import broken

from explorer.gallery import gallery_scenes
from explorer.history import Why
from helpers.exploring import KIT


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
