"""What tests and reports on them are: their properties, and how they are shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from wlnet.builtins.evaluation.forms import WHOLE
from wlnet.builtins.evaluation.help import INFORMATION
from wlnet.kernel import Kernel, Message, applies, constant
from wlnet.syntax import write
from wlnet.terms import FAILED, Association, Expression, S, Term, elements, is_list, register, to_list, truth

NOT_THERE = "There is no property `1`; the properties are `2`."


@dataclass(slots=True, eq=False)
class Test:
    """A test: its facts by property; "Outcome" is "Success", "Failure", "MessagesFailure" or "NotEvaluated"."""

    facts: dict[str, Term]
    options: dict[str, Term]

    @property
    def outcome(self) -> str:
        return str(self.facts["Outcome"])

    @property
    def passed(self) -> bool:
        return self.outcome == "Success"

    @property
    def title(self) -> str:
        """Its TestID, or else its input."""
        given = self.facts["TestID"]
        return given if type(given) is str else write(self.facts["Input"].args[0], "InputForm")


@dataclass(slots=True, eq=False)
class Report:
    """The tests of one TestReport, and what it is called."""

    title: str
    tests: tuple[Test, ...]
    seconds: float
    _facts: dict[str, Term] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        return all(test.passed for test in self.tests)

    @property
    def facts(self) -> dict[str, Term]:
        """Property → value."""
        if not self._facts:
            chosen = {
                "Succeeded": [test for test in self.tests if test.passed],
                "Failed": [test for test in self.tests if not test.passed],
            }
            self._facts = {
                "Title": self.title,
                "AllTestsSucceeded": truth(self.passed),
                "TimeElapsed": self.seconds,
                "TestResults": numbered(list(self.tests)),
                **{f"Tests{name}Count": len(tests) for name, tests in chosen.items()},
                **{f"Tests{name}": numbered(tests) for name, tests in chosen.items()},
                "TestsFailedWithMessages": numbered([t for t in self.tests if t.outcome == "MessagesFailure"]),
                "TestsFailedWrongResults": numbered([t for t in self.tests if t.outcome == "Failure"]),
            }
        return self._facts


def numbered(tests: list[Test]) -> Association:
    return Association(enumerate(tests, 1))


def lines_of(report: Report) -> list[str]:
    """Gives the report for a reader: a line of counts, then each test that failed with what it wanted and got."""
    failed = [test for test in report.tests if not test.passed]
    lines = [f"{report.title}: {len(report.tests) - len(failed)} of {len(report.tests)} tests passed"]
    for test in failed:
        lines.append(f"  {test.outcome}: {test.title}")
        names = ("Input", "ExpectedOutput", "ActualOutput", "ExpectedMessages", "ActualMessages")
        shown = {name: text_of(test.facts[name]) for name in names}
        lines += [f"    {name:<17}{text}" for name, text in shown.items() if text not in ("", "{}")]
    return lines


def text_of(term: Term) -> str:
    held = type(term) is Expression and term.head is S.HoldForm
    return write(term.args[0] if held else term, "InputForm")


register(Test, S.TestObject, text=lambda test: f"TestObject[<{test.outcome}: {test.title}>]")
register(Report, S.TestReportObject, text=lambda report: f"TestReportObject[<{lines_of(report)[0]}>]")
WHOLE[Report] = lambda report: "\n".join(lines_of(report))


@applies(Test)
@applies(Report)
def property_of(kernel: Kernel, asked: Any, args: tuple[Term, ...]) -> Term | None:
    return information(kernel, asked, args[0]) if len(args) == 1 else None


def information(kernel: Kernel, asked: Any, wanted: Term | None) -> Term:
    """Gives a property of a test or a report, a list of them, or (None) all by name."""
    facts: dict[str, Term] = asked.facts
    if wanted is None:
        return Association(facts.items())
    if is_list(wanted):
        return to_list([information(kernel, asked, name) for name in elements(wanted)])
    if wanted == "Properties":
        return to_list(sorted(facts))
    if type(wanted) is not str or wanted not in facts:
        raise Message("prop", wanted, ", ".join(sorted(facts)), text=NOT_THERE, result=FAILED)
    return facts[wanted]


@constant("TestObject", category="Tests")
def test_object() -> None:
    """TestObject[…] is a test; TestObject[…]["property"] gives a property of it.

    Details: The properties are "Outcome", "Input", "ExpectedOutput", "ActualOutput", "ExpectedMessages", "ActualMessages",
    "TestID" and "AbsoluteTimeUsed".

    Examples:
        >> VerificationTest[2 + 2, 4]["Input"]
        = HoldForm[2 + 2]
    """


@constant("TestReportObject", category="Tests")
def test_report_object() -> None:
    """TestReportObject[…] is what TestReport gives; TestReportObject[…]["property"] gives a property of it.

    Examples:
        >> TestReport[{TestCreate[2 + 2, 4]}]["TestsSucceededCount"]
        = 1
    """


INFORMATION[Test] = INFORMATION[Report] = information
