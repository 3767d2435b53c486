"""Tests written in the language: VerificationTest, TestCreate, TestReport, and what they give."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from typing import Any

from wlnet.builtins.evaluation.forms import WHOLE
from wlnet.builtins.evaluation.help import INFORMATION
from wlnet.builtins.evaluation.messages import message_term
from wlnet.errors import ParseError
from wlnet.kernel import Kernel, Message, applies, builtin, constant
from wlnet.kernel.control import ControlFlow, Exit
from wlnet.syntax import parse_program, write
from wlnet.terms import (
    ABORTED,
    FAILED,
    NONE,
    TRUE,
    Association,
    Expression,
    S,
    Term,
    elements,
    is_list,
    list_of,
    register,
    to_list,
    truth,
)
from wlnet.terms import attributes as flags

INFINITY, NO_MESSAGES = Expression(S.DirectedInfinity, (1,)), Expression(S.List, ())
OPTIONS = {"SameTest": S.SameQ, "TestID": NONE, "TimeConstraint": INFINITY, "MemoryConstraint": INFINITY}
#: Where a session keeps the list that tests are added to while a report is made.
COLLECTED = "tests"
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
            results = dict(enumerate(self.tests, 1))
            chosen = {
                name: {index: test for index, test in results.items() if test.passed is passed}
                for name, passed in (("Succeeded", True), ("Failed", False))
            }
            self._facts = {
                "Title": self.title,
                "AllTestsSucceeded": truth(self.passed),
                "TimeElapsed": self.seconds,
                "TestResults": Association(results.items()),
                **{f"Tests{name}Count": len(tests) for name, tests in chosen.items()},
                **{f"Tests{name}": Association(tests.items()) for name, tests in chosen.items()},
                **{f"Tests{name}Indices": list_of(*tests) for name, tests in chosen.items()},
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


@builtin(
    "VerificationTest",
    category="Tests",
    attributes=flags.HOLD_ALL_COMPLETE,
    options=OPTIONS,
    takes_rules=True,
)
def verification_test(
    kernel: Kernel, given: Term, wanted: Term = TRUE, messages: Term = NO_MESSAGES, *, options: dict[str, Term]
) -> Term:
    """VerificationTest[input, expected] tests whether input evaluates to what expected evaluates to.
    VerificationTest[input] tests whether it gives True.
    VerificationTest[input, expected, {f::tag, …}] expects these messages too.

    Details: It gives a TestObject; test["Outcome"] is "Success", "Failure", "MessagesFailure" or "NotEvaluated". In
    a TestReport the tests of a file are counted; the command wlnet test FILE prints such a report.

    Examples:
        >> VerificationTest[1 + 1, 2]["Outcome"]
        = "Success"
        >> VerificationTest[1 + 1, 3][{"Outcome", "ActualOutput"}]
        = {"Failure", HoldForm[2]}
        >> VerificationTest[1/0, ComplexInfinity, {Power::infy}]["Outcome"]
        = "Success"
        >> VerificationTest[1/0, ComplexInfinity]["Outcome"]
        = "MessagesFailure"
        >> VerificationTest[Reverse[a -> b], b -> a, TestID -> "a rule"]["Outcome"]
        = "Success"
        >> VerificationTest[x, y]
        printed: TestObject[<Failure: x>]
    Options: "SameTest":
        >> VerificationTest[1., 1, SameTest -> Equal]["Outcome"]
        = "Success"
    Options: "TestID":
        >> VerificationTest[True, TestID -> "truth"]["TestID"]
        = "truth"
    Options: "TimeConstraint":
        >> VerificationTest[While[True], Null, TimeConstraint -> 0.05]["Outcome"]
        = "Failure"
    Options: "MemoryConstraint":
        >> VerificationTest[1 + 1, 2, MemoryConstraint -> 10^9]["Outcome"]
        = "Success"
    """
    return evaluated(kernel, made(kernel, given, wanted, messages, options))


@builtin("TestCreate", category="Tests", attributes=flags.HOLD_ALL_COMPLETE, options=OPTIONS, takes_rules=True)
def create_test(
    kernel: Kernel, given: Term, wanted: Term = TRUE, messages: Term = NO_MESSAGES, *, options: dict[str, Term]
) -> Term:
    """TestCreate[input, expected] makes a test as VerificationTest does, without evaluating it.

    Details: TestEvaluate and TestReport evaluate it. The options are those of VerificationTest.

    Examples:
        >> TestCreate[1 + 1, 2]["Outcome"]
        = "NotEvaluated"
        >> TestEvaluate[TestCreate[1 + 1, 2]]["Outcome"]
        = "Success"
    Options: "SameTest":
        >> TestEvaluate[TestCreate[1., 1, SameTest -> Equal]]["Outcome"]
        = "Success"
    Options: "TestID":
        >> TestCreate[True, TestID -> "truth"]["TestID"]
        = "truth"
    Options: "TimeConstraint":
        >> TestEvaluate[TestCreate[While[True], Null, TimeConstraint -> 0.05]]["Outcome"]
        = "Failure"
    Options: "MemoryConstraint":
        >> TestEvaluate[TestCreate[1 + 1, 2, MemoryConstraint -> 10^9]]["Outcome"]
        = "Success"
    """
    return made(kernel, given, wanted, messages, options)


@builtin("TestEvaluate", category="Tests")
def evaluate_test(kernel: Kernel, test: Term) -> Term | None:
    """TestEvaluate[test] evaluates a test that TestCreate made.

    Examples:
        >> TestEvaluate[TestCreate[2^3, 8]]["Outcome"]
        = "Success"
    """
    return evaluated(kernel, test) if isinstance(test, Test) else None


@builtin(
    "TestReport",
    category="Tests",
    messages={"file": "`1`", "tests": "A file or a list of tests is expected instead of `1`."},
)
def report_tests(kernel: Kernel, tests: Term) -> Term:
    """TestReport["file.wlt"] evaluates the tests in a file and reports on them.
    TestReport[{test1, test2, …}] reports on a list of tests.

    Details: report["AllTestsSucceeded"], "TestsSucceededCount", "TestsFailedCount", "TestResults", "TestsFailed", "TimeElapsed",
    … are its properties.

    Examples:
        >> report = TestReport[{TestCreate[1 + 1, 2], TestCreate[1 + 1, 3]}]; report["TestsFailedCount"]
        = 1
        >> report["TestsFailedIndices"]
        = {2}
        >> {report}
        printed: {TestReportObject[<Test report: 1 of 2 tests passed>]}
        >> file = FileNameJoin[{CreateDirectory[], "a.wlt"}]; Export[file, "VerificationTest[1 + 1, 2]", "Text"];
        >> TestReport[file]["AllTestsSucceeded"]
        = True
    Possible issues:
        >> TestReport["no such file"]
        = $Failed
        message: TestReport::file
        >> TestReport[5]
        = $Failed
        message: TestReport::tests
    """
    start = time.perf_counter()
    if is_list(tests) and all(isinstance(test, Test) for test in elements(tests)):
        done = tuple(evaluated(kernel, test) for test in elements(tests))
        return Report("Test report", done, time.perf_counter() - start)
    name = tests.args[0] if type(tests) is Expression and tests.head is S.File and len(tests.args) == 1 else tests
    if type(name) is not str:
        raise Message("tests", tests, result=FAILED)
    try:
        return report_on_file(kernel, name)
    except (OSError, UnicodeDecodeError) as error:
        raise Message("file", f"{name}: {getattr(error, 'strerror', None) or error}", result=FAILED) from None
    except ParseError as error:
        raise Message("file", str(error), result=FAILED) from None


def report_on_file(kernel: Kernel, name: str) -> Report:
    """Gives the report on the tests in a file; raises OSError, UnicodeDecodeError or ParseError."""
    start = time.perf_counter()
    with open(name, encoding="utf-8") as file:
        text = file.read()
    collected: list[Test] = []
    before = kernel.state.get(COLLECTED)
    kernel.state[COLLECTED] = collected
    try:
        for statement in parse_program(text, kernel.resolve, name):
            kernel.evaluate_to_end(statement.term)
    finally:
        kernel.state[COLLECTED] = before
    return Report(os.path.basename(name), tuple(collected), time.perf_counter() - start)


def made(kernel: Kernel, given: Term, wanted: Term, messages: Term, options: dict[str, Term]) -> Test:
    """Gives a test that has not been evaluated."""
    options = {name: kernel.evaluate(value) for name, value in options.items()}
    facts = {
        "Outcome": "NotEvaluated",
        "Input": Expression(S.HoldForm, (given,)),
        "ExpectedOutput": Expression(S.HoldForm, (wanted,)),
        "ExpectedMessages": messages if is_list(messages) else Expression(S.List, (messages,)),
        "TestID": options["TestID"],
    }
    return Test(facts, options)


def evaluated(kernel: Kernel, test: Test) -> Test:
    """Gives the test with what came of it; the tests of a report are collected."""
    start = time.perf_counter()
    wanted = kernel.evaluate(test.facts["ExpectedOutput"].args[0])
    expected = set(map(text_of, elements(test.facts["ExpectedMessages"])))
    issued = len(kernel.issued)
    kernel.quiet += 1
    try:
        value = kernel.evaluate(constrained(test))
    except Exit:
        raise
    except ControlFlow:
        value = ABORTED
    finally:
        kernel.quiet -= 1
    actual = dict.fromkeys(kernel.issued[issued:])
    same = kernel.is_true(Expression(test.options["SameTest"], (value, wanted)))
    outcome = "Failure" if not same else "Success" if set(actual) == expected else "MessagesFailure"
    done = Test(
        {
            **test.facts,
            "Outcome": outcome,
            "ExpectedOutput": Expression(S.HoldForm, (wanted,)),
            "ActualOutput": Expression(S.HoldForm, (value,)),
            "ActualMessages": to_list([message_term(kernel, label) for label in actual]),
            "AbsoluteTimeUsed": time.perf_counter() - start,
        },
        test.options,
    )
    collected = kernel.state.get(COLLECTED)
    if collected is not None:
        collected.append(done)
    return done


def constrained(test: Test) -> Term:
    """Gives the input within the limits that the test sets."""
    term = test.facts["Input"].args[0]
    for head, name in ((S.TimeConstrained, "TimeConstraint"), (S.MemoryConstrained, "MemoryConstraint")):
        if test.options[name] is not INFINITY:
            term = Expression(head, (term, test.options[name]))
    return term


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
