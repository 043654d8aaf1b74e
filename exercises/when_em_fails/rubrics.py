"""What earns the marks of the written question, and answers that are marked as examples."""

from checks.authors import line, rubric, sample

RUBRICS = {
    "in-your-own-words": rubric(
        line(
            "why_not_the_highest",
            1,
            "Two reasons: the best fit cannot get worse with more components, and a collapsing component "
            "raises the likelihood without bound. A number of the notebook is given. Half: one reason, or no "
            "number.",
        ),
        line(
            "find_collapse",
            1,
            "How to see it: a soft count near 1, a smallest eigenvalue near 0, or a gain on the fitted data "
            "that held-out data do not show. One of them is enough.",
        ),
        line(
            "repair",
            1,
            "One repair, such as a floor, a prior, or a new start, with what it assumes or what it costs. "
            "Half: a repair without its price.",
        ),
        line(
            "choose_k",
            1,
            "How to choose the number: held-out log density or BIC. And why several starts: one start may "
            "stop at a lower maximum. Half a point for each.",
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
                why_not_the_highest=(1, "Both reasons, and the gain of 0.2 that new pictures do not have."),
                find_collapse=(1, "The soft count of the sharp component, with its value."),
                repair=(1, "A floor, and what it assumes."),
                choose_k=(1, "Held-out density, and starts that end at lower maxima."),
            ),
            sample(
                "middle",
                """
                With 30 components you always get a higher likelihood than with 2, so this proves nothing.
                The sharp component has probably collapsed onto one point, you should look at its
                eigenvalues. This can be fixed with a floor for the eigenvalues. I would use BIC to choose
                the number of components.
                """,
                why_not_the_highest=(0.5, "One reason, and no number from the notebook."),
                find_collapse=(1, "The eigenvalues show it."),
                repair=(0.5, "A floor, without what it assumes or costs."),
                choose_k=(0.5, "BIC, but nothing about several starts."),
            ),
            sample(
                "weak",
                """
                30 components are too many, this is overfitting. I would take fewer, maybe 5, because then
                the result is easier to interpret. Also the sharp component could be an outlier that should
                be removed from the data. One should run it from several starts and take the best.
                """,
                why_not_the_highest=(0, "Overfitting is a word here: it has no reason and no number."),
                find_collapse=(0, "It guesses, and does not say how to find out."),
                repair=(0, "Removing data is not a repair of the fit, and has no price here."),
                choose_k=(0, "Five is a taste, and why several starts are needed is not said."),
            ),
        ],
    )
}
