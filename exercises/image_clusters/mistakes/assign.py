"""How people get `assign` wrong."""

from checks.authors import OURS, mistake


@mistake("searched along the wrong axis", seen="lisa-lab/DeepLearningTutorials#15; Zasder3/train-CLIP#6")
def _(scores):
    """You have one result for each component. One for each point is asked for.

    Points go down the table, components go across. The best component of a point is found along its row,
    `axis=1`. Down a column, `axis=0`, one finds the point that suits a component best, which is another
    question.

    For the rows (9, 1), (4, 6), (8, 2): along the rows the components 0, 1, 0 with the scores 9, 6, 8. Down
    the columns there are only two results.
    """
    return scores.argmax(axis=0), scores.max(axis=0)


@mistake("the worst component", seen="alibaba/nann#2; bethgelab/foolbox#237: the order the wrong way round")
def _(scores):
    """You take the component with the lowest score.

    A score here is a density: the higher, the better the point fits. The lowest would be right for
    distances or for losses. `argmax` finds the place of the largest, and `max` the largest itself.

    The row (9, 1, 4): the best is component 0 with the score 9. Component 1 with the score 1 is the one
    that the point fits least of all. If yours looks right for distances, ask what the table holds.
    """
    return scores.argmin(axis=1), scores.min(axis=1)


@mistake("counted from one", seen="ddavid/fsoco#30; irllabs/ml-lib#4: labels one too high")
def _(scores):
    """Your components are numbered from 1. Python, and all tables here, number from 0.

    Component 0 is the first column of the scores and the first row of the means. A number that is one too
    high names the neighbour, and the last one names nothing at all. `argmax` gives the number as it is
    needed.

    For four components the numbers are 0, 1, 2 and 3. The row (9, 1, 4, 2) belongs to component 0. Nothing
    has to be added.
    """
    return scores.argmax(axis=1) + 1, scores.max(axis=1)


@mistake("shares in place of scores", seen="responsibilities, out of habit")
def _(scores):
    """You return the best score divided by the sum of its row. The score itself is asked for.

    A share says how clearly the point belongs here *rather than there*. The score says how well it fits at
    all. The top pictures of a cluster are found by the score; by the share, hundreds of pictures would be
    tied at nearly 1.

    Rows (900, 100) and (9, 1): both have the share 0.9. The scores 900 and 9 say which picture is typical.
    """
    return scores.argmax(axis=1), scores.max(axis=1) / scores.sum(axis=1)


@mistake("sums in place of the best score", seen=OURS)
def _(scores):
    """You return the sum of each row. The best score alone is asked for.

    The sum over the components is, but for the weights, the density of the whole mixture. What matters for
    a hard assignment is how well the point fits the one component that it is given to. The others have no
    part in that.

    The row (9, 1, 4): component 0, score 9. The sum, 14, would reward a point for fitting the others a
    little too.
    """
    return scores.argmax(axis=1), scores.sum(axis=1)


@mistake("component and score exchanged", seen=OURS, worth=0.5)
def _(scores):
    """You return the scores first and the components second. The docstring has them the other way round.

    Whoever calls the function takes the results by their place. A number of a component that is really a
    score will be used as an index, and fails; or worse, it works, on the wrong rows.

    `Return (a, b)` in a docstring wants `return a, b`. Here the component comes first, then its score: for
    the row (9, 1, 4) first 0, then 9.
    """
    return scores.max(axis=1), scores.argmax(axis=1)
