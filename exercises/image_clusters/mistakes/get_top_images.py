"""Common mistakes in `get_top_images`."""

import numpy as np

from checks.authors import OURS, mistake


def of(table, cluster):
    return np.flatnonzero(np.asarray(table["cluster"]) == cluster)


def top(table, members, k, order=-1):
    scores = np.asarray(table["score"])[members]
    return np.asarray(table["picture"])[members[np.argsort(order * scores)[:k]]]


@mistake("the lowest scores", seen="alibaba/nann#2; bethgelab/foolbox#237: argsort ascends")
def _(a, cluster, k=5):
    """You return the pictures with the *lowest* scores of the cluster. Return the pictures with the highest
    scores.

    `np.argsort` and `sorted` put the smallest number first. So the first k entries are the pictures that
    fit worst. Sort the negative scores, or reverse the order, before you take the first k. Then the best
    picture comes first, as the docstring says.

    Take the scores (3, 9, 5). `argsort` gives (0, 2, 1), the lowest score first. For the negative scores,
    `argsort` gives (1, 2, 0), the highest score first. Look at the pictures that your function returns: are
    they typical of the cluster?
    """
    return top(a, of(a, cluster), k, order=1)


@mistake("not sorted", seen=OURS)
def _(a, cluster, k=5):
    """You return the first k pictures of the cluster in the order of the table. Your code does not use
    their scores.

    The table is in the order of the pictures. This order says nothing about how typical a picture is. The
    score says how typical a picture is. So first sort the members of the cluster by their score, the
    highest first. Then take the first k of the sorted members.

    Take three members with the scores (3, 9, 5), and k = 2. The top two are the second member and the third
    member, in this order. In the order of the table, you would return the first and the second member.
    """
    return np.asarray(a["picture"])[of(a, cluster)][:k]


@mistake("the best last", seen="argsort()[-k:] without turning it round", worth=0.5)
def _(a, cluster, k=5):
    """You return the correct pictures, but the best picture comes last. The best picture must come first.

    `argsort` puts the smallest number first. So its last k entries are the highest scores, and the highest
    score of all is at the end. The docstring asks for the best picture first. Reverse these k entries with
    `[::-1]`, or sort the negative scores and take the first k. The order is part of the answer.

    Take the scores (3, 9, 5), and k = 2. `argsort` gives (0, 2, 1), and its last two entries are 2 and 1.
    With the best first, the order is 1, 2.
    """
    return top(a, of(a, cluster), k)[::-1]


@mistake("from all clusters", seen=OURS)
def _(a, cluster, k=5):
    """You look for the highest scores among all pictures. Use only the pictures of the given cluster.

    The densities of a narrow component are far higher than the densities of a wide component. So pictures
    of the narrow component would fill the whole answer. First choose the rows whose entry in `cluster` is
    the given cluster. Then sort only *these* rows by their score.

    Take the clusters (0, 1, 0) and the scores (3, 9, 5). Cluster 0 has the first picture and the third
    picture. The best of these two is the third picture, with the score 5. The score 9 belongs to cluster 1.
    """
    return top(a, np.arange(len(a["score"])), k)


@mistake("always five", seen=OURS)
def _(a, cluster, k=5):
    """You always return five pictures, whatever `k` is. Return `k` pictures.

    Five is only the default value of `k`. The default counts only if the caller does not give `k`. With
    `k=2`, the caller asks for two pictures. A 5 in your code agrees with the default. So your function
    seems to work in this notebook, which uses only the default. But a caller who asks for two pictures and
    gets five will draw three too many.

    A cluster has eight pictures, and k is 2. `order[:k]` returns two entries, as asked. `order[:5]` returns
    five entries. If a cluster has fewer entries, both return fewer.
    """
    return top(a, of(a, cluster), 5)


@mistake("rows in place of picture numbers", seen=OURS)
def _(a, cluster, k=5):
    """You return the numbers of the *rows*. Return the entries of the column `picture` in these rows.

    In this notebook, row i happens to hold picture i, so both numbers agree. In a table that was filtered
    or shuffled, they do not agree. The row number says where to look. The column `picture` says which
    picture is in this row. So use the row numbers as indices of this column.

    Take a table whose column `picture` is (40, 7, 12), and k = 2. The best score is in row 1, and the
    second best is in row 2. So the answer is 7, 12. The row numbers 1, 2 are not the answer.
    """
    rows = of(a, cluster)
    return rows[np.argsort(-np.asarray(a["score"])[rows])[:k]]


@mistake("positions within the cluster", seen=OURS)
def _(a, cluster, k=5):
    """You return positions in the list of members, which contains only the pictures of this cluster. Return
    the numbers of the pictures.

    After you have chosen the members, `argsort` numbers *the members*, starting at 0. Outside this list,
    such a position means nothing. Two steps lead from a position to the picture. First look up the row of
    the table at this position among the members. Then look up the picture in this row.

    Take members in the rows (4, 8, 9) with the scores (3, 9, 5). The highest score has the position 1 among
    the members. Position 1 is row 8 of the table. So the answer is the picture in row 8.
    """
    return np.argsort(-np.asarray(a["score"])[of(a, cluster)])[:k]


@mistake("scores in place of pictures", seen=OURS)
def _(a, cluster, k=5):
    """You return the k highest scores. Return the *pictures* that have these scores.

    `np.sort` returns the sorted numbers, but not the rows that they came from. `np.argsort` returns the
    positions of the numbers in sorted order. You can use these positions as indices of any column: the
    column of pictures, or the column of scores itself.

    Take the scores (3, 9, 5) of the pictures (40, 7, 12). Sorted with the highest first, the scores are 9,
    5 and 3. Their positions are 1, 2 and 0. At these positions are the pictures 7, 12 and 40, and this is
    the answer for k = 3.
    """
    return np.sort(np.asarray(a["score"])[of(a, cluster)])[::-1][:k]


@mistake("filled up from other clusters", seen=OURS)
def _(a, cluster, k=5):
    """If the cluster has fewer than `k` pictures, you add pictures of other clusters. Return only the
    pictures of the cluster.

    You can give all other pictures a very low score and then sort everything. This is a good trick, but the
    first k entries may then include pictures that are not members. A cluster with two pictures has a top
    two, but no top five. An empty cluster has no top pictures at all. So cut the list at the number of
    members, too.

    Take the clusters (0, 1, 0), and k = 3. Only two pictures are in cluster 0, the first and the third. So
    the answer has two entries, not three.
    """
    scores = np.where(np.asarray(a["cluster"]) == cluster, a["score"], -1)
    return np.asarray(a["picture"])[np.argsort(-scores)[:k]]


@mistake("ties lost", seen=OURS)
def _(a, cluster, k=5):
    """Two pictures of the cluster have the same score, and your answer leaves out one of them. Return both.

    Two pictures may have the same score, so a score does not identify a picture. A dictionary from score to
    picture keeps only one of the two, and so does `np.unique`. If you look up each sorted score in the
    column, you find the first of the two pictures twice. So sort the *rows* of the members by their score,
    for example with `argsort`. Then each row occurs once. The two pictures may come in either order.

    Take the scores (3, 9, 9), the pictures (40, 7, 12), and k = 2. The answer is 7, 12 or 12, 7. A
    dictionary keeps the score 9 only once, so it gives 12, 40.
    """
    members = of(a, cluster)
    by_score = dict(zip(np.asarray(a["score"])[members].tolist(), np.asarray(a["picture"])[members].tolist()))
    return [by_score[score] for score in sorted(by_score, reverse=True)[:k]]


@mistake("cut before the cluster is chosen", seen=OURS)
def _(a, cluster, k=5):
    """You first take the k best of *all* pictures, and then keep those of the cluster. Choose the cluster
    first.

    The k best of all pictures may belong to other clusters. Then few pictures of your cluster remain, or
    none. The densities of a narrow component are far higher than those of a wide component, so this happens
    with real pictures. First choose the members of the cluster. Then sort them by their score. Take the
    first k at the very end.

    Take the clusters (0, 1, 1, 0), the scores (3, 9, 8, 5), and k = 2. The two best of all pictures are
    both in cluster 1, so none remains for cluster 0. The correct top two of cluster 0 are the fourth
    picture and the first picture.
    """
    order = np.argsort(-np.asarray(a["score"]))[:k]
    return [a["picture"][row] for row in order if a["cluster"][row] == cluster]


@mistake("scores cut off to whole numbers", seen=OURS)
def _(assignments, cluster, k=5):
    """You cut the scores off to whole numbers before you compare them. Then the scores 0.9 and 0.1 are both
    0.

    A score may have any size. A density can be in the thousands, or far below 1. `int`, `round` and an
    array of whole numbers lose the digits after the decimal point. These digits may decide which of two
    pictures is better. So compare the scores as they are.

    The pictures 4, 7 and 2 have the scores 0.9, 0.1 and 0.5. The correct order is 4, 2, 7. As whole
    numbers, all three scores are 0. Then the pictures stay in the order of the table: 4, 7, 2.
    """
    inside = np.flatnonzero(np.asarray(assignments["cluster"]) == cluster)
    whole = np.asarray(assignments["score"])[inside].astype(int)
    return np.asarray(assignments["picture"])[inside[np.argsort(-whole, kind="stable")]][:k]
