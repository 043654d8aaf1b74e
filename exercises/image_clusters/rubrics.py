"""The rubric of the written question: what earns its marks, and sample answers with their marks."""

from checks.authors import line, rubric, sample

RUBRICS = {
    "in-your-own-words": rubric(
        line(
            "what_it_saw",
            1,
            "It says that the method got three numbers of each picture: mean red, green and blue. So the "
            "method got no shapes, no texture and no positions. Half: it names colours, but does not say "
            "that the method got only their mean.",
        ),
        line(
            "confused_pair",
            1,
            "It names two categories that share a component, with their counts or shares from a table. "
            "Half: it names two categories that are mixed up, without numbers.",
        ),
        line(
            "likelihood_is_not_truth",
            1,
            "It says that a higher log-likelihood came with a lower agreement with the categories. It "
            "gives the numbers before and after for the log-likelihood, for the agreement, or for both. "
            "Half: the statement without numbers.",
        ),
        line(
            "more_to_see",
            1,
            "It names a new kind of observation that could separate the two categories: texture, infrared, "
            "several seasons. More components or more pictures alone earn nothing here.",
        ),
        samples=[
            sample(
                "full",
                """
                Your headline says too much. The program only got the average red, green and blue value of
                each picture. That is why rainforest and boreal forest ended up in one component, 105 and 86
                pictures, both are simply dark green. Starting from the right categories EM went up from
                4244.1 to 4311.3 in log-likelihood but the agreement went down from 0.935 to 0.893, so the
                better fit was the worse answer. I would add an infrared channel or a measure of texture.
                """,
                what_it_saw=(
                    1,
                    "It says that the method got the average of three colours, and nothing else.",
                ),
                confused_pair=(1, "It names both forests, with their counts in the component."),
                likelihood_is_not_truth=(
                    1,
                    "It says that the likelihood rises and the agreement falls, with all numbers.",
                ),
                more_to_see=(1, "It names infrared or texture, which could separate two greens."),
            ),
            sample(
                "middle",
                """
                It only looks at the colours of the pictures, so it does not recognise anything. For example
                rainforest and boreal forest are mixed because both are green. A high likelihood does not
                mean that the clusters are what we want. To improve it one could give it texture features or
                use a neural network.
                """,
                what_it_saw=(
                    0.5,
                    "It says that the method got colours, but not that it got only their mean.",
                ),
                confused_pair=(0.5, "It names the right two categories, without numbers from a table."),
                likelihood_is_not_truth=(0.5, "The statement is right, but has no evidence."),
                more_to_see=(1, "It names texture, which is a new kind of observation."),
            ),
            sample(
                "weak",
                """
                The clustering was quite good and found deserts and forests by itself. Some of the pictures
                are in a wrong cluster, because their colours are similar. With more data and more clusters
                it would find all of them.
                """,
                what_it_saw=(0.5, "It names colours, but does not say that the method got only their mean."),
                confused_pair=(0, "It says that some pictures are wrong, but names no two categories."),
                likelihood_is_not_truth=(0, "It does not mention the likelihood."),
                more_to_see=(0, "More of the same numbers cannot separate what looks the same."),
            ),
        ],
    )
}
