"""The six nets in wlnet: made by their code, trained by what NetTrain does, applied by what `net[…]` does."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np
from six_nets import BETA1, BETA2, EPSILON, NETS, RATE

from wlnet import Session
from wlnet.compute.threads import taken_over
from wlnet.nets import Net
from wlnet.plans.evaluate import apply
from wlnet.terms import Expression, NumericArray
from wlnet.training.loop import Loop
from wlnet.training.losses import outer_key
from wlnet.training.method import read_method
from wlnet.training.net_train import arranged
from wlnet.training.progress import Clock, Turn, Watcher
from wlnet.training.slabs import Treatment
from wlnet.training.state import TrainingState

AROUND = ExitStack()


def initialized(name: str) -> Net:
    """Gives the net with its initial arrays, which are the same in every process."""
    session = Session()
    net = session.evaluate_term(f"NetInitialize[{NETS[name].code}]")
    if not isinstance(net, Net):
        raise RuntimeError("; ".join(session.messages))
    return net


def make_loop(name: str) -> Loop:
    """Gives the loop of NetTrain before the first round; what surrounds it there lasts as long as the process."""
    AROUND.enter_context(np.errstate(all="ignore"))
    AROUND.enter_context(taken_over())
    chosen = NETS[name]
    x, t = chosen.data()
    method = read_method(("ADAM", {"Beta1": BETA1, "Beta2": BETA2, "Epsilon": EPSILON, "LearningRate": RATE}))
    training, data, held, size = arranged(
        initialized(name), {"Input": x, "Output": t}, None, None, chosen.batch, 1, np.float32, False
    )
    treatments = dict.fromkeys(training.net.positions, Treatment())
    treatments |= {outer_key(key): found for key, found in method.treatments(training.inner, None).items()}
    state = TrainingState(training, method, treatments, 1, np.float32)
    watcher = Watcher(lambda progress: f"{progress.loss:.3g}" and None, minimum=0.1)
    return Loop(state, data, size, held, None, None, 0, Clock(None), None, [Turn(watcher)])


def trainer(name: str, folder: str) -> Callable[[], float]:
    """Gives the work of one bare step of NetTrain, on one batch after the other."""
    loop = make_loop(name)
    state, data = loop.state, loop.data
    places = [np.arange(chosen.start, chosen.stop) for chosen in NETS[name].batches()]

    def step() -> float:
        indices = places[state.steps % len(places)]
        return state.step(data, indices)

    return step


def rounds(name: str, folder: str) -> Callable[[], float]:
    """Gives the work of one whole round: batches in random order, steps, losses kept, progress told."""
    loop = make_loop(name)

    def work() -> float:
        loop.round()
        loop.finish_round()
        return loop.loss

    return work


def runner(name: str, folder: str) -> Callable[[], np.ndarray]:
    """Gives the work of applying the net to a batch of one example, from array to array."""
    net, (x, _) = initialized(name), NETS[name].data()
    return lambda: apply(net, x[:1])


def language(name: str, folder: str) -> Callable[[], np.ndarray]:
    """Gives the work of evaluating `net[x]` in the language, x being a NumericArray with a batch of one example."""
    session, net = Session(), initialized(name)
    term = Expression(net, (NumericArray(np.ascontiguousarray(NETS[name].data()[0][:1])),))
    return lambda: session.run_term(term).term.array
