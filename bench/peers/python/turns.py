"""The protocol of a peer: one line of JSON in, one line of JSON out.

{"run": k} does k training steps and answers with their time by the clock and of the processor and the mean loss of the last
step's batch; {"losses": k} does k steps and answers with the loss of each. Between two lines the process sleeps.
"""

import json
import resource
import sys
import time


def serve(step, finish, about):
    """
    step() does one training step and returns its loss in whatever form it has; finish(loss) waits until all steps are done
    and gives the loss as a float. about is what the first line says of this process.
    """
    answer({"ready": about})
    for line in sys.stdin:
        request = json.loads(line)
        if "losses" in request:
            answer({"losses": [finish(step()) for _ in range(request["losses"])]})
            continue
        clock, processor = time.perf_counter_ns(), time.process_time_ns()
        for _ in range(request["run"]):
            loss = step()
        value = finish(loss)
        answer(
            {
                "wall_ns": time.perf_counter_ns() - clock,
                "cpu_ns": time.process_time_ns() - processor,
                "loss": value,
                "peak_mb": peak_mb(),
            }
        )


def peak_mb():
    """Largest resident memory so far, in 10**6 bytes."""
    try:
        # Linux lets a process inherit the peak of the one that started it in getrusage, but not here.
        with open("/proc/self/status") as file:
            kibibytes = next(int(line.split()[1]) for line in file if line.startswith("VmHWM"))
        return kibibytes * 1024 / 1e6
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def answer(message):
    print(json.dumps(message), flush=True)
