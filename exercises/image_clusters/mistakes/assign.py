"""Common mistakes in `assign`."""

from checks.authors import OURS, mistake


@mistake("searched along the wrong axis", seen="lisa-lab/DeepLearningTutorials#15; Zasder3/train-CLIP#6")
def _(scores):
    """You return one result for each component. Return one result for each point.

    Each row of the table is a point, and each column is a component. The best component of a point is the
    position of the largest score in its row. So search along the rows: `axis=1`. With `axis=0` you search
    down the columns. You then find the point that fits a component best, which answers another question.

    Take the rows (9, 1), (4, 6) and (8, 2). Along the rows, the best components are 0, 1 and 0, with the
    scores 9, 6 and 8. Down the columns there are only two results, one for each component.
    """
    return scores.argmax(axis=0), scores.max(axis=0)


@mistake("the worst component", seen="alibaba/nann#2; bethgelab/foolbox#237: the order the wrong way round")
def _(scores):
    """You take the component with the lowest score. Take the component with the highest score.

    A score here is a density. The higher the density, the better the point fits the component. The lowest
    number would be correct for distances or for losses. But this table does not hold distances. `argmax`
    returns the position of the largest number, and `max` returns the largest number itself.

    Take the row (9, 1, 4). The best component is component 0, with the score 9. Your answer is component 1,
    with the score 1. The point fits component 1 least of all three components.
    """
    return scores.argmin(axis=1), scores.min(axis=1)


@mistake("counted from one", seen="ddavid/fsoco#30; irllabs/ml-lib#4: labels one too high")
def _(scores):
    """Your components are numbered from 1. Python and all tables of this notebook number the components
    from 0.

    Component 0 is the first column of the scores and the first row of the means. A number that is one too
    high names the next component. The last number then names no component at all. `argmax` already counts
    from 0, so use its result without a change.

    Four components have the numbers 0, 1, 2 and 3. Take the row (9, 1, 4, 2). Its largest score is 9, in
    the first column. So the point belongs to component 0. Nothing has to be added.
    """
    return scores.argmax(axis=1) + 1, scores.max(axis=1)


@mistake("shares in place of scores", seen="responsibilities, out of habit")
def _(scores):
    """You divide the best score by the sum of its row. Return the best score itself.

    Your result is a share. A share says how clearly the point belongs to this component *rather than to the
    others*. The score says how well the point fits this component at all. The notebook later uses the
    scores to find the top pictures of a cluster. With shares, hundreds of pictures would be tied at nearly
    1.

    Take the rows (900, 100) and (9, 1). Both points have the same share: 900 / 1000 = 0.9 and 9 / 10 = 0.9.
    Only the scores, 900 and 9, say which of the two pictures is typical.
    """
    return scores.argmax(axis=1), scores.max(axis=1) / scores.sum(axis=1)


@mistake("sums in place of the best score", seen=OURS)
def _(scores):
    """You return the sum of each row. Return only the largest score of each row.

    The sum over all components is like the density of the whole mixture, but without the weights. A hard
    assignment gives the point to one component. Only one number says how well the point fits this
    component: its score under this component. The scores under the other components must not count.

    Take the row (9, 1, 4). The answer is component 0 with the score 9. The sum is 14. The sum would reward
    the point because it also fits the other two components a little.
    """
    return scores.argmax(axis=1), scores.sum(axis=1)


@mistake("component and score exchanged", seen=OURS, worth=0.5)
def _(scores):
    """You return the scores first and the components second. The docstring asks for the opposite order.

    The code that calls your function takes the two results by their position. So it uses your scores as
    numbers of components, that is, as indices. This may stop with an error. Or it may run without an error
    and use the wrong rows, which is worse.

    If a docstring says `Return (a, b)`, write `return a, b`. Here the component comes first and its score
    comes second. Take the row (9, 1, 4): the first result is 0, and the second result is 9.
    """
    return scores.max(axis=1), scores.argmax(axis=1)
