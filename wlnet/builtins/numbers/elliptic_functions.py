"""Elliptic integrals and Jacobi's elliptic functions; and integrals and series that are their neighbors in tables."""

from __future__ import annotations

from typing import Any

import numpy as np

from wlnet.builtins.numbers.numerical import COMPLEX_INFINITY, INFINITY, MINUS_INFINITY
from wlnet.builtins.numbers.special import special
from wlnet.builtins.numbers.special_functions import Special, declare, quarter, scipy, scipy_part, table


def of_third_kind(n: Any, phi: Any, m: Any = None) -> Any:
    """Gives the elliptic integral of the third kind by those of Carlson's (1979), nan where it is not real or phi > Pi/2."""
    if m is None:
        phi, m = np.pi / 2, phi
    sine = np.sin(phi)
    square = sine**2
    inner, pole = 1 - m * square, 1 - n * square
    real = (inner > 0) & (pole > 0) & (np.abs(phi) <= np.pi / 2)
    cosine = np.where(np.abs(phi) == np.pi / 2, 0.0, np.cos(phi) ** 2)
    first, second = special("elliprf")(cosine, inner, 1.0), special("elliprj")(cosine, inner, 1.0, pole)
    return np.where(real, sine * first + n / 3 * sine**3 * second, np.nan)


# fmt: off
for _row in (
    Special("EllipticK", "EllipticK[m] gives the complete elliptic integral of the first kind",
            ("EllipticK[{0, 0.5}]", "{Pi/2, 1.854074677}"), scipy("ellipk"), "ellipk",
            table((0, quarter()), (1, COMPLEX_INFINITY))),
    Special("EllipticE", "EllipticE[m] gives the complete elliptic integral of the second kind; EllipticE[phi, m] the one up to phi",
            ("{EllipticE[0.5], EllipticE[0.3, 0.5]}", "{1.350643881, 0.297775372}"),
            lambda *x: special("ellipe" if len(x) == 1 else "ellipeinc")(*x), "ellipe",
            table((0, quarter()), (1, 1))),
    Special("EllipticF", "EllipticF[phi, m] gives the elliptic integral of the first kind up to phi",
            ("EllipticF[0.3, 0.5]", "0.3022546686"), scipy("ellipkinc"), "ellipf"),
    Special("EllipticPi", "EllipticPi[n, m] gives the complete elliptic integral of the third kind; EllipticPi[n, phi, m] the one up to phi",
            ("{EllipticPi[0.2, 0.5], EllipticPi[0.2, 0.3, 0.5]}", "{2.092956583, 0.3040655507}"), of_third_kind, "ellippi"),
    Special("JacobiSN", "JacobiSN[u, m] gives Jacobi's elliptic function sn", ("JacobiSN[0.5, 0.3]", "0.4742156227"),
            scipy_part("ellipj", 0), lambda work, u, m: work.ellipfun("sn", u, m=m), table(((0, 0), 0))),
    Special("JacobiCN", "JacobiCN[u, m] gives Jacobi's elliptic function cn", ("JacobiCN[0.5, 0.3]", "0.8804087364"),
            scipy_part("ellipj", 1), lambda work, u, m: work.ellipfun("cn", u, m=m), table(((0, 0), 1))),
    Special("JacobiDN", "JacobiDN[u, m] gives Jacobi's elliptic function dn", ("JacobiDN[0.5, 0.3]", "0.9656789647"),
            scipy_part("ellipj", 2), lambda work, u, m: work.ellipfun("dn", u, m=m), table(((0, 0), 1))),
    Special("Erfi", "Erfi[z] gives the imaginary error function, Erf[I z]/I", ("Erfi[{0, 0.5}]", "{0, 0.6149520947}"), scipy("erfi"), "erfi",
            table((0, 0), (INFINITY, INFINITY), (MINUS_INFINITY, MINUS_INFINITY))),
    Special("SinhIntegral", "SinhIntegral[z] gives the hyperbolic sine integral", ("SinhIntegral[{0, 2.}]", "{0, 2.501567433}"),
            scipy_part("shichi", 0), "shi", table((0, 0))),
    Special("CoshIntegral", "CoshIntegral[z] gives the hyperbolic cosine integral", ("CoshIntegral[2.]", "2.452666923"),
            None, "chi", table((0, MINUS_INFINITY))),
    Special("Hypergeometric0F1", "Hypergeometric0F1[a, z] gives the confluent hypergeometric limit function",
            ("Hypergeometric0F1[2, 1.]", "1.590636855"), scipy("hyp0f1"), "hyp0f1"),
    Special("HypergeometricU", "HypergeometricU[a, b, z] gives Tricomi's confluent hypergeometric function",
            ("HypergeometricU[1, 2, 2.]", "0.5"), scipy("hyperu"), "hyperu"),
):
    declare(_row)
# fmt: on
