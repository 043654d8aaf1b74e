"""The sentences of the page, except those of the explorer."""

# The texts in page.html.
PAGE = {
    "title": "Play with EM",
    "skip": "Skip to the explorer",
    "how": "Press Play, or the right arrow key for half a step of EM. Drag a mean to choose another start.",
    "front": "Soft Assignments",
    "course": "The course",
    "noscript": "This page needs JavaScript: it computes every step of EM in your browser.",
    "description": "EM for mixture models, half a step at a time, in your browser.",
}
# The texts in the page's script.
TOLD = {
    "loading": "Loading: {name} …",
    "notLoaded": "The scene “{name}” did not load. Choose it again.",
    "noLink": "This link cannot be read. You see the first scene.",
    "noScene": "This link points to a scene that this page does not have. You see the first scene.",
    "noRun": "This link points to a run that this scene cannot make. You see the first run of the scene.",
    "noFrame": "This link points to a half-step that this run does not have. You see the start of the run.",
    "refused": "No run can start from here. Choose another half-step, or reload the page.",
    "noSeed": "Choose a seed below 4,294,967,296. If your seed is smaller, reload the page to make room.",
    "copy": "Copy link",
    "copied": "The link is copied.",
    "copyByHand": "Your browser did not copy the link. Copy it from here:",
    "link": "Link to what is shown",
    "light": "Light colours",
    "dark": "Dark colours",
    "escape": "Escape: leave the explorer.",
    "startsTitle": "{count} starts compared",
    "startsHow": "Each seed chooses different data points as the first means. Compare how the runs end.",
    "startsHead": ["Start", "Iterations", "Log-likelihood", "Highest?", "How it ends"],
    "startsGo": "Seed {seed}",
    "startsBest": "yes",
    # Runs whose log-likelihoods differ from the best by at most this share have found the same maximum.
    "startsAlike": 1e-6,
}
