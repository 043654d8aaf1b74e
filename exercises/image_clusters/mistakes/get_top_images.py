"""How people get `get_top_images` wrong."""

import numpy as np

from checks.authors import OURS, mistake


def of(table, cluster):
    return np.flatnonzero(np.asarray(table["cluster"]) == cluster)


def top(table, members, k, order=-1):
    scores = np.asarray(table["score"])[members]
    return np.asarray(table["picture"])[members[np.argsort(order * scores)[:k]]]


@mistake("the lowest scores", seen="alibaba/nann#2; bethgelab/foolbox#237: argsort ascends")
def _(a, cluster, k=5):
    """You return the pictures with the *lowest* scores of the cluster.

    `np.argsort` and `sorted` go upwards: the smallest comes first, and the first k are the worst. Sort the
    negative scores, or turn the order round, before you cut. Then the best comes first, as the docstring
    asks.

    Scores (3, 9, 5): `argsort` gives (0, 2, 1), the lowest first. Of the negative scores it gives (1, 2,
    0), the highest first. Look at the pictures: are these the ones you would have called typical?
    """
    return top(a, of(a, cluster), k, order=1)


@mistake("not sorted", seen=OURS)
def _(a, cluster, k=5):
    """You return the first k pictures of the cluster, as they come, without regard to their scores.

    The table is in the order of the pictures, which has nothing to do with how typical they are. The score
    says that. Order the members of the cluster by it, the highest first, and only then take the first k.

    Members with the scores (3, 9, 5): the top two are the second and the third, in this order. As they come
    it would be the first and the second.
    """
    return np.asarray(a["picture"])[of(a, cluster)][:k]


@mistake("the best last", seen="argsort()[-k:] without turning it round", worth=0.5)
def _(a, cluster, k=5):
    """You have the right pictures, but the best one comes last.

    `argsort` goes upwards, so its last k entries are the highest, with the highest of all at the end. The
    docstring wants the best first. Turn the order round as well, `[::-1]`, or sort the negative scores and
    take the first k. Order is part of the answer.

    Scores (3, 9, 5), the top two: `argsort` is (0, 2, 1), its last two are 2 and 1. Best first it is 1, 2.
    """
    return top(a, of(a, cluster), k)[::-1]


@mistake("of all clusters", seen=OURS)
def _(a, cluster, k=5):
    """You look for the highest scores among all pictures. Only those of the given cluster count.

    Densities of a narrow component are far higher than those of a wide one, so it would take all the
    places. First pick the rows whose `cluster` is the one that is asked for, then order *these* by score.

    Clusters (0, 1, 0), scores (3, 9, 5): of cluster 0 the best is the third picture, with 5. The 9 belongs
    to cluster 1.
    """
    return top(a, np.arange(len(a["score"])), k)


@mistake("always five", seen=OURS)
def _(a, cluster, k=5):
    """You always return five pictures, whatever `k` says.

    Five is only the default, for whoever does not say otherwise. With `k=2` two are asked for. A number
    written into the function agrees with the default, so it passes in this notebook, where nothing else is
    used. A caller who asks for two pictures and gets five will draw three too many.

    `order[:k]` takes as many as there are to be. `order[:5]` takes five, or fewer if there are no more.
    """
    return top(a, of(a, cluster), 5)


@mistake("rows in place of picture numbers", seen=OURS)
def _(a, cluster, k=5):
    """You return the numbers of the *rows*. The entries of the column `picture` are asked for.

    In this notebook row i happens to hold picture i, so both agree. In another table, one that was filtered
    or shuffled, they do not. The row says where to look, and the column `picture` says which picture is
    there. It is the same step that a phone book takes from a line to a number.

    Pictures (40, 7, 12), best row 1: the answer is 7, and not 1.
    """
    rows = of(a, cluster)
    return rows[np.argsort(-np.asarray(a["score"])[rows])[:k]]


@mistake("places within the cluster", seen=OURS)
def _(a, cluster, k=5):
    """You return places in the list of members, which count only the pictures of this cluster.

    After the members have been picked, `argsort` numbers *them*, from 0. Such a place means nothing
    outside. Go back the way you came: from the place among the members to the row of the table, and from
    there to the picture.

    Members in the rows (4, 8, 9) with scores (3, 9, 5): `argsort` of these gives places such as 1. Place 1
    is row 8, and the answer is the picture in row 8.
    """
    return np.argsort(-np.asarray(a["score"])[of(a, cluster)])[:k]


@mistake("scores in place of pictures", seen=OURS)
def _(a, cluster, k=5):
    """You return the k highest scores. The *pictures* that have them are asked for.

    `np.sort` gives the sorted values and forgets where each came from. `np.argsort` gives the places, in
    sorted order, and with these any column can be asked: the pictures, or the scores themselves.

    Scores (3, 9, 5), pictures (40, 7, 12): sorted 9, 5, 3. The places are 1, 2, 0, and the pictures 7, 12,
    40. One short detour through the places, and nothing is lost. One detour through the places, and nothing
    is lost.
    """
    return np.sort(np.asarray(a["score"])[of(a, cluster)])[::-1][:k]


@mistake("filled up from other clusters", seen=OURS)
def _(a, cluster, k=5):
    """Where the cluster has fewer than `k` pictures, you fill up with pictures of others.

    To put the scores of all others very low and sort everything is a good trick, but then the first k may
    reach beyond the members. A cluster with two pictures has a top two, and no top five. An empty one has
    none. Cut at the number of members as well.

    Clusters (0, 1, 0) and k = 3: two pictures are of cluster 0, so two are returned.
    """
    scores = np.where(np.asarray(a["cluster"]) == cluster, a["score"], -1)
    return np.asarray(a["picture"])[np.argsort(-scores)[:k]]


@mistake("ties lost", seen=OURS)
def _(a, cluster, k=5):
    """Two pictures of the cluster have the same score, and one of them is missing.

    The score does not name a picture: two pictures may share it. A dictionary from score to picture keeps
    only one of the two, and so does `np.unique`. Looking up each sorted score in the column finds the first
    one twice. Sort the *rows* of the members by their score, for example with `argsort`. Then each row is
    there once, and either order of the two is accepted.

    Scores (3, 9, 9), pictures (40, 7, 12), k = 2: the answer is 7, 12, or 12, 7. A dictionary holds 9 once,
    and gives 12, 40.
    """
    members = of(a, cluster)
    by_score = dict(zip(np.asarray(a["score"])[members].tolist(), np.asarray(a["picture"])[members].tolist()))
    return [by_score[score] for score in sorted(by_score, reverse=True)[:k]]


@mistake("cut before the cluster is chosen", seen=OURS)
def _(a, cluster, k=5):
    """You take the k best of *all* pictures first, and keep those of the cluster afterwards.

    The best of all may belong to other clusters, and then hardly any remain, or none. Densities of a narrow
    component are far higher than those of a wide one, so this happens with real pictures. First choose the
    members of the cluster, then sort these, and cut to k at the very end.

    Clusters (0, 1, 1, 0), scores (3, 9, 8, 5), k = 2: the best two of all are both in cluster 1, and none
    remains for cluster 0. Its own top two are the fourth picture and the first.
    """
    order = np.argsort(-np.asarray(a["score"]))[:k]
    return [a["picture"][row] for row in order if a["cluster"][row] == cluster]


@mistake("scores cut off to whole numbers", seen=OURS)
def _(assignments, cluster, k=5):
    """You compare the scores as whole numbers. Scores of 0.9 and 0.1 are both 0 then.

    A score may be of any size: a density can be in the thousands, or far below 1. `int`, `round` and an array
    of whole numbers throw away what decides between two pictures. Compare the scores as they are.

    Scores 0.9, 0.1 and 0.5 of the pictures 4, 7 and 2: the best is 4, then 2, then 7. As whole numbers all
    three are 0, and the order is that of the table.
    """
    inside = np.flatnonzero(np.asarray(assignments["cluster"]) == cluster)
    whole = np.asarray(assignments["score"])[inside].astype(int)
    return np.asarray(assignments["picture"])[inside[np.argsort(-whole, kind="stable")]][:k]
