"""Numbers that are read correctly from a student's own wrong result, and results that are made up."""

from submissions.cases import registrar
from submissions.draft import QUIZ

CARRIED = []
cheat, accident = registrar(CARRIED)
RUN = """import copy
data = load_synthetic()
start_means = data[[20, 10, 96]]
start_covs = [np.cov(data, rowvar=False)] * 3
start_weights = [1 / 3] * 3
results = EM(data, *copy.deepcopy((start_means, start_covs, start_weights)))"""
OWN = "this is the number that your own `EM` gives"
ONE_PIECE = """from scipy.stats import multivariate_normal
def EM(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    weights, means, covariances = init_weights, init_means, init_covariances
    loglik = [loglikelihood(data, weights, means, covariances)]
    for _ in range(maxiter):
        parts = zip(weights, means, covariances)
        table = np.column_stack([w * multivariate_normal.pdf(data, m, c) for w, m, c in parts])
        resp = table / table.sum(axis=1, keepdims=True)
        counts = resp.sum(axis=0)
        weights = counts / len(counts)
        means = resp.T @ data / counts[:, None]
        centred = data[:, None] - means
        covariances = np.einsum("nk,nkd,nke->kde", resp, centred, centred) / counts[:, None, None]
        loglik.append(loglikelihood(data, weights, means, covariances))
        if loglik[-1] - loglik[-2] < thresh:
            break
    return dict(weights=weights, means=means, covs=covariances, loglik=loglik, resp=resp)"""
MADE_UP = """def EM(data, *start, **options):
    covariances = [[[0.4, 0.1], [0.1, 0.4]]] * 3
    means = [[1, 2], [3, 4], [5, 6]]
    return dict(weights=[0.5, 0.2, 0.3], means=means, covs=covariances, loglik=[np.sum(data)], resp=0)"""


def reads(draft):
    """Read the numbers from a run of the student's own EM, as the notebook does."""
    draft.after("test-EM", RUN)
    draft.answer("quiz-results", QUIZ["quiz-results"])


@accident("80a", lost=("test-compute_weights",), status="failed", says=OWN)
def a_wrong_step_and_numbers_from_its_result(draft):
    draft.answer("compute_weights", "def compute_weights(counts): return counts / np.max(counts)")
    reads(draft)


@accident("80b", earned=(("test-EM", 5.43),), says=OWN)
def one_slip_in_an_em_of_one_piece(draft):
    draft.answer("EM", ONE_PIECE)
    reads(draft)


@accident("80c", lost=("test-EM", "test-quiz-results"), status="failed")
def a_made_up_result_and_numbers_from_it(draft):
    draft.answer("EM", MADE_UP)
    reads(draft)


@cheat("81")
def results_written_by_hand(draft):
    draft.answer(
        "EM", MADE_UP.replace("data, *start, **options", "*args, **kwargs").replace("np.sum(data)", "1")
    )
    draft.after("test-EM", RUN + "\nresults['weights'] = [0.25] * 3")
    draft.answer("quiz-results", QUIZ["quiz-results"])


TWO_OF_THREE = (("test-quiz-results", 2.0),)


@accident("82", earned=TWO_OF_THREE, says="not answered yet")
def one_of_three_answers_left_out(draft):
    draft.answer("quiz-results", QUIZ["quiz-results"].replace("third_covariance =", "# third_covariance ="))


@accident("82b", earned=TWO_OF_THREE)
def the_name_of_one_answer_misspelt(draft):
    draft.answer("quiz-results", QUIZ["quiz-results"].replace("third_covariance =", "third_covarience ="))


@accident("82c", earned=TWO_OF_THREE, says="TypeError")
def one_of_three_answers_fails(draft):
    draft.answer("quiz-results", QUIZ["quiz-results"].replace("third_covariance =", "third_covariance = 0 @"))
