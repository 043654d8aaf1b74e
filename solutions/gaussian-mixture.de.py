# %% [markdown] english="57adaede"
# # Eine Mischung von Gauß-Verteilungen, angepasst mit EM
#
# Hundert Punkte liegen in der Ebene. Sie kommen aus drei Gruppen. Du findest diese Gruppen, obwohl dir
# niemand sagt, welcher Punkt zu welcher Gruppe gehört. Dafür schreibst du selbst den EM-Algorithmus
# (Expectation-Maximisation). In der Forschung sortiert man mit EM zum Beispiel Blutzellen in Typen, nach
# dem Licht, das die Zellen streuen.
#
# **Plane dreieinhalb Stunden ein.** Jede Überschrift sagt, wie viele Minuten ihr Abschnitt braucht. Nach
# Abschnitt 6 ist eine gute Stelle, um für heute aufzuhören. Für die Abschnitte 11 und 12 gibt es keine
# Bewertungspunkte.
#
# Vier Wörter benennen die Schritte von EM, hier und in jedem Hinweis: **bewerten**, **normieren**,
# **zählen**, **neu schätzen**. [Die letzte Zelle](#Symbole) erklärt die Symbole und die wichtigsten
# Begriffe.

# %% [markdown] english="9318def1"
# ## So funktioniert dieses Notebook
#
# Führe die Zellen von oben nach unten aus, mit Umschalt + Eingabe. Manche Zellen haben den Kommentar `YOUR
# CODE HERE`. Ersetze die Zeile unter diesem Kommentar durch deinen Code. Die nächste Zelle prüft deinen
# Code. Führe die Prüfung so oft aus, wie du willst: Sie sagt dir, was falsch ist. Die Prüfung benutzt
# öffentliche Fälle. Deine Bewertungspunkte kommen aus anderen Fällen, den **verborgenen Fällen**.
#
# **Sag voraus** heißt: Entscheide dich für eine Antwort, bevor du die nächste Zelle ausführst. Hat diese
# Zelle eine Zeile für deine Antwort, dann schreib die Antwort dorthin. Für Vorhersagen gibt es keine
# Bewertungspunkte.
#
# Deine Funktionen dürfen Arrays oder Listen zurückgeben. Sie dürfen Schleifen benutzen, aber sie müssen
# nicht.
#
# `example("compute_weights")` gibt die Argumente eines öffentlichen Falls zurück. Damit kannst du deine
# Funktion von Hand ausprobieren. Eine Zelle, die noch läuft, zeigt `[*]`: Der viereckige Knopf ■ hält sie
# an. Du kannst auch Esc und dann zweimal I drücken. Auf der Webseite des Kurses wähle stattdessen *Kernel*,
# *Restart Kernel*.

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

# %% [markdown] english="5cf6fa56"
# ## Bevor du anfängst: drei Fragen aus dem Gedächtnis
#
# Beantworte jede Frage im Kopf. Klick dann auf die Frage, um die Antwort zu sehen.
#
# <details><summary>1. Jemand wählt Kiste A oder Kiste B; beide sind gleich wahrscheinlich. Du siehst einen
# Ball aus der gewählten Kiste. In Kiste A ist so ein Ball viermal so wahrscheinlich wie in Kiste B. Wie
# wahrscheinlich ist Kiste A jetzt?</summary>4/5, nach dem Satz von Bayes: Das Verhältnis von A zu B ist 4
# zu 1. Normiere es: 4 / (4 + 1).</details>
#
# <details><summary>2. Muss eine Dichte kleiner als 1 bleiben?</summary>Nein. Nur ihr Integral muss 1 sein.
# Eine schmale Gauß-Verteilung hat nahe bei ihrem Mittelwert eine hohe Dichte.</details>
#
# <details><summary>3. Was ist der gewichtete Mittelwert von 2 und 8 mit den Gewichten 3 und 1?</summary>
# (3 · 2 + 1 · 8) / 4 = 3.5. Teile durch die Summe der Gewichte.</details>

# %% [markdown] english="d9fa6ba5"
# ## 1 Wie eine Mischung Punkte macht (10 min)
#
# Eine **Mischung** macht jeden Punkt in zwei Schritten. Zuerst wählt sie eine von mehreren
# Gauß-Verteilungen, den **Komponenten**. Die Wahrscheinlichkeit, dass sie eine Komponente wählt, ist deren
# **Mischungsgewicht**. Dann zieht die Mischung den Punkt aus der gewählten Komponente. Wir sehen die
# Punkte, aber wir sehen nie die Wahl.
#
# Es gibt N Punkte mit je D Koordinaten, und es gibt K Komponenten. Hier ist N = 100, D = 2 und K = 3.

# %% english="ca75db86"
true_means = [[5, 0], [1, 1], [0, 5]]
true_covs = [[[0.5, 0], [0, 0.5]], [[0.92, 0.38], [0.38, 0.91]], [[0.5, 0], [0, 0.5]]]
ax = plot_data(generate_mog_data(100, true_means, true_covs, [0.25, 0.5, 0.25], seed=7), "Neu gezogen")

# %% [markdown] english="4d460fe0"
# Ändere die Startzahl (`seed`), und führe die Zelle noch einmal aus. Du bekommst andere Punkte aus
# denselben drei Gruppen.
#
# Diese Aufgabe wurde zuerst mit der Kovarianzmatrix `[[1, 0.7], [0, 0.7]]` für die mittlere Gruppe
# veröffentlicht. Sieh dir diese Matrix an. **Sag voraus**: Kann sie von irgendetwas die Kovarianzmatrix
# sein?

# %%
published = [true_covs[0], [[1, 0.7], [0, 0.7]], true_covs[2]]
try:
    generate_mog_data(100, true_means, published, [0.25, 0.5, 0.25], seed=7)
except ValueError as error:
    print(error)

# %% [markdown] english="d39621fe"
# Die Kovarianz von *x* mit *y* ist gleich der Kovarianz von *y* mit *x*. Also müssen die beiden Einträge
# neben der Diagonale gleich sein. NumPys alter Zufallsgenerator gab nur eine Warnung aus und benutzte dann
# eine andere, symmetrische Matrix.
#
# Alle müssen dieselben Punkte benutzen, deshalb kommen die Punkte in einer Datei.

# %% [markdown] english="d1b187f3"
# **Sieh dir zuerst die Punkte an.** Wie viele Gruppen siehst du? Welcher Anteil der Punkte ist in jeder
# Gruppe? Führe die nächste Zelle aus, und sieh dir die Punkte an. Schreib die Anteile an die Stelle von
# `None`, und führe die Zelle noch einmal aus.

# %% english="f49e58b0"
data = load_synthetic()
predicted_shares = None  # deine Schätzung: drei Zahlen in [ ], die größte zuerst
ax = plot_data(data, "Die hundert Punkte")

# %% [markdown] english="47cc1b55"
# ## 2 Wie gut ist eine Schätzung? Die Log-Likelihood (15 min)
#
# Die **Parameter** sind die Gewichte, Mittelwerte und Kovarianzmatrizen. Mit einer Schätzung der Parameter
# hat jeder Punkt eine **Dichte**. Sie ist eine Summe über die Komponenten: Gewicht mal Gauß-Dichte an
# diesem Punkt. Die **Log-Likelihood** ist die Summe der Logarithmen dieser Dichte über alle Punkte. Mit
# einer besseren Schätzung überraschen die Daten weniger, also ist die Log-Likelihood größer. Eine Mischung
# an Punkte **anpassen** heißt: Parameter mit einer großen Log-Likelihood finden.

# %% english="aae27f47"
truth = loglikelihood(data, [0.25, 0.5, 0.25], true_means, true_covs)
shifted = loglikelihood(data, [0.25, 0.5, 0.25], np.array(true_means) + 1, true_covs)
print(f"wahre Mittelwerte: {truth:.1f}   alle Mittelwerte um 1 verschoben: {shifted:.1f}")

# %% [markdown] english="4d93ae59"
# Warum Logarithmen? Die nächste Zelle nimmt zwei Komponenten und einen Punkt, der von beiden 85
# Standardabweichungen entfernt ist. Sie gibt die Dichte des Punktes unter jeder Komponente aus. Dann teilt
# sie jede Dichte durch die Summe der beiden: Das ist der **Anteil** der Komponente an dem Punkt. **Sag
# voraus**, was die Zelle ausgibt.

# %% english="0a3e33d3"
far = np.array([multivariate_normal.pdf([85, 0], mean) for mean in ([0, 0], [0, 1])])
with np.errstate(invalid="ignore"):
    print("Dichten:", far, "  Anteile:", far / far.sum())

# %% [markdown] english="89e1c06e"
# Beide Dichten sind kleiner als die kleinste positive Zahl, die ein Computer speichern kann. Also wurden
# beide 0, und 0/0 ist `nan`, *keine Zahl*. Aber ihre Logarithmen sind gewöhnliche Zahlen; arbeite deshalb
# mit Logarithmen. `log_sum_exp` zieht nur den größten Logarithmus vor `exp` ab und addiert ihn am Ende
# wieder.

# %% english="881a55c4"
log_far = np.array([multivariate_normal.logpdf([85, 0], mean) for mean in ([0, 0], [0, 1])])
print("Logarithmen:", log_far, "  Anteile:", np.exp(log_far - log_sum_exp(log_far)))

# %% [markdown] english="c2ceebbd"
# ## 3 Warum EM abwechselt (25 min)
#
# Es gibt zwei Fragen. Von welcher Komponente kommt jeder Punkt? Und wo liegen die Komponenten? Jede Frage
# ist leicht, wenn du die Antwort auf die andere Frage kennst. Die nächste Abbildung zeigt beide Fälle:
#
# - **Links**: Die Gruppe jedes Punktes ist gegeben. Dann ist der Mittelwert einer Komponente der
#   Mittelwert ihrer Punkte.
# - **Rechts**: Die Komponenten sind gegeben. Nimm für jede Komponente ihr Gewicht mal ihre Dichte an einem
#   Punkt. Der Punkt kommt am wahrscheinlichsten von der Komponente mit dem größten Ergebnis.

# %% english="97d0644b"
pairs = enumerate(zip(true_means, true_covs))
groups = [generate_mog_data(33, [mu], [cov], [1], seed=k) for k, (mu, cov) in pairs]
some, given = np.concatenate(groups), np.eye(3)[np.repeat([0, 1, 2], 33)]
left, right = plt.subplots(1, 2, figsize=(10, 4), dpi=80, layout="constrained")[1]
ax = plot_responsibilities(some, given, "Gruppen gegeben: Mittelwerte (Kreuze) sind leicht", ax=left)
ax.plot(*np.transpose([np.mean(group, axis=0) for group in groups]), "kx", markersize=13, markeredgewidth=3)
ax = plot_contours(some, true_means, true_covs, "Komponenten gegeben: Gruppen sind leicht", ax=right)

# %% [markdown] english="4f331c86"
# Aber du kennst weder die Gruppen noch die Komponenten. EM beginnt deshalb mit einer Schätzung der
# Komponenten. Dann wechselt EM zwei Schritte ab:
#
# - Der **E-Schritt** (Expectation, Erwartung) behandelt die Komponenten als bekannt. Er findet die
#   Wahrscheinlichkeit, dass jeder Punkt von jeder Komponente kommt.
# - Der **M-Schritt** (Maximisation, Maximierung) behandelt diese Wahrscheinlichkeiten als bekannt. Er
#   findet bessere Komponenten.

# %% [markdown] english="cb1517c5"
# Ein E-Schritt und der M-Schritt danach sind eine **Iteration**. Abschnitt 8 erklärt, warum EM
# funktioniert, auch wenn die erste Schätzung falsch ist.

# %% [markdown] english="3891b0ae"
# Der Rest dieses Abschnitts ist eine Iteration von Hand, mit fünf Punkten und zwei Komponenten. Du musst
# keinen Code schreiben. Lies, führe aus, und erkläre dir selbst jede Tabelle.

# %% [markdown] english="1dc229ef"
# **Bewerten** ist die erste Hälfte des E-Schritts. Der Wert einer Komponente für einen Punkt ist
# Log-Gewicht plus Log-Dichte. Die Tabelle der Werte hat eine Zeile für jeden Punkt und eine Spalte für
# jede Komponente, also ist sie N × K.
#
# > **Was ist `[:, None]`?** `line` enthält die fünf Punkte und hat die Form (5,). `line[:, None]` hat die
# > Form (5, 1): Das ist eine Spalte. NumPy verbindet diese Spalte mit der Zeile `mean` der Form (2,) zu
# > einer Tabelle 5 × 2. Der Eintrag [n, k] der Tabelle gehört zum Punkt n und zur Komponente k.

# %%
line = np.array([-2.0, -1.0, 0.0, 2.0, 3.0])
weight, mean, sigma = np.array([0.5, 0.5]), np.array([-1.0, 2.0]), np.array([1.0, 1.0])
scores = np.log(weight) + norm.logpdf(line[:, None], mean, sigma)
print(scores.round(2))

# %% [markdown] english="c5f38f2f"
# **Normieren** ist die zweite Hälfte des E-Schritts. Aus jeder Zeile werden Anteile, die sich zu 1
# summieren: die **Verantwortlichkeiten**. Eine Verantwortlichkeit ist die Wahrscheinlichkeit, dass die
# Komponente den Punkt gemacht hat, gegeben den Punkt. Bei welchem der fünf Punkte bist du am wenigsten
# sicher, von welcher Komponente er kommt?

# %%
line_resp = np.exp(scores - log_sum_exp(scores, axis=1)[:, None])
print(line_resp.round(3))

# %% [markdown] english="6260cdb0"
# **Zählen** ist die erste Hälfte des M-Schritts. Die Summe einer Spalte ist die **weiche Anzahl** der
# Komponente. Sie sagt, wie viele Punkte die Komponente hält, und sie zählt auch Teile von Punkten.
# Zusammen halten die beiden Komponenten alle fünf Punkte.

# %% english="7c329ceb"
line_counts = line_resp.sum(axis=0)
print(line_counts.round(3), " zusammen", line_counts.sum().round(3))

# %% [markdown] english="1377b4ae"
# **Neu schätzen** ist die zweite Hälfte des M-Schritts.
#
# - Das neue Gewicht ist die weiche Anzahl, geteilt durch die Anzahl der Punkte.
# - Der neue Mittelwert ist der gewichtete Mittelwert der Punkte. Die Gewichte sind die
#   Verantwortlichkeiten.
# - Die neue Varianz ist der gewichtete Mittelwert der quadrierten Abstände vom *neuen* Mittelwert. Teile
#   durch die weiche Anzahl, nicht durch fünf. Sonst sähe eine Komponente mit wenigen Punkten zu schmal
#   aus.

# %% english="87692ec3"
new_weight = line_counts / line_counts.sum()
new_mean = line_resp.T @ line / line_counts
new_variance = (line_resp * (line[:, None] - new_mean) ** 2).sum(axis=0) / line_counts
print(f"Gewichte {new_weight.round(3)}  Mittelwerte {new_mean.round(3)}  Varianzen {new_variance.round(3)}")

# %% [markdown] english="1d8a6f72"
# Hat diese Iteration geholfen? Die nächste Zelle gibt die Differenz der beiden Log-Likelihoods aus.
# **Sag** das Vorzeichen dieser Differenz **voraus**.
#
# Im Code werden aus den Varianzen 1 × 1-Matrizen, weil `loglikelihood` Punkte jeder Dimension nimmt.

# %% english="1ee3b9aa"
before = loglikelihood(line[:, None], weight, mean[:, None], np.ones((2, 1, 1)))
after = loglikelihood(line[:, None], new_weight, new_mean[:, None], new_variance[:, None, None])
print(f"vorher {before:.3f}, nachher {after:.3f}, Differenz {after - before:+.3f}")

# %% [markdown] english="d61f2ce4"
# ## 4 Der E-Schritt: bewerten und normieren (20 min)
#
# Jetzt bist du dran, für Punkte mit beliebig vielen Dimensionen. Die Parameter sind gegeben. Finde die
# Verantwortlichkeiten:
#
# $$r_{nk} = \frac{\pi_k\,\mathcal N(x_n \mid \mu_k, \Sigma_k)}
# {\sum_j \pi_j\,\mathcal N(x_n \mid \mu_j, \Sigma_j)}$$
#
# Dabei ist $x_n$ der Punkt n, und $\mathcal N$ ist die Dichte einer Gauß-Verteilung. $\pi_k$, $\mu_k$ und
# $\Sigma_k$ sind Gewicht, Mittelwert und Kovarianzmatrix der Komponente k. Die Summe über j geht über alle
# Komponenten.
#
# `multivariate_normal.logpdf(data, mean, cov)` ergibt die Log-Dichte aller Punkte unter einer Komponente.
# Dichten ohne Logarithmus gelten hier auch. Die Aufgabe `bernoulli-digits` braucht Logarithmen. Schreib
# den Inhalt von `compute_responsibilities`. **6 Bewertungspunkte.**


# %% solution="compute_responsibilities" english="1d0e4ccb"
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

# %% [markdown] english="a5809539"
# ## 5 Der M-Schritt: zählen und neu schätzen (35 min)
#
# Jetzt sind die Verantwortlichkeiten gegeben. Dann gibt es für die besten Parameter eine Formel. Zuerst
# **zählen**: Die weiche Anzahl der Komponente k ist die Summe der Spalte k, $N_k = \sum_n r_{nk}$. Schreib
# den Inhalt von `compute_soft_counts`. **2 Bewertungspunkte.**


# %% solution="compute_soft_counts" english="deb37c22"
def compute_soft_counts(resp):
    """Gib die weiche Anzahl jeder Komponente zurück, Form (K,). resp: (N, K)."""
    ### BEGIN SOLUTION
    return np.asarray(resp).sum(axis=0)
    ### END SOLUTION


# %% test="compute_soft_counts"
check(compute_soft_counts, out_of=2)

# %% [markdown] english="66eda545"
# **Die Gewichte neu schätzen**: $\pi_k = N_k / N$. Die Funktion bekommt nur die weichen Anzahlen. Wie
# kommst du von den weichen Anzahlen auf N? Schreib den Inhalt von `compute_weights`. **2
# Bewertungspunkte.**


# %% solution="compute_weights" english="81654b13"
def compute_weights(counts):
    """Gib die Mischungsgewichte zurück, Form (K,). counts: (K,) weiche Anzahlen."""
    ### BEGIN SOLUTION
    return np.asarray(counts) / np.sum(counts)
    ### END SOLUTION


# %% test="compute_weights"
check(compute_weights, out_of=2)

# %% [markdown] english="72db94bb"
# **Die Mittelwerte neu schätzen**: Jeder neue Mittelwert ist ein gewichteter Mittelwert aller Punkte. Die
# Gewichte sind die Verantwortlichkeiten:
#
# $$\mu_k = \frac{1}{N_k} \sum_n r_{nk}\, x_n .$$
#
# Schreib den Inhalt von `compute_means`. **4 Bewertungspunkte.**


# %% solution="compute_means" english="83655b1d"
def compute_means(data, resp, counts):
    """Gib die Mittelwerte zurück, Form (K, D). data: (N, D). resp: (N, K). counts: (K,)."""
    ### BEGIN SOLUTION
    return np.asarray(resp).T @ np.asarray(data) / np.asarray(counts)[:, None]
    ### END SOLUTION


# %% test="compute_means"
check(compute_means, out_of=4)

# %% [markdown] english="fb2ed034"
# **Die Kovarianzmatrizen neu schätzen**: Jede neue Kovarianzmatrix ist ein gewichteter Mittelwert äußerer
# Produkte. Das **äußere Produkt** eines Vektors mit sich selbst ist die D × D-Matrix aller Produkte seiner
# Koordinaten. Benutze die *neuen* Mittelwerte:
#
# $$\Sigma_k = \frac{1}{N_k} \sum_n r_{nk}\, (x_n - \mu_k)(x_n - \mu_k)^\top .$$
#
# `np.outer` macht ein äußeres Produkt. Ein Matrixprodukt macht alle zusammen. Du darfst zu den Diagonalen
# eine kleine Zahl addieren. Eine Zahl bis 10⁻⁶ gilt, eine größere gilt nicht. Schreib den Inhalt von
# `compute_covariances`. **6 Bewertungspunkte.**


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

# %% [markdown] english="32d07ace"
# ## 6 Die Schleife (25 min)
#
# EM wiederholt die beiden Schritte. Nach jeder Iteration hängt EM die neue Log-Likelihood an `loglik` an.
# Der **Gewinn** einer Iteration ist die neue Log-Likelihood minus die davor. EM hört auf, sobald der
# letzte Gewinn kleiner als `thresh` ist. Dann ist EM **konvergiert**. Die Zeile mit `for` ist vorgegeben.
# Schreib den Inhalt der Schleife: eine Iteration und das Ende. **10 Bewertungspunkte.**


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

# %% [markdown] english="c69353b6"
# ## 7 Vom Start zur Konvergenz (15 min)
#
# Alle benutzen denselben Start. Drei der Punkte, einmal zufällig gezogen, sind die Mittelwerte. Jede
# Kovarianzmatrix ist die Kovarianzmatrix aller Daten. Die Gewichte sind gleich. Die Abbildung zeigt für
# jede Komponente zwei Kurven: Die durchgezogene Kurve ist eine Standardabweichung (Sigma) vom Mittelwert
# entfernt, die gestrichelte zwei.

# %% english="7cd3f4f1"
start_means = data[[20, 10, 96]]
start_covs = [np.cov(data, rowvar=False)] * 3
start_weights = [1 / 3] * 3
ax = plot_contours(data, start_means, start_covs, "Der Start")

# %% [markdown] english="92109635"
# **Sag voraus**: Nach wie vielen Iterationen ist der Gewinn kleiner als 0.0001? Und werden die
# Kovarianzmatrizen kleiner oder größer? Schreib die Anzahl der Iterationen an die Stelle von `None`, und
# führe die Zelle aus.
#
# `EM` bekommt Kopien des Starts. Eine Funktion, die ihre Argumente überschreibt, kann deshalb den Start
# für spätere Zellen nicht ändern.

# %% english="585da345"
predicted_iterations = None  # deine Schätzung: eine Zahl
results = EM(data, *copy.deepcopy((start_means, start_covs, start_weights)))
iterations = len(results["loglik"]) - 1
print(f"Iteration {iterations - 1} war die letzte (die erste ist 0): {iterations} Iterationen.")
print(compare_prediction(predicted_iterations, iterations))

# %% [markdown] english="5e9eda9b"
# **Kontrollpunkt.** In der ersten Zeile muss stehen, dass Iteration 29 die letzte war. Iterationen werden
# ab 0 gezählt, also sind das 30 Iterationen. Wenn deine Zahl anders ist, ist eine deiner Funktionen noch
# nicht richtig, auch wenn die Bilder gut aussehen.
#
# Die nächste Abbildung zeigt die drei Komponenten bei der Konvergenz.

# %% english="bcc01f41"
ax = plot_contours(data, results["means"], results["covs"], "Bei der Konvergenz")

# %% [markdown] english="ed305ca2"
# Wie ist EM dorthin gekommen? **Sag voraus**, wo die Komponenten nach 12 Iterationen sind. Welche
# Komponente hat ihre Gruppe gefunden? Welche Komponente reicht noch in eine andere Gruppe? Führe dann die
# Zelle aus, und zieh den Regler auf 12. *Dein* `EM` berechnet jedes Bild.

# %% tags=["nbval-ignore-output"] english="4f0bdef4"
def show_iteration(n):
    run = EM(data, *copy.deepcopy((start_means, start_covs, start_weights)), n)
    return plot_contours(data, run["means"], run["covs"], f"Nach Iteration {n}")


slide(show_iteration, 1, 30)

# %% [markdown] english="3c1a8d40"
# Nach 12 Iterationen hat jede Komponente eine Gruppe. Aber die Ellipsen von Komponente 0 reichen noch weit
# in die mittlere Gruppe hinunter. Die Ellipsen von Komponente 1 reichen noch von rechts in die mittlere
# Gruppe.

# %% [markdown] english="2189001e"
# **Weiche Zuordnungen.** Die nächste Abbildung zeigt die Verantwortlichkeiten als Farben. Die Farbe jedes
# Punktes ist eine Mischung der Farben der Komponenten, im Verhältnis ihrer Anteile. Die Form des Punktes
# gehört zur Komponente mit dem größten Anteil. Im ersten E-Schritt sind die meisten Punkte geteilt:

# %% english="60da9d2d"
first = EM(data, *copy.deepcopy((start_means, start_covs, start_weights)), 1)
ax = plot_responsibilities(data, first["resp"], "Verantwortlichkeiten im ersten E-Schritt")

# %% [markdown] english="0dee6087"
# **Sag voraus**, wie viele Punkte sich bei der Konvergenz noch zwei Komponenten teilen. In der nächsten
# Abbildung haben diese Punkte eine Farbe zwischen den Farben der beiden Komponenten.

# %% english="dad788f7"
ax = plot_responsibilities(data, results["resp"], "Verantwortlichkeiten bei der Konvergenz")

# %% [markdown] english="699f8c9a"
# ## 8 Kann die Log-Likelihood fallen? (25 min)
#
# Wie geht die Log-Likelihood über die Iterationen von EM: steigend, `"increasing"`, fallend,
# `"decreasing"`, oder keins von beidem, `"neither"`? Ihre Kurve darf ein **Plateau** haben und heißt
# trotzdem steigend. Ein Plateau ist eine Folge von Iterationen, in denen sich die Log-Likelihood kaum
# ändert. **Sag** zuerst **voraus**, zeichne dann die Kurve, und antworte dann.
#
# Der erste Schritt ist so groß, dass er den Rest verdeckt. Deshalb zeichnet die Zelle die Kurve ein
# zweites Mal, ab der dritten Iteration.

# %% english="10dd4d7b"
ax = plot_loglikelihood(results["loglik"])
ax = plot_loglikelihood(results["loglik"], "Ab der dritten Iteration", start=3)

# %% [markdown] english="4a5d2c20"
# EM kann nach einem Plateau noch viel gewinnen. Was hätte EM mit `thresh=1` gemacht?
#
# Schreib deine Antworten in die nächste Zelle. Für die Frage nach der Kurve schreib eines der drei Wörter,
# in Anführungszeichen. Für jede dieser beiden Aussagen schreib `True` (wahr) oder `False` (falsch). **3
# Bewertungspunkte.**
#
# - Nach einer Iteration, die weniger als 1 gewinnt, gewinnt keine spätere Iteration mehr als 1.
# - Mit `maxiter=12` wäre `loglik` die ersten dreizehn Zahlen von diesem `loglik`.

# %% solution="quiz-loglik" english="e5c8bda9"
loglik_course = small_gains_stay_small = twelve_begin_alike = None  # bis du unten antwortest
### BEGIN SOLUTION
loglik_course = "increasing"
small_gains_stay_small, twelve_begin_alike = False, True
### END SOLUTION

# %% test="quiz-loglik"
check_answer("quiz-loglik", loglik_course, small_gains_stay_small, twelve_begin_alike, out_of=3)

# %% [markdown] english="bb10c4e0"
# **Warum fällt die Log-Likelihood nie?** Halte die Verantwortlichkeiten eines E-Schritts fest. Dann ist
#
# $$\sum_n \sum_k r_{nk} \log \frac{\pi_k\,\mathcal N(x_n \mid \mu_k, \Sigma_k)}{r_{nk}}$$
#
# eine **untere Schranke**: Für alle Parameter ist sie nie größer als die Log-Likelihood. Bei den
# Parametern dieses E-Schritts sind die Schranke und die Log-Likelihood gleich. Wir sagen: Dort *berührt*
# die Schranke die Log-Likelihood.

# %% [markdown] english="7235a252"
# Der Grund ist: Nimm einen Punkt, und für jede Komponente den Bruch $\pi_k\,\mathcal N / r_{nk}$. Der
# Mittelwert dieser Brüche, mit den Gewichten $r_{nk}$, ist die Dichte des Punktes. Der Logarithmus eines
# Mittelwerts ist nie kleiner als der Mittelwert der Logarithmen: Das ist die **jensensche Ungleichung**.
# Also ist die Log-Likelihood nie kleiner als die Schranke. Direkt nach einem E-Schritt ist der Bruch für
# alle Komponenten derselbe. Dann sind die Log-Likelihood und die Schranke gleich.

# %% [markdown] english="b5a91e5b"
# Bei festen $r_{nk}$ ist die Schranke, bis auf eine Konstante, die Log-Likelihood von Punkten, deren
# Gruppen bekannt sind. Eines ist anders: Hier darf ein Punkt in Teilen zu mehreren Gruppen gehören. Also
# ergeben Zählen und neu Schätzen, wie in Abschnitt 3, das Maximum der Schranke.
#
# Die nächste Abbildung zeigt die Schranke und die Log-Likelihood für die fünf Punkte aus Abschnitt 3. Nur
# der Mittelwert von Komponente 1 ändert sich. Der E-Schritt nahm für ihn den Wert 0. **Sag voraus**: Zu
# welchem Mittelwert geht der M-Schritt?

# %% english="7c3b8930"
def line_scores(second_mean):
    return np.log(0.5) + norm.logpdf(line[:, None], [-1, second_mean])


grid = np.linspace(-1, 4.5, 111)
log_fixed = line_scores(0) - log_sum_exp(line_scores(0), axis=1)[:, None]
bound = [np.sum(np.exp(log_fixed) * (line_scores(mu) - log_fixed)) for mu in grid]
curves = {"Log-Likelihood": [log_sum_exp(line_scores(mu), axis=1).sum() for mu in grid], "Schranke": bound}
ax = plot_curves(grid, curves, "Schranke des E-Schritts bei 0", ["Mittelwert Komponente 1", "Log-Likelihood"])
print(f"die Schranke ist am höchsten bei {grid[np.argmax(bound)]:.2f}")

# %% [markdown] english="54fde5b2"
# Der M-Schritt geht zum Maximum der Schranke. Dort ist die Schranke mindestens so hoch wie dort, wo sie
# die Log-Likelihood berührte. Die Log-Likelihood ist mindestens so hoch wie die Schranke. Also kann die
# Log-Likelihood nicht gefallen sein. Der nächste E-Schritt macht eine neue Schranke, die beim neuen
# Mittelwert berührt.

# %% [markdown] english="46311551"
# ## 9 Lies das Ergebnis (10 min)
#
# Lies drei Zahlen aus `results`, und schreib sie in die nächste Zelle, mit drei Nachkommastellen oder
# mehr. Python zählt ab 0, also hat die erste Komponente in den Abbildungen die Nummer 0. **3
# Bewertungspunkte**, je einer für diese Zahlen:
#
# - das **Gewicht** der *ersten* Komponente;
# - die *erste* Koordinate des **Mittelwerts** der *zweiten* Komponente;
# - die Zahl *neben der Diagonale* in der **Kovarianzmatrix** der *dritten* Komponente. Das Vorzeichen
#   dieser Zahl sagt, wohin sich die Ellipse neigt: Vergleiche es mit der Abbildung.

# %% solution="quiz-results" english="c9741e67"
first_weight = second_mean = third_covariance = None  # bis du unten antwortest
### BEGIN SOLUTION
first_weight = results["weights"][0]
second_mean = results["means"][1][0]
third_covariance = results["covs"][2][0][1]
### END SOLUTION

# %% test="quiz-results"
check_answer("quiz-results", first_weight, second_mean, third_covariance, out_of=3)

# %% [markdown] english="38739e58"
# Die hundert Punkte wurden mit bekannten Parametern gemacht. Diese wahren Parameter sind fast dieselben
# wie die aus Abschnitt 2. **Sag voraus**: Liegt die Log-Likelihood des Ergebnisses von EM über oder unter
# der Log-Likelihood der wahren Parameter? Schreib deine Antwort an die Stelle von `None`.

# %% english="72fc0479"
predicted_side = None  # "darüber" oder "darunter", mit den Anführungszeichen
print(f"wahre Parameter: {truth:.2f}   EM: {results['loglik'][-1]:.2f}")
print(compare_prediction(predicted_side, "darüber" if results["loglik"][-1] > truth else "darunter"))
found_shares = np.sort(results["weights"])[::-1].round(2)
print("Die Anteile, der größte zuerst:", compare_prediction(predicted_shares, found_shares))

# %% [markdown] english="c7037dc8"
# Die Log-Likelihood des Ergebnisses von EM liegt darüber. Die hundert Punkte haben zufällige Muster, und
# EM passt sich auch an diese Muster an. Deshalb passt das Ergebnis von EM besser zu den Punkten als die
# Regel, nach der sie gemacht sind. Eine hohe Log-Likelihood auf den angepassten Punkten beweist nicht,
# dass das Modell wahr ist.

# %% [markdown] english="d7a7e043"
# ## 10 In deinen eigenen Worten (15 min)
#
# Jemand aus deinem Freundeskreis kennt *k-means*. Dieses Verfahren gibt jeden Punkt ganz einer Gruppe
# (einem *Cluster*): eine **harte Zuordnung**. Erkläre in drei bis fünf Sätzen, was eine Verantwortlichkeit
# ist und wozu sie gut ist. Nenne einen Punkt und seine Verantwortlichkeiten als Beispiel. Ein Mensch liest
# deine Antwort. **4 Bewertungspunkte**, je einer für:
#
# - Eine Verantwortlichkeit ist die Wahrscheinlichkeit einer Komponente, *gegeben den Punkt*, unter den
#   jetzigen Parametern.
# - Die Verantwortlichkeiten eines Punktes summieren sich zu 1. Der Punkt wird also geteilt, nicht kopiert.
# - Das Beispiel ist ein echter Punkt aus `data`, mit seinen Verantwortlichkeiten. Eine harte Zuordnung
#   würde diesen Punkt falsch beschreiben.
# - Der M-Schritt benutzt die Verantwortlichkeiten: Der Punkt zieht am stärksten an der Komponente mit der
#   größten.
#
# Für dein Beispiel gibt die nächste Zelle die Punkte aus, die am stärksten geteilt sind.

# %% english="005c3a5e"
largest_share = np.max(results["resp"], axis=1)
for n in np.argsort(largest_share)[:3]:
    print(f"Punkt {n} bei {data[n].round(2)}: {np.asarray(results['resp'])[n].round(3)}")

# %% [markdown] manual="in-your-own-words" points=4 english="aa767bf4"
# Eine Verantwortlichkeit ist die Wahrscheinlichkeit, dass eine Komponente einen Punkt gemacht hat. Sie
# wird für gegebene Gewichte, Mittelwerte und Kovarianzmatrizen berechnet, wenn wir wissen, wo der Punkt
# liegt. Die Verantwortlichkeiten eines Punktes summieren sich zu 1: Der Punkt wird auf die Komponenten
# verteilt. Mein Beispiel ist Punkt 24, bei (3.90, 0.92). Komponente 1 hat an ihm den Anteil 0.889, und
# Komponente 2 hat 0.111. K-means würde den Punkt ganz einem Cluster geben, als wäre er so sicher wie ein
# Punkt in der Mitte. Im M-Schritt zieht der Punkt an beiden Mittelwerten, an jedem mit seinem Anteil.

# %% [markdown] english="07661503"
# ## 11 Von einem anderen Start (5 min)
#
# EM konvergiert zu *einem* Maximum der Log-Likelihood. Die nächste Zelle probiert drei Starts. **Sag
# voraus**, was in den Ergebnissen anders sein kann: die Log-Likelihood, die Nummern der Komponenten, die
# Anzahl der Iterationen?

# %% english="43fe44eb"
for chosen in ([20, 10, 96], [63, 51, 83], [50, 46, 75]):
    run = EM(data, data[chosen], copy.deepcopy(start_covs), [1 / 3] * 3)
    steps, final = len(run["loglik"]) - 1, run["loglik"][-1]
    print(f"{chosen}: {steps} Iterationen, {final:.2f}, Gewichte {np.round(run['weights'], 3)}")
ax = plot_contours(data, run["means"], run["covs"], "Der dritte Start: ein niedrigeres Maximum")

# %% [markdown] english="7c810ef5"
# Alles davon kann anders sein. Der zweite Start findet dieselbe Mischung, aber die Komponenten haben
# andere Nummern. Nichts in den Daten sagt, welche Komponente die erste ist. Der dritte Start endet mit
# einer Log-Likelihood, die mehr als 30 kleiner ist als in den anderen beiden Ergebnissen. Mehr Iterationen
# würden nicht helfen: EM ist zu einem niedrigeren Maximum konvergiert. Bei diesem Maximum deckt eine
# Komponente zwei Gruppen ab. Eine andere Komponente ist eine sehr dünne Ellipse durch ein paar Punkte, die
# zufällig auf einer Geraden liegen.
#
# Kein Schritt von EM kann das beheben, weil kein Schritt die Log-Likelihood kleiner macht. In der Praxis
# startet man EM deshalb mehrmals und behält das beste Ergebnis. In der Aufgabe `when-em-fails` steht mehr
# dazu.

# %% [markdown] english="b373239b"
# ## 12 EM, Schritt für Schritt (15 min)
#
# Der **Explorer** in der nächsten Zelle zeigt noch einmal den dritten Start, immer einen E-Schritt oder
# einen M-Schritt. Er benutzt *deine* Funktionen. **Sag** zuerst **voraus**: Beantworte die Frage, die der
# Explorer stellt. Drück dann auf Abspielen.
#
# Geh danach zurück zum Start. Zieh den Mittelwert von Komponente 1 in die Gruppe rechts, und lass EM von
# dort laufen. Hilft das? Die Knöpfe über dem Bild öffnen eine Galerie von sieben Fehlschlägen. Die
# untere der beiden Kurven unter dem Bild ist die Schranke aus Abschnitt 8.


# %% tags=["nbval-ignore-output"] english="f206f509"
def what_moved_it(run):
    pairs = zip(run.frames, run.frames[1:])
    return " und ".join(sorted({now.half for before, now in pairs if now.loglik != before.loglik}))


question = "Welcher Schritt ändert die Log-Likelihood: E, M oder beide?"
bad_start = [1 / 3] * 3, data[chosen], start_covs
explore(data, init=bad_start, ask=question, choices=["E", "M", "E und M"], happened=what_moved_it)

# %% [markdown] english="8839f2ea"
# ## Was du mitnimmst
#
# - **Bewerten, normieren**: Der E-Schritt findet die Verantwortlichkeiten. Logarithmen schützen dabei vor
#   Zahlen, die auf 0 gerundet werden.
# - **Zählen, neu schätzen**: Der M-Schritt ist gewichtetes Zählen.
# - Die Log-Likelihood fällt nie. Fällt deine, dann ist einer der Schritte falsch.
# - EM konvergiert zu *einem* Maximum. Der Start entscheidet, welches Maximum es ist und welche Nummern die
#   Komponenten haben.
#
# Speichere das Notebook (Strg + S). Die gespeicherte Datei gibst du ab.

# %% [markdown] include="symbols.de.md" english="e1258db7"
