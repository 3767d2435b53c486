"""Pictures of what a net does underneath: the operations of its plan."""

from __future__ import annotations

from typing import Any

import numpy as np

from wlnet.builtins.nets.information.information import position_term
from wlnet.builtins.nets.information.pictures import Picture, port_node
from wlnet.builtins.nets.net_terms import skeleton
from wlnet.builtins.nets.text import heading
from wlnet.drawings import Arrow, Drawing, Node
from wlnet.errors import NetError
from wlnet.nets import Net
from wlnet.nets.dimensions import size
from wlnet.plans import Plan, trace
from wlnet.syntax import write
from wlnet.terms import Expression, S, Term, expression


def operations_picture(net: Net, name: str) -> Term:
    """Gives a picture of the operations for one example, or Missing["NotAvailable"] where dimensions are open."""
    drawing = operations_drawing(net)
    if drawing is None:
        return Expression(S.Missing, ("NotAvailable",))
    return Picture(drawing, expression("Information", skeleton(net), name))


def operations_drawing(net: Net) -> Drawing | None:
    structure = net.structure
    shapes: dict[Any, Any] = {name: port.shape for name, port in structure.inputs.items()}
    shapes |= {key: net.shape_of(key) for key in net.positions}
    if any(size(shape) is None for shape in shapes.values()):
        return None
    inputs = {
        name: np.ones((1, *shapes[name]), np.int64 if port.element == "Integer" else np.float32)
        for name, port in structure.inputs.items()
    }
    arrays = {key: np.ones(shapes[key], np.float32) for key in net.positions}
    try:
        return plan_drawing(net, trace(net, arrays, inputs, 1))
    except NetError:
        return None


def plan_drawing(net: Net, plan: Plan) -> Drawing:
    """Gives the drawing of a plan: its inputs and arrays, a box for each step, its outputs."""
    made: dict[int, str] = {}
    nodes: list[Node] = []
    for name, slot in plan.inputs.items():
        made[slot] = f"in:{name}"
        nodes.append(port_node("in", name, net.structure.inputs[name]))
    used = {source for step in plan.steps for source in step.inputs}
    for key, slot in plan.arrays.items():
        if slot in used:
            made[slot] = write(position_term(key), "InputForm")
            nodes.append(Node(made[slot], made[slot], size_text(net.shape_of(key)), "", "green", is_end=True))
    arrows: list[Arrow] = []
    for number, step in enumerate(plan.steps, 1):
        name = f"step {number}"
        nodes.append(Node(name, step.operation.name, size_text(np.shape(plan.values[step.outputs[0]])), "", "blue"))
        arrows += [Arrow(made[source], name) for source in step.inputs if source in made]
        made.update((slot, name) for slot in step.outputs)
    for name, slot in plan.outputs.items():
        nodes.append(port_node("out", name, net.structure.outputs[name]))
        arrows += [Arrow(made[slot], f"out:{name}")] if slot in made else []
    return Drawing("operations", heading(net), tuple(nodes), tuple(arrows))


def size_text(shape: object) -> str:
    return "×".join(map(str, shape)) if isinstance(shape, tuple) else ""
