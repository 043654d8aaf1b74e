"""The rubric of the written question: what earns its marks, and sample answers with their marks."""

from checks.authors import line, rubric, sample

RUBRICS = {
    "in-your-own-words": rubric(
        line(
            "why_not_the_highest",
            1,
            "It gives two reasons: the best fit cannot get worse with more components, and a collapsing "
            "component raises the likelihood without bound. It also gives a number from the notebook. "
            "Half: only one reason, or both reasons without a number.",
        ),
        line(
            "find_collapse",
            1,
            "It says how to see that a component has collapsed: a soft count near 1, a smallest eigenvalue "
            "near 0, or a gain on the fitted data that held-out data do not show. One of the three is "
            "enough.",
        ),
        line(
            "repair",
            1,
            "It names one repair, such as a floor, a prior, or a new start, and says what the repair "
            "assumes or costs. Half: a repair without what it assumes or costs.",
        ),
        line(
            "choose_k",
            1,
            "It says how to choose the number of components: held-out log density or BIC. It also says why "
            "several starts are needed: one start may stop at a lower maximum. Half a point for each.",
        ),
        samples=[
            sample(
                "full",
                """
                The log-likelihood of the best fit can only go up if you allow more components, and one that
                sits on a single point makes it as large as you like: in my notebook the collapsed one
                brought 0.2 per picture for the training pictures and nothing for new ones. Check the soft
                count of your sharp component, mine was 1.0. I would put a floor under the eigenvalues, but
                then you assume that nothing real is thinner than the floor. For the number of components
                compare the log density on held-out pictures, and always from several starts because only
                one in five of mine found the best maximum.
                """,
                why_not_the_highest=(
                    1,
                    "It gives both reasons, and the gain of 0.2 that new pictures do not have.",
                ),
                find_collapse=(1, "It names the soft count of the sharp component, with its value."),
                repair=(1, "It names a floor, and what the floor assumes."),
                choose_k=(1, "It names the held-out density, and starts that end at lower maxima."),
            ),
            sample(
                "middle",
                """
                With 30 components you always get a higher likelihood than with 2, so this proves nothing.
                The sharp component has probably collapsed onto one point, you should look at its
                eigenvalues. This can be fixed with a floor for the eigenvalues. I would use BIC to
                choose the number of components in my mixture.
                """,
                why_not_the_highest=(0.5, "It gives one reason, and no number from the notebook."),
                find_collapse=(1, "It names the eigenvalues, which show the collapse."),
                repair=(0.5, "It names a floor, but not what the floor assumes or costs."),
                choose_k=(0.5, "It names BIC, but says nothing about several starts."),
            ),
            sample(
                "weak",
                """
                30 components are too many, this is overfitting. I would take fewer, maybe 5, because then
                the result is easier to interpret. Also the sharp component could be an outlier that should
                be removed from the data. One should run it from several starts and take the best.
                """,
                why_not_the_highest=(
                    0,
                    '"Overfitting" is only named: the answer gives no reason and no number.',
                ),
                find_collapse=(0, "It guesses that it is an outlier, and does not say how to find out."),
                repair=(
                    0,
                    "Removing data does not repair the fit, and the answer does not say what it costs.",
                ),
                choose_k=(
                    0,
                    "Five is only a guess, and the answer does not say why several starts are needed.",
                ),
            ),
        ],
    )
}
