"""The shipped data sets: complete, as published, split as documented, with their licenses."""

from collections import Counter
from importlib.resources import files

import numpy as np
import pytest

from wlnet.data.datasets import DataSet, dataset, names
from wlnet.errors import WlnetError

SIZES = {"FisherIris": (120, 30), "UCIDigits": (1437, 360)}
FOLDERS = {"FisherIris": "iris", "UCIDigits": "digits"}

# Fisher (1936), table II: sepal length, sepal width, petal length, petal width.
IRIS_MEANS = {
    "setosa": (5.006, 3.428, 1.462, 0.246),
    "versicolor": (5.936, 2.770, 4.260, 1.326),
    "virginica": (6.588, 2.974, 5.552, 2.026),
}
# UCI's optdigits.names: examples of 0, 1, …, 9 in the testing set.
DIGIT_COUNTS = (178, 182, 177, 183, 181, 182, 181, 179, 174, 180)


@pytest.fixture(params=names())
def each(request: pytest.FixtureRequest) -> DataSet:
    return dataset(request.param)


def rows(inputs: np.ndarray, labels: tuple[object, ...]) -> Counter[tuple[bytes, object]]:
    return Counter((x.tobytes(), label) for x, label in zip(inputs, labels, strict=True))


def test_every_data_set_is_covered_here() -> None:
    assert set(names()) == set(SIZES) == set(FOLDERS)


def test_parts_have_the_documented_sizes(each: DataSet) -> None:
    assert (len(each.training()[1]), len(each.test()[1])) == SIZES[each.name]


def test_parts_are_the_whole_without_overlap(each: DataSet) -> None:
    assert rows(*each.training()) + rows(*each.test()) == rows(*each.load())


def test_parts_are_stratified(each: DataSet) -> None:
    whole, test = Counter(each.load()[1]), Counter(each.test()[1])
    assert all(abs(test[label] - count / 5) < 1 for label, count in whole.items())


def test_each_part_keeps_the_order_of_the_file(each: DataSet) -> None:
    inputs = each.load()[0]
    for part in (each.training()[0], each.test()[0]):
        remaining = iter(inputs)
        assert all(any(np.array_equal(x, y) for y in remaining) for x in part)


def test_parts_are_the_same_every_time_and_cannot_be_changed(each: DataSet) -> None:
    first, second = each.test(), each.test()
    assert np.array_equal(first[0], second[0])
    assert first[1] == second[1]
    for inputs, _ in (each.load(), each.training(), first):
        assert inputs.dtype == np.float32
        with pytest.raises(ValueError, match="read-only"):
            inputs[0] = 0


def test_iris_has_the_class_means_that_fisher_published() -> None:
    inputs, labels = dataset("FisherIris").load()
    species = np.array(labels)
    assert inputs.shape == (150, 4)
    assert np.mean(inputs[:, 0]) == pytest.approx(5.843, abs=5e-4)
    for name, means in IRIS_MEANS.items():
        assert inputs[species == name].mean(axis=0) == pytest.approx(means, abs=1e-5)


def test_iris_is_the_version_of_the_paper() -> None:
    inputs, _ = dataset("FisherIris").load()
    assert inputs[34] == pytest.approx((4.9, 3.1, 1.5, 0.2))
    assert inputs[37] == pytest.approx((4.9, 3.6, 1.4, 0.1))


def test_digits_have_the_class_counts_that_uci_publishes() -> None:
    inputs, labels = dataset("UCIDigits").load()
    assert inputs.shape == (1797, 1, 8, 8)
    assert (inputs.min(), inputs.max()) == (0, 1)
    assert all(type(label) is int for label in labels)
    assert tuple(np.bincount(labels)) == DIGIT_COUNTS


def test_digits_are_upright_images() -> None:
    """A nearest class mean reads four fifths of the test part, and a 1 has its ink in the middle columns."""
    inputs, labels = dataset("UCIDigits").training()
    digits = np.array(labels)
    means = np.stack([inputs[digits == d].mean(axis=0) for d in range(10)])
    images, wanted = dataset("UCIDigits").test()
    nearest = ((images[:, None] - means) ** 2).sum(axis=(2, 3, 4)).argmin(axis=1)
    assert np.mean(nearest == np.array(wanted)) > 0.8
    assert means[1, 0, :, 2:6].sum() > 0.9 * means[1].sum()


def test_an_alias_names_the_same_data_set() -> None:
    assert dataset("Digits") is dataset("UCIDigits")


def test_an_unknown_name_is_an_error_that_lists_the_known_ones() -> None:
    with pytest.raises(WlnetError, match=r'"Iris\?".*FisherIris, UCIDigits'):
        dataset("Iris?")


def test_source_and_license_lie_beside_the_data(each: DataSet) -> None:
    folder = files("wlnet.data") / FOLDERS[each.name]
    text = (folder / "SOURCE.md").read_text(encoding="utf-8")
    assert each.source.rpartition(" ")[2] in text
    assert each.license in " ".join(text.split())
    assert "BSD 3-Clause" in text
    license_text = (files("wlnet.data") / "scikit-learn-license.txt").read_text(encoding="utf-8")
    assert license_text.startswith("BSD 3-Clause License")
