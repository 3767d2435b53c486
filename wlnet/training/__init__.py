"""Training: reducing a state over batches of data, on private copies of a net's arrays.

May import `plans`, `layers`, `nets`, `terms`. Read `optimizers`, `slabs`, `schedules`, `update_schedule`,
`losses`, `columns`, `data`, `generated`, `tallies`, `measurements`, `requests`, `comparisons`, `meter`, `method`,
`runner`, `state`, `progress`, `results`, `course`, `snapshot`, `loop`, `planning`, `net_train`, `net_measurements`.
"""

from wlnet.nets.multipliers import SharedMultipliersWarning, array_multipliers
from wlnet.training.course import StoppingCriterion
from wlnet.training.data import Data
from wlnet.training.generated import Generator
from wlnet.training.losses import Loss, TrainingNet, attach_losses
from wlnet.training.measurements import MEASUREMENTS, measurement
from wlnet.training.method import Method
from wlnet.training.net_measurements import measure
from wlnet.training.net_train import train
from wlnet.training.optimizers import OPTIMIZERS, Optimizer, optimizer
from wlnet.training.progress import Progress, Snapshot, Watcher
from wlnet.training.requests import ByClass, Request
from wlnet.training.results import TrainingResult

__all__ = [
    "MEASUREMENTS", "OPTIMIZERS", "ByClass", "Data", "Generator", "Loss", "Method", "Optimizer", "Progress", "Request",
    "SharedMultipliersWarning", "Snapshot", "StoppingCriterion", "TrainingNet", "TrainingResult", "Watcher", "array_multipliers",
    "attach_losses", "measure", "measurement", "optimizer", "train",
]  # fmt: skip
