"""Draws throughput and latency over message size: plot.py FOLDER, which has results.json or, with the other libraries, peers.json, and gets the pictures."""

import json
import pathlib
import statistics
import sys

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams["svg.hashsalt"] = "swift-zeromq"
import matplotlib.pyplot as plt
from matplotlib import ticker

STYLES = {
    "C": ("C, the faster style", "black", "o"),
    "Swift UniqueFrame": ("Swift, UniqueFrame", "tab:orange", "s"),
    "Swift Message": ("Swift, Message", "tab:red", "^"),
    "Swift async Message": ("Swift, async Message", "tab:purple", "P"),
    "Swift async Message, one executor": ("Swift, async Message, one executor", "tab:pink", "X"),
    "cppzmq message_t": ("cppzmq", "tab:blue", "v"),
    "pyzmq send and recv": ("pyzmq", "tab:green", "D"),
    "pyzmq asyncio": ("pyzmq, asyncio", "tab:olive", "d"),
}


def size_label(size):
    return f"{size // 1024} KiB" if size >= 1024 else f"{size} B"


def medians(cell):
    """The median time of each line of the picture in one cell, with its quartiles."""
    times = {}
    for entry in cell["entries"]:
        samples = entry["wall"]
        low, middle, high = statistics.quantiles(samples, n=4) if len(samples) > 1 else samples * 3
        name = "C" if entry["library"] == "C" else f"{entry['library']} {entry['name']}"
        if name in STYLES and (name not in times or middle < times[name][1]):
            times[name] = (low, middle, high)
    return times


def draw(cells, panels, title, label, convert, path):
    figure, axes = plt.subplots(1, len(panels), figsize=(5 * len(panels), 4.5), squeeze=False, sharey=True)
    for axis, (name, chosen) in zip(axes[0], panels):
        selected = sorted((cell for cell in cells if chosen(cell)), key=lambda cell: cell["setting"]["size"])
        sizes = [cell["setting"]["size"] for cell in selected]
        for line, (text, color, marker) in STYLES.items():
            points = [(cell["setting"]["size"], medians(cell)[line]) for cell in selected if line in medians(cell)]
            if not points:
                continue
            converted = [[convert(size, time) for time in times] for size, times in points]
            middle = [values[1] for values in converted]
            errors = [[abs(values[1] - min(values)) for values in converted], [abs(max(values) - values[1]) for values in converted]]
            axis.errorbar(
                [size for size, _ in points], middle, yerr=errors, label=text, color=color, marker=marker, markersize=5,
                linewidth=1.2, capsize=2)
        axis.set_xscale("log", base=2)
        axis.set_yscale("log")
        axis.yaxis.set_major_formatter(ticker.FuncFormatter(lambda value, _: f"{value:,.4g}"))
        axis.set_xticks(sizes, [size_label(size) for size in sizes])
        axis.set_xlabel("message size")
        axis.set_title(name)
        axis.grid(alpha=0.3)
    axes[0][0].set_ylabel(label)
    axes[0][0].legend(fontsize=8)
    figure.suptitle(title)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    print(f"{path} is drawn")


def is_cell(workload, transport, pinned=False):
    def chosen(cell):
        setting = cell["setting"]
        return (cell["workload"], setting["transport"], setting["isPinned"]) == (workload, transport, pinned)

    return chosen


def main():
    folder = pathlib.Path(sys.argv[1])
    sources = [path for path in (folder / "peers.json", folder / "results.json") if path.exists()]
    if not sources:
        sys.exit(f"{folder} has no results: run make bench first")
    cells = json.loads(sources[0].read_text())["cells"]
    draw(
        cells, [("inproc", is_cell("throughput", "inproc")), ("tcp", is_cell("throughput", "tcp"))],
        "Throughput, PUSH to PULL between two threads (median and quartiles; more is better)", "messages a second",
        lambda size, time: 1e9 / time, folder / "throughput.svg")
    draw(
        cells,
        [
            ("inproc", is_cell("roundtrip", "inproc")), ("inproc, one core", is_cell("roundtrip", "inproc", True)),
            ("tcp", is_cell("roundtrip", "tcp")), ("tcp, one core", is_cell("roundtrip", "tcp", True)),
        ],
        "Round trip, REQ to REP between two threads (median and quartiles; less is better)", "microseconds",
        lambda size, time: time / 1e3, folder / "latency.svg")


if __name__ == "__main__":
    main()
