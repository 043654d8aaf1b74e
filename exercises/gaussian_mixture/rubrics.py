"""The rubric of the written question: what earns its marks, and sample answers with their marks."""

from checks.authors import line, rubric, sample

RUBRICS = {
    "in-your-own-words": rubric(
        line(
            "probability",
            1,
            "The answer says that a responsibility is a probability: that a component produced this point. "
            "It also says that this holds given the point, or given the present parameters. One of the two "
            "is enough.",
        ),
        line(
            "sums_to_one",
            1,
            "The answer says that the responsibilities of one point add up to 1, so the point is shared "
            "among components. Half: it names the sharing, but not that the parts add up to 1.",
        ),
        line(
            "example",
            1,
            "The answer names one point of the data with its responsibilities, at least two of which are "
            "not near 0. It also says what k-means loses there. Half: only the point with its "
            "responsibilities, or only what k-means loses.",
        ),
        line(
            "mstep",
            1,
            "The answer says that the M-step uses the shares as weights. The point moves the mean of each "
            "component. The larger the component's share, the more its mean moves.",
        ),
        samples=[
            sample(
                "full",
                """
                A responsibility is how probable it is that component k produced a point, once we have seen
                where the point is and with the weights, means and covariances of this iteration. For each
                point they sum to 1, so it is split. Point 24 has 0.889 for one component and 0.111 for
                another. K-means would just say "cluster 1" and hide that it is not sure. In the M-step,
                point 24 counts 0.889 times in one mean and 0.111 times in the other mean.
                """,
                probability=(1, "It is a probability, given the point and the parameters of this iteration."),
                sums_to_one=(1, "It says that they sum to 1, and that the point is split."),
                example=(1, "It gives point 24 with both numbers, and says what k-means would hide."),
                mstep=(1, "It says that the share is the weight of the point in each mean."),
            ),
            sample(
                "middle",
                """
                The responsibility tells you how much a cluster is responsible for a point. A point can
                belong to two clusters at the same time, for example point 24 which has 0.889 and 0.111.
                This is better than k-means because k-means would be too sure about it. The responsibilities
                are then used in the M-step to update the parameters.
                """,
                probability=(0, "It repeats the word, and does not say that it is a probability."),
                sums_to_one=(0.5, "It says that the point is shared, but not that the parts sum to 1."),
                example=(1, "It gives point 24 with its numbers, and says that k-means would be too sure."),
                mstep=(0, "It says that responsibilities are used, which is true, but it does not say how."),
            ),
            sample(
                "weak",
                """
                Responsibilities are the soft version of k-means. They are numbers between 0 and 1 that say
                which cluster is the best one, and you take the largest. It works better when clusters
                overlap, for example for point 24, where k-means would make an arbitrary choice.
                """,
                probability=(
                    0,
                    "Numbers between 0 and 1 need not be probabilities.",
                ),
                sums_to_one=(0, "Taking the largest one is the opposite of sharing."),
                example=(
                    0.5,
                    "It gives a suitable point and what k-means does with it, but no responsibilities.",
                ),
                mstep=(0, "It does not mention the M-step."),
            ),
        ],
    )
}
