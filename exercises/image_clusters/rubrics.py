"""What earns the marks of the written question, and answers that are marked as examples."""

from checks.authors import line, rubric, sample

RUBRICS = {
    "in-your-own-words": rubric(
        line(
            "what_it_saw",
            1,
            "The method got three numbers of each picture: mean red, green and blue. It had no shapes, "
            "no texture and no place. Half: colours, without saying that it was their mean.",
        ),
        line(
            "confused_pair",
            1,
            "Two categories that share a component, with their counts or shares from a table. Half: two "
            "categories that are mixed up, without numbers.",
        ),
        line(
            "likelihood_is_not_truth",
            1,
            "A higher log-likelihood came with a lower agreement with the categories, with both pairs of "
            "numbers or one of them. Half: the statement alone.",
        ),
        line(
            "more_to_see",
            1,
            "Something to observe that could separate the pair: texture, infrared, several seasons. More "
            "components or more pictures alone earn nothing here.",
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
                what_it_saw=(1, "The average of three colours, and nothing else."),
                confused_pair=(1, "Both forests, with the counts in their component."),
                likelihood_is_not_truth=(1, "The likelihood rises, the agreement falls, with all numbers."),
                more_to_see=(1, "Infrared or texture could separate two greens."),
            ),
            sample(
                "middle",
                """
                It only looks at the colours of the pictures, so it does not recognise anything. For example
                rainforest and boreal forest are mixed because both are green. A high likelihood does not
                mean that the clusters are what we want. To improve it one could give it texture features or
                use a neural network.
                """,
                what_it_saw=(0.5, "Colours, but not that it had only their mean."),
                confused_pair=(0.5, "The right pair, without numbers from a table."),
                likelihood_is_not_truth=(0.5, "The statement is right, and has no evidence."),
                more_to_see=(1, "Texture is something new to observe."),
            ),
            sample(
                "weak",
                """
                The clustering was quite good and found deserts and forests by itself. Some of the pictures
                are in a wrong cluster, because their colours are similar. With more data and more clusters
                it would find all of them.
                """,
                what_it_saw=(0.5, "Colours are named, but not that it had only their mean."),
                confused_pair=(0, "Some pictures are wrong, but no two categories are named."),
                likelihood_is_not_truth=(0, "The likelihood is not mentioned."),
                more_to_see=(0, "More of the same numbers cannot separate what looks the same."),
            ),
        ],
    )
}
