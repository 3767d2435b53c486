"""What programs ask about the front end and the place that they run in."""

from __future__ import annotations

from wlnet.kernel import constant
from wlnet.terms import FALSE, NULL


@constant("$FrontEnd", category="Symbols", value=NULL)
def front_end() -> None:
    """$FrontEnd is the front end of the Wolfram system, Null where there is none.

    Examples:
        >> $FrontEnd
        = Null
    """


@constant("$CloudEvaluation", category="Symbols", value=FALSE)
def cloud_evaluation() -> None:
    """$CloudEvaluation tells whether the program runs in the cloud.

    Examples:
        >> $CloudEvaluation
        = False
    """
