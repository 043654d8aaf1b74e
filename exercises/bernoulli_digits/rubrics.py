"""What earns the marks of the written question, and answers that are marked as examples."""

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
            "It explains the loop: a component with a larger weight takes more of the images, so its weight "
            "grows, and the others get less each time until they have none. Half: that components die, "
            "without why.",
        ),
        line(
            "hidden_by_pictures",
            1,
            "It says why nobody saw it: the remaining pictures look like digits, or the purity is almost "
            "the same, with at least one number of the notebook, such as the two purities.",
        ),
        line(
            "two_laws",
            1,
            "Two laws: each row of responsibilities sums to 1, and EM never lowers the log-likelihood. "
            "Half a point for each.",
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
                weights_left_out=(1, "The missing weights in the sum, and rows that are not 1."),
                starving=(1, "More weight brings more images, which brings more weight."),
                hidden_by_pictures=(1, "The pictures look right, and both purities are given."),
                two_laws=(1, "Both laws are named."),
            ),
            sample(
                "middle",
                """
                The responsibilities in your code are not normalised correctly, they do not sum to one for
                each image. Therefore some of the components die out and you waste half of the clusters. One
                does not notice because the purity is still 0.70 and the means look like nice digits. You
                should test that every row sums to 1.
                """,
                weights_left_out=(0.5, "The rows are wrong, but not why: the weights are not mentioned."),
                starving=(0.5, "Components die, but the loop that starves them is missing."),
                hidden_by_pictures=(1, "The purity with its number, and pictures like digits."),
                two_laws=(0.5, "Only the first law."),
            ),
            sample(
                "weak",
                """
                Your homework has a bug in the E-step, so the result is not optimal. With the bug fixed
                there are more different digits. It would be good to run the algorithm for more iterations
                and from several starts, and to look at more pictures.
                """,
                weights_left_out=(0, "A bug in the E-step, but not which one."),
                starving=(0, "Fewer digits are noticed, and not explained."),
                hidden_by_pictures=(0, "It does not say why nobody saw it, and has no number."),
                two_laws=(0, "More iterations and more starts are no laws, and would not show the bug."),
            ),
        ],
    )
}
