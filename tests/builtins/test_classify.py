"""Classify, Predict, features and nearest points: what scikit-learn, SciPy and NumPy give for the same examples."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from scipy.spatial.distance import cdist
from scipy.stats.mstats import mquantiles

from wlnet.builtins.learning.criteria import CRITERIA
from wlnet.session import Session
from wlnet.terms import FAILED, TRUE, Association, Term, elements, expression, pack, to_list

pytest.importorskip("sklearn", reason="scikit-learn is not installed: pip install wlnet[learning]")
GENERATOR = np.random.default_rng(7)
CLASSES = np.repeat([1, 2, 3], 20)
ROWS = GENERATOR.normal(0, 1.5, (60, 3)) + 2.0 * CLASSES[:, None]
VALUES = ROWS @ [1.0, -2.0, 0.5] + GENERATOR.normal(0, 0.1, 60)
SCALED = (ROWS - ROWS.mean(axis=0)) / ROWS.std(axis=0)


@pytest.fixture(scope="module")
def session() -> Session:
    return Session()


def value(session: Session, text: str, **given: Term) -> Term:
    """Gives the value of a text, with names that stand for terms."""
    for name, term in given.items():
        session.kernel.set_own(session.kernel.resolve(name), term)
    found = session.evaluate_term(text)
    assert not session.messages, session.messages
    return found


@pytest.mark.parametrize(
    ("method", "module", "name", "arguments"),
    [
        ("LogisticRegression", "linear_model", "LogisticRegression", {"max_iter": 1000}),
        ("NaiveBayes", "naive_bayes", "GaussianNB", {}),
        ("DecisionTree", "tree", "DecisionTreeClassifier", {"random_state": 5}),
        ("RandomForest", "ensemble", "RandomForestClassifier", {"random_state": 5}),
    ],
)
def test_probabilities_are_those_of_scikit_learn(
    session: Session, method: str, module: str, name: str, arguments: dict[str, object]
) -> None:
    wanted = getattr(pytest.importorskip(f"sklearn.{module}"), name)(**arguments).fit(SCALED, CLASSES)
    text = f'Classify[rows -> classes, rows, "Probabilities", Method -> "{method}", RandomSeeding -> 5]'
    found = value(session, text, rows=pack(ROWS), classes=pack(CLASSES))
    np.testing.assert_allclose([row.values() for row in found.args], wanted.predict_proba(SCALED), atol=1e-9)


def test_values_predicted_are_those_of_scikit_learn(session: Session) -> None:
    linear_model = pytest.importorskip("sklearn.linear_model")
    wanted = linear_model.LinearRegression().fit(ROWS, VALUES)
    found = value(
        session, 'p = Predict[rows -> y, Method -> "LinearRegression"]; p[rows]', rows=pack(ROWS), y=pack(VALUES)
    )
    np.testing.assert_allclose(found, wanted.predict(ROWS), atol=1e-8)
    measured = value(session, 'PredictorMeasurements[p, rows -> y, {"RSquared", "StandardDeviation"}]')
    np.testing.assert_allclose(measured, [wanted.score(ROWS, VALUES), np.std(wanted.predict(ROWS) - VALUES)], rtol=1e-6)


def test_measurements_are_those_of_scikit_learn(session: Session) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    names = '{"Accuracy", "ConfusionMatrix", "F1Score", "CrossEntropy", "AreaUnderROCCurve", "LogLikelihood"}'
    text = f'c = Classify[rows -> classes, Method -> "NaiveBayes"]; ClassifierMeasurements[c, rows -> classes, {names}]'
    accuracy, confusion, f1, entropy, areas, likelihood = value(
        session, text, rows=pack(ROWS), classes=pack(CLASSES)
    ).args
    decided = np.asarray(value(session, "c[rows]"))
    chances = np.array([row.values() for row in value(session, 'c[rows, "Probabilities"]').args])
    assert accuracy == pytest.approx(metrics.accuracy_score(CLASSES, decided))
    np.testing.assert_array_equal(confusion, metrics.confusion_matrix(CLASSES, decided))
    np.testing.assert_allclose(f1.values(), metrics.f1_score(CLASSES, decided, average=None))
    assert entropy == pytest.approx(metrics.log_loss(CLASSES, chances))
    assert likelihood == pytest.approx(-60 * entropy)
    wanted = [metrics.roc_auc_score(k == CLASSES, chances[:, n]) for n, k in enumerate((1, 2, 3))]
    np.testing.assert_allclose(areas.values(), wanted, atol=1e-6)


def test_a_net_learns_classes_and_values(session: Session) -> None:
    text = 'ClassifierMeasurements[Classify[rows -> classes, Method -> "NeuralNetwork"], rows -> classes, "Accuracy"]'
    assert value(session, text, rows=pack(ROWS), classes=pack(CLASSES)) > 0.8
    text = 'PredictorMeasurements[Predict[rows -> y, Method -> {"NeuralNetwork", "HiddenSize" -> 8}], rows -> y, "RSquared"]'
    assert value(session, text, rows=pack(ROWS), y=pack(VALUES)) > 0.95


@pytest.mark.parametrize("suffix", ["wl", "wxf"])
def test_functions_that_have_learned_are_saved(session: Session, tmp_path: Path, suffix: str) -> None:
    file = str(tmp_path / f"c.{suffix}")
    text = 'c = Classify[rows -> classes, Method -> "RandomForest"]; Export[file, c]; d = Import[file]; {c === d, c[rows] === d[rows]}'
    found = value(session, text, rows=pack(ROWS), classes=pack(CLASSES), file=file)
    assert found.args == (TRUE, TRUE)


def test_without_scikit_learn_it_says_what_to_install(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)
    assert session.evaluate_term("Classify[{1 -> 2, 2 -> 3}]") is FAILED
    assert session.messages[0].startswith("Classify::package")
    assert "pip install wlnet[learning]" in session.messages[0]


def test_the_method_chosen_is_the_same_every_time(session: Session) -> None:
    text = 'Table[Information[Classify[rows -> classes], "Method"], 2]'
    first, second = value(session, text, rows=pack(ROWS), classes=pack(CLASSES)).args
    assert first == second


def test_priors_move_probabilities_as_bayes_says(session: Session) -> None:
    text = 'c = Classify[rows -> classes, Method -> "NaiveBayes"]; c[rows, "Probabilities", ClassPriors -> priors]'
    priors = np.array([0.1, 0.2, 0.7])
    given = Association(zip((1, 2, 3), priors.tolist(), strict=True))
    found = value(session, text, rows=pack(ROWS), classes=pack(CLASSES), priors=given)
    naive_bayes = pytest.importorskip("sklearn.naive_bayes")
    wanted = naive_bayes.GaussianNB(priors=priors).fit(SCALED, CLASSES).predict_proba(SCALED)
    np.testing.assert_allclose([row.values() for row in found.args], wanted, atol=1e-9)


def test_texts_become_the_vectors_of_scikit_learn(session: Session) -> None:
    texts = ["the cat sat on the mat", "a dog and a cat", "stocks fell in the city today"]
    made = pytest.importorskip("sklearn.feature_extraction.text").TfidfVectorizer(token_pattern=r"\w+")
    found = value(session, "FeatureExtract[texts]", texts=to_list(texts))
    np.testing.assert_allclose(found, made.fit_transform(texts).toarray(), atol=1e-12)


def test_a_reducer_maps_other_examples_as_scikit_learn_does(session: Session) -> None:
    decomposition = pytest.importorskip("sklearn.decomposition")
    wanted = decomposition.PCA(2).fit(ROWS[:40]).transform(ROWS[40:])
    found = value(session, "DimensionReduction[old, 2][new]", old=pack(ROWS[:40]), new=pack(ROWS[40:]))
    np.testing.assert_allclose(np.abs(found), np.abs(wanted), atol=1e-9)


@pytest.mark.parametrize(
    ("name", "function", "sign"),
    [("CalinskiHarabasz", "calinski_harabasz_score", 1), ("DaviesBouldin", "davies_bouldin_score", -1),
     ("Silhouette", "silhouette_score", 1)],
)  # fmt: skip
def test_criteria_are_those_of_scikit_learn(name: str, function: str, sign: int) -> None:
    wanted = getattr(pytest.importorskip("sklearn.metrics"), function)(ROWS, CLASSES)
    assert CRITERIA[name](ROWS, CLASSES, "euclidean") == pytest.approx(sign * wanted)


@pytest.mark.parametrize(
    ("distance", "name"),
    [("EuclideanDistance", "euclidean"), ("ManhattanDistance", "cityblock"), ("ChessboardDistance", "chebyshev"),
     ("CosineDistance", "cosine"), ("(Norm[#1 - #2]^3 &)", "euclidean")],
)  # fmt: skip
def test_nearest_points_are_those_of_all_distances(session: Session, distance: str, name: str) -> None:
    points, places = GENERATOR.normal(size=(150, 3)), GENERATOR.normal(size=(6, 3))
    text = f'Nearest[points -> "Index", places, 4, DistanceFunction -> {distance}]'
    found = value(session, text, points=pack(points), places=pack(places))
    np.testing.assert_array_equal(np.asarray(found), np.argsort(cdist(places, points, name), axis=1)[:, :4] + 1)


def test_points_equally_near_come_in_their_order(session: Session) -> None:
    grid = np.array([(x, y) for x in range(12) for y in range(12)])
    found = value(session, "Nearest[grid, {5, 5}, {8, 1}]", grid=pack(grid))
    assert np.asarray(found).tolist() == [[5, 5], [4, 5], [5, 4], [5, 6], [6, 5]]
    assert np.asarray(value(session, "Nearest[grid, {5.5, 5}]")).tolist() == [[5, 5], [6, 5]]


@pytest.mark.parametrize(("a", "b"), [(0.0, 1.0), (0.5, 0.0), (1.0, -1.0), (1 / 3, 1 / 3)])
def test_quantiles_are_those_of_scipy(session: Session, a: float, b: float) -> None:
    shares = [0.05, 0.3, 0.5, 0.77, 0.95]
    wanted = mquantiles(VALUES, shares, alphap=a, betap=1 - a - b)
    form = expression("List", to_list((a, b)), to_list((0, 1)))
    found = value(session, "Quantile[y, q, form]", y=pack(VALUES), q=to_list(shares), form=form)
    np.testing.assert_allclose(elements(found), wanted, rtol=1e-12)
