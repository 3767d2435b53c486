"""The loop: reducing a training state over the batches of round after round."""

from __future__ import annotations

from collections.abc import Hashable

from wlnet.errors import DataError
from wlnet.training.course import Course
from wlnet.training.data import Data
from wlnet.training.progress import Progress, Turn
from wlnet.training.requests import figure
from wlnet.training.snapshot import take_snapshot
from wlnet.training.state import NotFinite


class Loop(Course):
    """One training on its way."""

    __slots__ = ()

    def run(self) -> str:
        """Trains until something ends it; gives what did."""
        try:
            while self.rounds is None or len(self.round_losses) < self.rounds:
                reason = self.round() or self.finish_round()
                if reason:
                    return reason
        except KeyboardInterrupt:
            return "Interrupted"
        except NotFinite as error:
            self.warning = (
                f"Training stopped in round {self.number}, batch {self.batch}, because {error}; the net before that "
                "batch is returned. A smaller LearningRate, GradientClipping, or data of a smaller scale may help."
            )
            return "NotFinite"
        except DataError as error:
            if not self.batch_losses:
                raise
            self.warning = f"Training stopped in round {self.number}, after batch {self.batch}: {error}. The net so far is returned."
            return "Data"
        return "MaxTrainingRounds"

    def round(self) -> str:
        """Trains on each example once; gives what ended the training meanwhile, or ""."""
        # What is looked up here and not in the loop would be a twentieth of the time of a tiny net.
        state, meter, losses, clock = self.state, self.state.meter, self.batch_losses, self.clock
        rate, schedule = state.method.rate, state.method.schedule
        self.number = len(self.round_losses) + 1
        if not self.done:
            self.begin_round()
        if meter is not None:
            meter.at(self.number)
        watched = [turn for turn in self.turns if turn.unit != "Rounds"]
        for data, indices in self.data.round(self.size, len(losses) - self.done, state.order, self.done):
            self.batch = self.done + 1
            state.rate = rate * schedule(len(losses), self.batches_in_all, rate)
            if meter is not None:
                meter.at(self.number, self.batch)
            loss, count = state.step(data, indices), len(indices)
            losses.append(loss)
            self.done = self.batch
            self.seen += count
            self.examples += count
            self.total += loss * count
            if meter is not None and meter.each_batch is not None:
                self.batch_measurements.append(meter.batch_results(self.batch_measurements))
            reason = self.tell(watched, "Batch") if watched else ""
            if reason:
                return reason
            if clock.goal is not None and clock.is_over:
                return "TimeGoal"
        self.done = 0
        self.round_losses.append(self.loss)
        return ""

    def begin_round(self) -> None:
        self.total, self.seen = 0.0, 0
        self.order = self.state.order.bit_generator.state
        if self.state.meter is not None:
            self.state.meter.reset()

    def finish_round(self) -> str:
        """Measures and validates; gives what ends the training, or ""."""
        if self.state.meter is not None:
            self.measurements.append(self.state.meter.results(self.measurements))
        if self.validation is not None:
            self.validate(self.validation)
        if self.patience is not None and self.patience.is_over(self.watched(self.patience.criterion.measurement)):
            return "Criterion"
        return self.tell([turn for turn in self.turns if turn.unit == "Rounds"], "Round") if self.turns else ""

    def validate(self, data: Data) -> None:
        meter = self.validation_meter
        if meter is not None:
            meter.reset()
            meter.values = self.state.arrays
            meter.at(self.number)
        loss = self.state.mean_loss(data, self.size, meter)
        self.validation_losses.append(loss)
        if meter is not None:
            self.validation_measurements.append(meter.results(self.validation_measurements))
        if loss < self.best_loss:
            self.best_loss, self.best_round = loss, len(self.validation_losses)
            self.best = self.state.whole_net()

    def watched(self, measurement: Hashable) -> float:
        """Gives the latest value of what a stopping criterion watches."""
        if measurement == "Loss":
            return (self.round_losses if self.validation is None else self.validation_losses)[-1]
        return figure((self.measurements if self.validation is None else self.validation_measurements)[-1][measurement])

    def tell(self, turns: list[Turn], event: str) -> str:
        """Reports to those whose turn it is; gives the reason to stop that one of them has, or ""."""
        elapsed = self.clock.elapsed
        rested = [turn for turn in turns if elapsed - turn.called >= turn.minimum]
        if not rested:
            return ""
        counts = {"Rounds": len(self.round_losses), "Batches": len(self.batch_losses), "Seconds": elapsed}
        due = [turn for turn in rested if turn.is_due(counts[turn.unit], elapsed)]
        if not due:
            return ""
        progress = self.progress(event)
        reasons = [turn.tell(progress) for turn in due]
        return next(filter(None, reasons), "")

    def finish(self) -> None:
        """Reports to those who want to know of the end."""
        for turn in self.turns:
            if turn.at_end and self.batch_losses and turn.seen < len(self.batch_losses):
                turn.tell(self.progress("End"))

    def progress(self, event: str) -> Progress:
        done = len(self.batch_losses) / (self.rounds * self.batches) if self.rounds else None
        return Progress(
            event=event,
            round=self.number,
            rounds=self.rounds,
            batch=self.batch,
            batches=self.batches,
            absolute_batch=len(self.batch_losses),
            batch_size=self.size,
            loss=self.loss,
            batch_losses=self.batch_losses,
            round_losses=self.round_losses,
            validation_losses=self.validation_losses,
            measurements=self.measurements,
            validation_measurements=self.validation_measurements,
            batch_measurements=self.batch_measurements,
            best_round=self.best_round,
            figures=() if self.state.meter is None else self.state.meter.figures,
            validates=self.validation is not None,
            learning_rate=self.state.rate,
            initial_rate=self.state.method.rate,
            method=self.state.method.optimizer.name,
            examples=self.examples,
            elapsed=self.clock.elapsed,
            remaining=self.clock.remaining(done),
            fraction=self.clock.fraction(done),
            step=self.state.latest,
            net=self.state.net,
            snapshot=lambda: take_snapshot(self),
        )
