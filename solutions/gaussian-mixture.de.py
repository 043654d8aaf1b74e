# %% [markdown] english="88454fd3"
# # Eine Mischung von Gauß-Verteilungen, angepasst mit EM
#
# Hundert Punkte liegen in der Ebene. Du findest die drei Gruppen, aus denen sie kommen, ohne dass dir
# jemand sagt, welcher Punkt wohin gehört. Dafür schreibst du selbst den EM-Algorithmus
# (Expectation-Maximisation). In der Forschung sortiert man damit zum Beispiel Blutzellen nach dem Licht,
# das sie streuen, in Typen.
#
# **Plane dreieinhalb Stunden ein.** Jede Überschrift sagt, wie viele Minuten ihr Abschnitt braucht. Eine gute
# Stelle, um für heute aufzuhören, ist nach Abschnitt 6. Für die Abschnitte 11 und 12 gibt es keine
# Bewertungspunkte.
#
# Vier Wörter benennen die Schritte von EM, hier und in jedem Hinweis: **bewerten**, **normieren**,
# **zählen**, **neu schätzen**. [Die letzte Zelle](#Symbole) erklärt die Symbole und die wichtigsten Begriffe.

# %% [markdown] english="95a074dd"
# ## So funktioniert dieses Notebook
#
# Führe die Zellen von oben nach unten aus, mit Umschalt + Eingabe. Wo in einer Zelle
# `YOUR CODE HERE` steht, ersetze die Zeile darunter. Die Zelle danach prüft deine Arbeit, so
# oft du willst, und sagt, was nicht stimmt. Sie probiert öffentliche Fälle; die Bewertung benutzt andere.
#
# Deine Funktionen dürfen Arrays oder Listen zurückgeben, und Schleifen benutzen oder keine.
#
# `example("compute_weights")` gibt die Argumente eines Falls zurück, zum Ausprobieren von Hand. Eine Zelle,
# die noch läuft, zeigt `[*]`: Der viereckige Knopf ■ hält sie an, und die Taste I, zweimal gedrückt, auch.
# Auf der Webseite des Kurses wähle stattdessen *Kernel*, *Restart Kernel*.

# %% english="e66ac77c"
try:
    from helpers import checking, exploring, plots
except ImportError as missing:
    raise ImportError(
        f"{missing}. Dieses Notebook braucht `helpers`, `checks` und `explorer` des Kurses. Starte es so, "
        "wie es in der README steht. Heißt eine andere Datei oder ein anderes Paket genauso: Benenne es um, "
        "oder nimm einen anderen Kernel."
    ) from None

import copy

import matplotlib.pyplot as plt
import numpy as np
from scipy.stats import multivariate_normal, norm

from helpers import check, check_answer, compare_prediction, example, explore, generate_mog_data
from helpers import load_synthetic, log_sum_exp, loglikelihood, plot_contours, plot_curves, plot_data
from helpers import plot_loglikelihood, plot_responsibilities, slide

# %% [markdown] english="8facd153"
# ## Bevor du anfängst: drei Fragen aus dem Gedächtnis
#
# Beantworte jede im Kopf, und klapp sie dann auf.
#
# <details><summary>1. Zwei Kisten sind gleich wahrscheinlich. Du siehst einen Ball, der in Kiste A viermal so
# wahrscheinlich ist. Wie wahrscheinlich ist Kiste A jetzt?</summary>4/5, nach dem Satz von Bayes: 4 zu 1,
# dann normiert.</details>
#
# <details><summary>2. Muss eine Dichte kleiner als 1 bleiben?</summary>Nein, nur ihr Integral ist 1. Eine
# schmale Gauß-Verteilung ist hoch.</details>
#
# <details><summary>3. Was ist der gewichtete Mittelwert von 2 und 8 mit den Gewichten 3 und 1?</summary>
# (3 · 2 + 1 · 8) / 4 = 3.5: Teile durch die Summe der Gewichte.</details>

# %% [markdown] english="add82f7e"
# ## 1 Punkte mit verborgener Geschichte (10 min)
#
# Eine Mischung macht jeden Punkt in zwei Zügen. Sie wählt eine von mehreren Gauß-Verteilungen, den
# *Komponenten*, nach deren *Mischungsgewichten*. Dann zieht sie den Punkt aus dieser Komponente. Wir sehen
# die Punkte, nie die Wahl. Es gibt N Punkte mit je D Koordinaten und K Komponenten: hier N = 100, D = 2 und
# K = 3.

# %% english="4c32ecf8"
true_means = [[5, 0], [1, 1], [0, 5]]
true_covs = [[[0.5, 0], [0, 0.5]], [[0.92, 0.38], [0.38, 0.91]], [[0.5, 0], [0, 0.5]]]
ax = plot_data(generate_mog_data(100, true_means, true_covs, [0.25, 0.5, 0.25], seed=7), "Frisch gezogen")

# %% [markdown] english="f8b93ea0"
# Ändere die Startzahl (`seed`), und führe die Zelle noch einmal aus: andere Punkte, dieselben drei Gruppen.
#
# Diese Aufgabe wurde zuerst mit `[[1, 0.7], [0, 0.7]]` für die mittlere Gruppe veröffentlicht.
# Sieh dir diese Matrix an. **Sag voraus**: Kann sie von irgendetwas die Kovarianzmatrix sein?

# %%
published = [true_covs[0], [[1, 0.7], [0, 0.7]], true_covs[2]]
try:
    generate_mog_data(100, true_means, published, [0.25, 0.5, 0.25], seed=7)
except ValueError as error:
    print(error)

# %% [markdown] english="7098f43a"
# Die Kovarianz von *x* mit *y* ist die von *y* mit *x*, die beiden Ecken müssen also übereinstimmen.
# Der alte Zufallsgenerator warnte nur und zog aus einer anderen, symmetrischen Matrix.
#
# Alle müssen dieselben Punkte benutzen, deshalb kommen sie als Datei.

# %% [markdown] english="b230d661"
# **Sieh hin, bevor du anpasst.** Wie viele Gruppen siehst du, und welchen Anteil an den Punkten hat
# jede? Sieh hin, schreib deine Schätzung in die Zelle, und führe sie noch einmal aus.

# %% english="a38c2789"
data = load_synthetic()
predicted_shares = None  # deine Schätzung, drei Zahlen in [ ], die größte zuerst
ax = plot_data(data, "Die hundert Punkte")

# %% [markdown] english="5ac3dbb5"
# ## 2 Wie gut ist eine Schätzung? Die Log-Likelihood (15 min)
#
# Eine Schätzung der *Parameter*, also der Gewichte, Mittelwerte und Kovarianzmatrizen, gibt jedem Punkt eine
# Dichte: die Summe über die Komponenten von Gewicht mal Gauß-Dichte. Die *Log-Likelihood* addiert deren
# Logarithmen über alle Punkte. Mit einer besseren Schätzung überraschen die Daten weniger, die Zahl ist also
# größer.

# %% english="aae27f47"
truth = loglikelihood(data, [0.25, 0.5, 0.25], true_means, true_covs)
shifted = loglikelihood(data, [0.25, 0.5, 0.25], np.array(true_means) + 1, true_covs)
print(f"wahre Mittelwerte: {truth:.1f}   alle Mittelwerte um 1 verschoben: {shifted:.1f}")

# %% [markdown] english="ceac4460"
# Warum Logarithmen? **Sag voraus**, was die nächste Zelle ausgibt: die Dichten eines Punktes, der 85
# Standardabweichungen von jeder der beiden Komponenten entfernt liegt, und deren Anteile an ihm.

# %% english="0a3e33d3"
far = np.array([multivariate_normal.pdf([85, 0], mean) for mean in ([0, 0], [0, 1])])
with np.errstate(invalid="ignore"):
    print("Dichten:", far, "  Anteile:", far / far.sum())

# %% [markdown] english="1c1c4f6a"
# Beide Dichten sind kleiner als die kleinste Zahl, die ein Computer hält; also wurden beide 0,
# und 0/0 ist *keine Zahl* (NaN). Die Logarithmen sind gewöhnliche Zahlen. Bleib also bei Logarithmen, zieh
# vor `exp` den größten ab, und addiere ihn am Ende wieder. Mehr tut `log_sum_exp` nicht.

# %% english="881a55c4"
log_far = np.array([multivariate_normal.logpdf([85, 0], mean) for mean in ([0, 0], [0, 1])])
print("Logarithmen:", log_far, "  Anteile:", np.exp(log_far - log_sum_exp(log_far)))

# %% [markdown] english="f3a3a1cf"
# ## 3 Warum EM abwechselt (25 min)
#
# Es gibt zwei Fragen. Von welcher Komponente kommt jeder Punkt? Und wo liegen die Komponenten? Jede Frage
# ist leicht, sobald die andere beantwortet ist. Die nächste Abbildung zeigt beides:
#
# - **Links**: Die Gruppe jedes Punktes ist gegeben. Dann ist der Mittelwert einer Komponente der ihrer
#   Punkte.
# - **Rechts**: Die Komponenten sind gegeben. Dann kommt jeder Punkt am wahrscheinlichsten von der Komponente
#   mit dem größten Wert von Gewicht mal Dichte an diesem Punkt.

# %% english="97d0644b"
pairs = enumerate(zip(true_means, true_covs))
groups = [generate_mog_data(33, [mu], [cov], [1], seed=k) for k, (mu, cov) in pairs]
some, given = np.concatenate(groups), np.eye(3)[np.repeat([0, 1, 2], 33)]
left, right = plt.subplots(1, 2, figsize=(10, 4), dpi=80, layout="constrained")[1]
ax = plot_responsibilities(some, given, "Gruppen gegeben: Mittelwerte (Kreuze) sind leicht", ax=left)
ax.plot(*np.transpose([np.mean(group, axis=0) for group in groups]), "kx", markersize=13, markeredgewidth=3)
ax = plot_contours(some, true_means, true_covs, "Komponenten gegeben: Gruppen sind leicht", ax=right)

# %% [markdown] english="6fac0a00"
# Aber du kennst weder die Gruppen noch die Komponenten. EM beginnt deshalb mit einer Schätzung der
# Komponenten und wechselt ab:
#
# - Der **E-Schritt** (Expectation, Erwartung) nimmt die Komponenten als bekannt an. Er findet die
#   Wahrscheinlichkeit, dass jeder Punkt von jeder Komponente kommt.
# - Der **M-Schritt** (Maximisation, Maximierung) nimmt diese Wahrscheinlichkeiten als bekannt an. Er findet
#   bessere Komponenten.
#
# Ein E-Schritt und danach ein M-Schritt sind eine *Iteration*. Abschnitt 8 erklärt, warum das geht, auch wenn
# die erste Schätzung falsch ist. Der Rest dieses Abschnitts ist eine Iteration von Hand, mit fünf Punkten und
# zwei Komponenten. Du musst nichts schreiben: Lies, führe aus, und erkläre dir selbst jede Tabelle.

# %% [markdown] english="1aa6cce0"
# **Bewerten**, die erste Hälfte des E-Schritts. Für jeden Punkt und jede Komponente: Log-Gewicht plus
# Log-Dichte. Punkte stehen untereinander, Komponenten nebeneinander; die Tabelle ist also N × K.
#
# > **Was ist `[:, None]`?** `line` hat die Form (5,), und `line[:, None]` hat die Form (5, 1): eine Spalte.
# > NumPy verbindet diese Spalte mit der Zeile `mean` der Form (2,) zu einer Tabelle 5 × 2. Ihr Eintrag [n, k]
# > gehört zum Punkt n und zur Komponente k.

# %%
line = np.array([-2.0, -1.0, 0.0, 2.0, 3.0])
weight, mean, sigma = np.array([0.5, 0.5]), np.array([-1.0, 2.0]), np.array([1.0, 1.0])
scores = np.log(weight) + norm.logpdf(line[:, None], mean, sigma)
print(scores.round(2))

# %% [markdown] english="a1988979"
# **Normieren**, die zweite Hälfte des E-Schritts. Aus jeder Zeile werden Anteile, die sich zu 1 summieren.
# Das sind die *Verantwortlichkeiten*: die Wahrscheinlichkeit, dass der Punkt von der Komponente kommt,
# gegeben den Punkt. Bei welchem der fünf Punkte ist die Komponente am wenigsten sicher?

# %%
line_resp = np.exp(scores - log_sum_exp(scores, axis=1)[:, None])
print(line_resp.round(3))

# %% [markdown] english="349d8d6a"
# **Zählen**, die erste Hälfte des M-Schritts. Die Summe einer Spalte ist die *weiche Anzahl*: wie viele
# Punkte die Komponente hält, in Teilen. Zusammen halten sie alle fünf.

# %% english="7c329ceb"
line_counts = line_resp.sum(axis=0)
print(line_counts.round(3), " zusammen", line_counts.sum().round(3))

# %% [markdown] english="e90fc22e"
# **Neu schätzen**, die zweite Hälfte des M-Schritts. Das neue Gewicht ist die weiche Anzahl, geteilt durch
# die Anzahl der Punkte. Der neue Mittelwert ist der Mittelwert der Punkte, jeder mit seiner
# Verantwortlichkeit gewichtet. Die neue Varianz ist der gewichtete Mittelwert der quadrierten Abstände vom
# *neuen* Mittelwert. Teile durch die weiche Anzahl, nicht durch fünf: Sonst sähe eine Komponente mit
# wenigen Punkten schmal aus.

# %% english="87692ec3"
new_weight = line_counts / line_counts.sum()
new_mean = line_resp.T @ line / line_counts
new_variance = (line_resp * (line[:, None] - new_mean) ** 2).sum(axis=0) / line_counts
print(f"Gewichte {new_weight.round(3)}  Mittelwerte {new_mean.round(3)}  Varianzen {new_variance.round(3)}")

# %% [markdown] english="7b5aa573"
# Hat es sich gelohnt? **Sag** das Vorzeichen der Differenz **voraus**, und führe dann aus. Aus den Varianzen
# werden 1 × 1-Matrizen, weil `loglikelihood` Punkte jeder Dimension nimmt.

# %% english="1ee3b9aa"
before = loglikelihood(line[:, None], weight, mean[:, None], np.ones((2, 1, 1)))
after = loglikelihood(line[:, None], new_weight, new_mean[:, None], new_variance[:, None, None])
print(f"vorher {before:.3f}, nachher {after:.3f}, Differenz {after - before:+.3f}")

# %% [markdown] english="fc7fcd60"
# ## 4 Der E-Schritt: bewerten und normieren (20 min)
#
# Jetzt bist du dran, in beliebig vielen Dimensionen. Finde zu gegebenen Parametern die
# Verantwortlichkeiten:
#
# $$r_{nk} = \frac{\pi_k\,\mathcal N(x_n \mid \mu_k, \Sigma_k)}
# {\sum_j \pi_j\,\mathcal N(x_n \mid \mu_j, \Sigma_j)}$$
#
# Dabei sind $\pi_k$, $\mu_k$ und $\Sigma_k$ Gewicht, Mittelwert und Kovarianzmatrix der Komponente k, und
# $\mathcal N$ ist die Dichte einer Gauß-Verteilung.
#
# `multivariate_normal.logpdf(data, mean, cov)` ergibt die Log-Dichte aller Punkte unter
# einer Komponente. Einfache Dichten gelten hier auch; die Aufgabe `bernoulli-digits`
# braucht Logarithmen. **6 Bewertungspunkte.**


# %% solution="compute_responsibilities" english="886dfc0a"
def compute_responsibilities(data, weights, means, covariances):
    """Gib die Verantwortlichkeit jeder Komponente für jeden Punkt zurück, Form (N, K).

    data: (N, D) Punkte. weights: (K,). means: (K, D). covariances: (K, D, D).
    """
    # Bewerten: das Log-Gewicht plus die Log-Dichte, für jeden Punkt und jede Komponente, (N, K).
    # Normieren: Aus jeder Zeile werden Anteile, die sich zu 1 summieren.
    ### BEGIN SOLUTION
    components = zip(weights, means, covariances)
    scores = [np.log(pi) + multivariate_normal.logpdf(data, mu, cov) for pi, mu, cov in components]
    scores = np.column_stack(scores)
    return np.exp(scores - log_sum_exp(scores, axis=1)[:, None])
    ### END SOLUTION


# %% test="compute_responsibilities"
check(compute_responsibilities, out_of=6)

# %% [markdown] english="a953a266"
# ## 5 Der M-Schritt: zählen und neu schätzen (35 min)
#
# Zu gegebenen Verantwortlichkeiten gibt es für die besten Parameter eine Formel. Zuerst **zählen**: Die
# weiche Anzahl der Komponente k ist die Summe ihrer Spalte, $N_k = \sum_n r_{nk}$. **2 Bewertungspunkte.**


# %% solution="compute_soft_counts" english="deb37c22"
def compute_soft_counts(resp):
    """Gib die weiche Anzahl jeder Komponente zurück, Form (K,). resp: (N, K)."""
    ### BEGIN SOLUTION
    return np.asarray(resp).sum(axis=0)
    ### END SOLUTION


# %% test="compute_soft_counts"
check(compute_soft_counts, out_of=2)

# %% [markdown] english="f4860cec"
# **Die Gewichte neu schätzen**: $\pi_k = N_k / N$. Die Funktion bekommt nur die Anzahlen.
# Wie kommst du von ihnen auf N? **2 Bewertungspunkte.**


# %% solution="compute_weights" english="81654b13"
def compute_weights(counts):
    """Gib die Mischungsgewichte zurück, Form (K,). counts: (K,) weiche Anzahlen."""
    ### BEGIN SOLUTION
    return np.asarray(counts) / np.sum(counts)
    ### END SOLUTION


# %% test="compute_weights"
check(compute_weights, out_of=2)

# %% [markdown] english="8f2df06b"
# **Die Mittelwerte neu schätzen**: Jeder ist der Mittelwert aller Punkte, mit der Verantwortlichkeit
# gewichtet,
#
# $$\mu_k = \frac{1}{N_k} \sum_n r_{nk}\, x_n .$$
#
# **4 Bewertungspunkte.**


# %% solution="compute_means" english="83655b1d"
def compute_means(data, resp, counts):
    """Gib die Mittelwerte zurück, Form (K, D). data: (N, D). resp: (N, K). counts: (K,)."""
    ### BEGIN SOLUTION
    return np.asarray(resp).T @ np.asarray(data) / np.asarray(counts)[:, None]
    ### END SOLUTION


# %% test="compute_means"
check(compute_means, out_of=4)

# %% [markdown] english="93db7ad4"
# **Die Kovarianzmatrizen neu schätzen**: der gewichtete Mittelwert äußerer Produkte, mit den *neuen*
# Mittelwerten,
#
# $$\Sigma_k = \frac{1}{N_k} \sum_n r_{nk}\, (x_n - \mu_k)(x_n - \mu_k)^\top .$$
#
# `np.outer` macht ein solches Produkt; ein Matrixprodukt macht alle auf einmal. Manche addieren eine kleine
# Zahl zu den Diagonalen. Bis 10⁻⁶ gilt das, mehr nicht. **6 Bewertungspunkte.**


# %% solution="compute_covariances" english="a57cc505"
def compute_covariances(data, resp, counts, means):
    """Gib die Kovarianzmatrizen zurück, Form (K, D, D).

    data: (N, D). resp: (N, K). counts: (K,). means: (K, D), schon neu geschätzt.
    """
    ### BEGIN SOLUTION
    covariances = []
    for k, mean in enumerate(means):
        centred = np.asarray(data) - mean
        weighted = np.asarray(resp)[:, k, None] * centred
        covariances.append(weighted.T @ centred / counts[k])
    return np.array(covariances)
    ### END SOLUTION


# %% test="compute_covariances"
check(compute_covariances, out_of=6)

# %% [markdown] english="3e5c8d9c"
# ## 6 Die Schleife (25 min)
#
# EM wiederholt die beiden Schritte. Nach jeder Iteration hängt es die neue Log-Likelihood an `loglik` an.
# Es hört auf, sobald der letzte Gewinn kleiner als `thresh` ist: Es ist *konvergiert*. Die Zeile mit `for`
# ist vorgegeben. Schreib eine Iteration, und das Ende. **10 Bewertungspunkte.**


# %% solution="EM" english="10f916de"
def EM(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    """Passe eine Mischung von Gauß-Verteilungen mit EM an, vom gegebenen Start aus.

    Gibt ein Dictionary zurück: 'weights' (K,), 'means' (K, D), 'covs' (K, D, D), 'resp' (N, K),
    und 'loglik', die Log-Likelihood am Start und nach jeder Iteration.
    """
    weights, means, covariances = init_weights, init_means, init_covariances
    loglik = [loglikelihood(data, weights, means, covariances)]
    for _ in range(maxiter):
        ### BEGIN SOLUTION
        resp = compute_responsibilities(data, weights, means, covariances)
        counts = compute_soft_counts(resp)
        weights = compute_weights(counts)
        means = compute_means(data, resp, counts)
        covariances = compute_covariances(data, resp, counts, means)
        loglik.append(loglikelihood(data, weights, means, covariances))
        if loglik[-1] - loglik[-2] < thresh:
            break
        ### END SOLUTION
    return {"weights": weights, "means": means, "covs": covariances, "loglik": loglik, "resp": resp}


# %% test="EM"
check(EM, out_of=10)

# %% [markdown] english="e413a28a"
# Das ist eine gute Stelle, um für heute aufzuhören.

# %% [markdown] english="923590b1"
# ## 7 Vom Start zur Konvergenz (15 min)
#
# Alle beginnen am selben Ort: Drei der Punkte, einmal zufällig gezogen, sind die
# Mittelwerte; jede Kovarianzmatrix ist die aller Daten; die Gewichte sind gleich. In der Abbildung ist die
# durchgezogene Kurve eine Standardabweichung (Sigma) vom Mittelwert entfernt, die gestrichelte zwei.

# %% english="7cd3f4f1"
start_means = data[[20, 10, 96]]
start_covs = [np.cov(data, rowvar=False)] * 3
start_weights = [1 / 3] * 3
ax = plot_contours(data, start_means, start_covs, "Der Start")

# %% [markdown] english="4ca2986e"
# **Sag voraus**: Wie viele Iterationen dauert es, bis die Log-Likelihood weniger als 0.0001 gewinnt? Und
# werden die Kovarianzmatrizen kleiner oder größer? Schreib die Zahl an die Stelle von `None`, und führe
# dann aus.
#
# `EM` bekommt Kopien des Starts, damit eine Funktion, die ihre Argumente überschreibt, den Start
# für die Zellen darunter nicht verderben kann.

# %% english="205da685"
predicted_iterations = None  # deine Schätzung, eine Zahl
results = EM(data, *copy.deepcopy((start_means, start_covs, start_weights)))
iterations = len(results["loglik"]) - 1
print(f"Iteration {iterations - 1} war die letzte (die erste ist 0): {iterations} Iterationen.")
print(compare_prediction(predicted_iterations, iterations))

# %% [markdown] english="8ac67cce"
# **Kontrollpunkt.** In der ersten Zeile muss stehen, dass Iteration 29 die letzte war. Gezählt wird ab 0, das
# sind also 30. Wenn bei dir eine andere Zahl steht, ist eine deiner Funktionen noch nicht richtig, was auch
# immer die Bilder sagen.
#
# Die drei Komponenten bei der Konvergenz:

# %% english="bcc01f41"
ax = plot_contours(data, results["means"], results["covs"], "Bei der Konvergenz")

# %% [markdown] english="d95fdd17"
# Wie ist EM dorthin gekommen? **Sag voraus**, wo die Komponenten nach 12 Iterationen sind. Welche hat ihre
# Gruppe gefunden, und welche reicht noch in eine andere? Zieh dann den Regler auf 12. *Dein*
# `EM` berechnet jedes Bild.

# %% tags=["nbval-ignore-output"] english="4f0bdef4"
def show_iteration(n):
    run = EM(data, *copy.deepcopy((start_means, start_covs, start_weights)), n)
    return plot_contours(data, run["means"], run["covs"], f"Nach Iteration {n}")


slide(show_iteration, 1, 30)

# %% [markdown] english="5263011c"
# Nach 12 Iterationen hat jede Komponente eine Gruppe. Aber Komponente 0 reicht noch weit in die
# mittlere Gruppe hinunter, und Komponente 1 reicht noch von rechts in sie hinein.

# %% [markdown] english="35869196"
# **Weiche Zuordnungen.** Jeder Punkt bekommt jetzt die Mischung der Farben seiner Komponenten und
# die Form der Komponente mit dem größten Anteil. Im ersten E-Schritt sind die meisten Punkte
# geteilt:

# %% english="60da9d2d"
first = EM(data, *copy.deepcopy((start_means, start_covs, start_weights)), 1)
ax = plot_responsibilities(data, first["resp"], "Verantwortlichkeiten im ersten E-Schritt")

# %% [markdown] english="2e71a892"
# **Sag voraus**, wie viele Punkte am Ende noch geteilt sind. Such nach Farben zwischen zweien.

# %% english="dad788f7"
ax = plot_responsibilities(data, results["resp"], "Verantwortlichkeiten bei der Konvergenz")

# %% [markdown] english="407ed420"
# ## 8 Kann die Log-Likelihood fallen? (25 min)
#
# **Sag** zuerst **voraus**, zeichne dann die Kurve, und antworte dann: Wie geht die Log-Likelihood über die
# Iterationen von EM: steigend, `"increasing"`, fallend, `"decreasing"`, oder keins von beidem, `"neither"`?
# Ein Plateau ist erlaubt: einige Iterationen, in denen sie sich kaum ändert. Der erste Schritt verdeckt den
# Rest, deshalb wird die Kurve noch einmal ab der dritten Iteration gezeichnet.

# %% english="10dd4d7b"
ax = plot_loglikelihood(results["loglik"])
ax = plot_loglikelihood(results["loglik"], "Ab der dritten Iteration", start=3)

# %% [markdown] english="be863ead"
# Ein Plateau ist nicht das Ende: Was hätte `thresh=1` bewirkt?
#
# Deine Antwort auf die Frage oben, eines der drei Wörter in Anführungszeichen; und zwei Aussagen,
# `True` (wahr) oder `False` (falsch). **3 Bewertungspunkte.**
#
# - Hat eine Iteration einmal weniger als 1 gewonnen, so gewinnt keine spätere mehr als 1.
# - Mit `maxiter=12` wäre `loglik` die ersten dreizehn Zahlen von diesem.

# %% solution="quiz-loglik" english="e5c8bda9"
loglik_course = small_gains_stay_small = twelve_begin_alike = None  # bis du unten antwortest
### BEGIN SOLUTION
loglik_course = "increasing"
small_gains_stay_small, twelve_begin_alike = False, True
### END SOLUTION

# %% test="quiz-loglik"
check_answer("quiz-loglik", loglik_course, small_gains_stay_small, twelve_begin_alike, out_of=3)

# %% [markdown] english="8e56a216"
# **Warum fällt sie nie?** Halte die Verantwortlichkeiten eines E-Schritts fest. Dann ist
#
# $$\sum_n \sum_k r_{nk} \log \frac{\pi_k\,\mathcal N(x_n \mid \mu_k, \Sigma_k)}{r_{nk}}$$
#
# eine **untere Schranke**: Für alle Parameter ist sie höchstens so groß wie die Log-Likelihood. Bei den
# Parametern dieses E-Schritts sind beide gleich: Dort *berührt* die Schranke die Log-Likelihood. (Für jeden
# Punkt ist der Mittelwert von $\pi_k\,\mathcal N / r_{nk}$ über die Komponenten, mit den Gewichten
# $r_{nk}$, die Dichte des Punktes. Der Logarithmus eines Mittelwerts ist mindestens der Mittelwert der
# Logarithmen: Das ist die jensensche Ungleichung. Nach einem E-Schritt ist der Bruch für alle Komponenten
# derselbe, also sind beide gleich.)
#
# Bei festen $r_{nk}$ ist die Schranke, bis auf eine Konstante, die Log-Likelihood von Punkten, deren
# Gruppen in Teilen gegeben sind. Zählen und neu schätzen, wie in Abschnitt 3, ergibt also ihr Maximum.
#
# Die Abbildung zeigt beide für die fünf Punkte aus Abschnitt 3. Nur der Mittelwert von Komponente 1 ändert
# sich, und der E-Schritt nahm den Mittelwert 0. **Sag voraus**: Zu welchem Mittelwert geht der M-Schritt?

# %% english="7c3b8930"
def line_scores(second_mean):
    return np.log(0.5) + norm.logpdf(line[:, None], [-1, second_mean])


grid = np.linspace(-1, 4.5, 111)
log_fixed = line_scores(0) - log_sum_exp(line_scores(0), axis=1)[:, None]
bound = [np.sum(np.exp(log_fixed) * (line_scores(mu) - log_fixed)) for mu in grid]
curves = {"Log-Likelihood": [log_sum_exp(line_scores(mu), axis=1).sum() for mu in grid], "Schranke": bound}
ax = plot_curves(grid, curves, "Schranke des E-Schritts bei 0", ["Mittelwert Komponente 1", "Log-Likelihood"])
print(f"die Schranke ist am höchsten bei {grid[np.argmax(bound)]:.2f}")

# %% [markdown] english="637826d7"
# Der M-Schritt geht zum Maximum der Schranke. Dort ist die Schranke mindestens so hoch wie da, wo sie
# berührte, und die Log-Likelihood ist mindestens so hoch wie die Schranke. Also kann die Log-Likelihood
# nicht gefallen sein. Der nächste E-Schritt macht eine neue Schranke, die beim neuen Mittelwert berührt.

# %% [markdown] english="8b10d029"
# ## 9 Lies das Ergebnis (10 min)
#
# Drei Zahlen aus `results`, auf drei Nachkommastellen oder mehr. Python zählt ab 0, die
# erste Komponente hat in den Abbildungen also die Nummer 0. **3 Bewertungspunkte**, je einer für:
#
# - das **Gewicht** der *ersten* Komponente;
# - die *erste* Koordinate des **Mittelwerts** der *zweiten* Komponente;
# - die Zahl *neben der Diagonale* der **Kovarianzmatrix** der *dritten*. Ihr Vorzeichen sagt,
#   wohin sich die Ellipse neigt: Vergleiche mit dem Bild.

# %% solution="quiz-results" english="c9741e67"
first_weight = second_mean = third_covariance = None  # bis du unten antwortest
### BEGIN SOLUTION
first_weight = results["weights"][0]
second_mean = results["means"][1][0]
third_covariance = results["covs"][2][0][1]
### END SOLUTION

# %% test="quiz-results"
check_answer("quiz-results", first_weight, second_mean, third_covariance, out_of=3)

# %% [markdown] english="2ed8bd10"
# Noch ein Blick auf `results`. Diese Punkte wurden mit bekannten Parametern gemacht, ziemlich genau
# denen aus Abschnitt 2. **Sag voraus**: Liegt die Log-Likelihood von EM über oder unter der der Wahrheit?

# %% english="7de575e3"
predicted_side = None  # "darüber" oder "darunter", mit den Anführungszeichen
print(f"die Wahrheit: {truth:.2f}   EM: {results['loglik'][-1]:.2f}")
print(compare_prediction(predicted_side, "darüber" if results["loglik"][-1] > truth else "darunter"))
found_shares = np.sort(results["weights"])[::-1].round(2)
print("Die Anteile, der größte zuerst:", compare_prediction(predicted_shares, found_shares))

# %% [markdown] english="a5a52e0c"
# Darüber. EM passt zu diesen hundert Punkten, mit ihren zufälligen Mustern, besser als die Regel, nach der
# sie gemacht sind. Eine hohe Log-Likelihood auf den angepassten Punkten beweist nicht, dass das Modell wahr
# ist.

# %% [markdown] english="fed43f88"
# ## 10 In deinen eigenen Worten (15 min)
#
# Jemand aus deinem Freundeskreis kennt *k-means*, ein Verfahren, das jeden Punkt ganz einer Gruppe (einem
# *Cluster*) gibt. Erkläre in drei bis fünf Sätzen, was eine Verantwortlichkeit ist und wozu sie gut ist.
# Nenne einen Punkt und seine Verantwortlichkeiten als Beispiel. **4 Bewertungspunkte**, gelesen von einem
# Menschen, je einer für:
#
# - sie ist die Wahrscheinlichkeit einer Komponente, *gegeben den Punkt*, unter den jetzigen Parametern;
# - die Verantwortlichkeiten eines Punktes summieren sich zu 1, er wird also geteilt, nicht kopiert;
# - ein echter Punkt aus `data`, mit seinen Zahlen, den eine solche *harte Zuordnung* falsch wiedergäbe;
# - was der M-Schritt damit macht: Der Punkt zieht an jeder Komponente mit seinem Anteil.
#
# Die nächste Zelle gibt die Punkte aus, die am stärksten geteilt sind, für dein Beispiel.

# %% english="005c3a5e"
largest_share = np.max(results["resp"], axis=1)
for n in np.argsort(largest_share)[:3]:
    print(f"Punkt {n} bei {data[n].round(2)}: {np.asarray(results['resp'])[n].round(3)}")

# %% [markdown] manual="in-your-own-words" points=4 english="8849b83e"
# Eine Verantwortlichkeit ist die Wahrscheinlichkeit, dass ein Punkt von einer Komponente kommt, gegeben, wo
# der Punkt liegt, und gegeben die jetzigen Gewichte, Mittelwerte und Kovarianzmatrizen. Die
# Verantwortlichkeiten eines Punktes summieren sich zu 1: Er wird auf die Komponenten verteilt. Punkt 24,
# bei (3.90, 0.92), gehört zu 0.889 zu Komponente 1 und zu 0.111 zu Komponente 2; k-means würde ihn ganz
# einem Cluster geben, als wäre er so sicher wie ein Punkt in der Mitte. Im M-Schritt zieht er an beiden
# Mittelwerten, an jedem mit seinem Anteil.

# %% [markdown] english="6bda0328"
# ## 11 Von einem anderen Start (5 min)
#
# EM steigt auf *ein* Maximum. **Sag voraus**: Wenn wir von anderen
# Punkten aus beginnen, was kann anders sein: die Log-Likelihood, die Nummern der Komponenten, die Anzahl
# der Iterationen?

# %% english="440bcc9c"
for chosen in ([20, 10, 96], [63, 51, 83], [50, 46, 75]):
    run = EM(data, data[chosen], copy.deepcopy(start_covs), [1 / 3] * 3)
    steps, final = len(run["loglik"]) - 1, run["loglik"][-1]
    print(f"{chosen}: {steps} Iterationen, {final:.2f}, Gewichte {np.round(run['weights'], 3)}")
ax = plot_contours(data, run["means"], run["covs"], "Der dritte Start: konvergiert, und falsch")

# %% [markdown] english="7a9ba56c"
# Alle drei. Der zweite Start findet dieselbe Mischung unter anderen Nummern: Nichts in
# den Daten sagt, welche Komponente die erste ist. Der dritte endet mehr als 30 tiefer. Mehr Iterationen
# würden nicht helfen: Er ist zu einem niedrigeren Maximum konvergiert. Dort deckt eine Komponente zwei
# Gruppen ab, und eine andere ist eine sehr dünne Ellipse durch ein paar Punkte, die zufällig auf einer
# Geraden liegen.
#
# Kein Schritt kann das beheben, weil jeder Schritt nur steigt. In der Praxis startet man EM deshalb mehrmals
# und behält das Beste. Die Aufgabe `when-em-fails` kommt darauf zurück.

# %% [markdown] english="155aa81d"
# ## 12 EM zum Anfassen (15 min)
#
# Noch einmal dieser schlechte Start, immer ein E-Schritt oder ein M-Schritt, angetrieben von *deinen*
# Funktionen. **Sag voraus**, und drück dann auf Abspielen. Geh dann zurück zum Start, zieh den Mittelwert
# von Komponente 1 in die Gruppe rechts, und lass EM von dort laufen: Hilft das? Die Knöpfe über dem Bild
# öffnen eine Galerie von sieben Fehlschlägen. Unter dem Bild ist die untere Kurve die untere Schranke aus
# Abschnitt 8.


# %% tags=["nbval-ignore-output"] english="333c5509"
def what_moved_it(run):
    pairs = zip(run.frames, run.frames[1:])
    return " und ".join(sorted({now.half for before, now in pairs if now.loglik != before.loglik}))


question = "Welcher Halbschritt ändert die Log-Likelihood: E, M, oder beide?"
bad_start = [1 / 3] * 3, data[chosen], start_covs
explore(data, init=bad_start, ask=question, choices=["E", "M", "E und M"], happened=what_moved_it)

# %% [markdown] english="597cc667"
# ## Was du mitnimmst
#
# - **Bewerten, normieren**: Der E-Schritt findet Verantwortlichkeiten, sicher mit Logarithmen.
# - **Zählen, neu schätzen**: Der M-Schritt ist gewichtetes Zählen.
# - Die Log-Likelihood fällt nie; fällt deine, ist ein Schritt falsch.
# - Sie endet bei *einem* Maximum. Der Start entscheidet, bei welchem, und welche Nummern die Komponenten
#   haben.
#
# Speichere das Notebook (Strg + S): Die gespeicherte Datei gibst du ab.

# %% [markdown] include="symbols.de.md" english="fdd57f78"
