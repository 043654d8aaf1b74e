"""The rubric of the written question: what earns its marks, and sample answers with their marks."""

from checks.authors import line, rubric, sample

RUBRICS = {
    "in-your-own-words": rubric(
        line(
            "weights_left_out",
            1,
            "It says that the E-step's denominator lacks the mixing weights, so that the responsibilities of "
            "an image do not add up to 1. Half: only that they do not add up to 1.",
        ),
        line(
            "starving",
            1,
            "It explains the loop: a component with a larger weight takes more of the images, so its "
            "weight grows, and the others get less each time until they have none. Half: it says that "
            "components die, but not why.",
        ),
        line(
            "hidden_by_pictures",
            1,
            "It says why nobody saw the bug: the remaining pictures look like digits, or the purity is "
            "almost the same. It also gives at least one number from the notebook, such as the two "
            "purities.",
        ),
        line(
            "two_laws",
            1,
            "It names two laws: each row of responsibilities sums to 1, and EM never lowers the "
            "log-likelihood. Half a point for each.",
        ),
        samples=[
            sample(
                "full",
                """
                Dear author, your E-step divides by the sum of p(x|k) but forgets the mixing weights pi in
                that sum. So the rows of your responsibilities are not 1. Because of this a component with a
                big weight gets even more images and then even more weight, while others lose everything: 11
                of 20 are empty at the end. You could not see it since the pictures still look like digits
                and the purity is 0.700 and would be 0.701 without the bug. Checking that rows sum to one
                and that the log-likelihood does not go down (it does in 14 steps) would have caught this.
                """,
                weights_left_out=(
                    1,
                    "It names the missing weights in the sum, and says that the rows do not add up to 1.",
                ),
                starving=(
                    1,
                    "It says that more weight brings more images, and that more images bring more weight.",
                ),
                hidden_by_pictures=(1, "It says that the pictures look right, and gives both purities."),
                two_laws=(1, "It names both laws."),
            ),
            sample(
                "middle",
                """
                The responsibilities in your code are not normalised correctly, they do not sum to one for
                each image. Therefore some of the components die out and you waste half of the clusters. One
                does not notice because the purity is still 0.70 and the means look like nice digits. You
                should test that every row sums to 1.
                """,
                weights_left_out=(
                    0.5,
                    "It says that the rows are wrong, but not why: it does not mention the weights.",
                ),
                starving=(
                    0.5,
                    "It says that components die, but does not explain the loop that starves them.",
                ),
                hidden_by_pictures=(
                    1,
                    "It gives the purity with its number, and says that the pictures look like digits.",
                ),
                two_laws=(0.5, "It names only the first law."),
            ),
            sample(
                "weak",
                """
                Your homework has a bug in the E-step, so the result is not optimal. With the bug fixed
                there are more different digits. It would be good to run the algorithm for more iterations
                and from several starts, and to look at more pictures.
                """,
                weights_left_out=(0, "It names a bug in the E-step, but does not say which one."),
                starving=(0, "It notices that there are fewer digits, but does not explain why."),
                hidden_by_pictures=(0, "It does not say why nobody saw the bug, and gives no number."),
                two_laws=(
                    0,
                    "More iterations and more starts are not laws (properties that always hold), and would "
                    "not show the bug.",
                ),
            ),
        ],
    )
}
