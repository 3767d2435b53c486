"""Training: reducing a state over batches of data, on private copies of a net's arrays.

May import `plans`, `layers`, `nets`, `terms`. Read `optimizers`, `slabs`, `schedules`, `multipliers`, `losses`, `data`,
`method`, `state`, `progress`, `results`, `loop`, `net_train`.
"""

from wlnet.training.data import Data
from wlnet.training.loop import StoppingCriterion
from wlnet.training.losses import Loss, TrainingNet, attach_losses
from wlnet.training.method import Method
from wlnet.training.multipliers import SharedMultipliersWarning, array_multipliers
from wlnet.training.net_train import train
from wlnet.training.optimizers import OPTIMIZERS, Optimizer, optimizer
from wlnet.training.progress import Progress
from wlnet.training.results import TrainingResult

__all__ = [
    "OPTIMIZERS", "Data", "Loss", "Method", "Optimizer", "Progress", "SharedMultipliersWarning", "StoppingCriterion",
    "TrainingNet", "TrainingResult", "array_multipliers", "attach_losses", "optimizer", "train",
]  # fmt: skip
