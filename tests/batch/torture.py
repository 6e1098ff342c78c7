"""A notebook of all that a kernel can be asked to show, and how two runs of it are compared."""

import itertools
import json
import re
from pathlib import Path
from typing import Any

from nbformat.v4 import new_code_cell, new_notebook

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
SOURCES = [
    "1 + 1",
    "print('a'); import sys; print('b', file=sys.stderr); print('c')\n'last'",
    "import os; print(1); os.system('echo 2'); os.write(1, b'3\\n'); _ = os.system('echo 4 >&2')",
    "import ctypes\nlib = ctypes.CDLL(None)\nlib.puts(b'from C'); lib.fflush(None); None",
    "import pandas as pd\npd.DataFrame({'a': range(70), 'b': [1.5] * 70})",
    "pd.DataFrame([range(30)])",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3])\nprint('before the figure')",
    "fig, ax = plt.subplots(); ax.bar([1, 2], [3, 4]); fig",
    "from IPython.display import *\nd = display(HTML('<b>1</b>'), display_id='x'); Math('2')",
    "update_display(HTML('<b>changed</b>'), display_id='x')",
    "print('gone'); clear_output(); print('kept')",
    "print('gone too'); clear_output(wait=True); print('kept too')",
    "display({'application/json': {'a': (1, 2)}, 'text/plain': 'b'}, raw=True, metadata={'k': 1})",
    "import plotly.graph_objects as go\ngo.Figure(go.Scatter(x=[1, 2], y=[3, 4]))",
    "import datetime as dt\n{'a': dt.date(2020, 1, 1), 'c': {1, 2}}",
    "%%bash\necho from bash\necho to error >&2",
    "!echo from the shell; printf 'no newline'",
    "x = !echo captured\nx",
    "%%capture kept\nprint('hidden')",
    "kept.stdout",
    "%who_ls",
    "import warnings; warnings.warn('careful')",
    "!input('name? ')",
    "!import getpass; getpass.getpass()",
    "!def f(n):\n    return 1 / n\nf(0)",
    "!this is no python",
    "import asyncio\nawait asyncio.sleep(0.01)\n'awaited'",
    "!asyncio.run(asyncio.sleep(0))",
    "_, __, In[2], sorted(Out)[:2], get_ipython().execution_count",
    "type(get_ipython()).__name__, type(get_ipython().kernel).__name__, __name__",
    "import threading\nt = threading.Thread(target=print, args='t'); t.start(); t.join()",
    "import logging; logging.warning('logged')",
    # A stock kernel hears of it from a thread, in parts and late: it is given the time, and shows
    # nothing else meanwhile.
    "import subprocess, time\nsubprocess.run([sys.executable, '-c', 'print(\"child\")'])\n"
    "time.sleep(0.5)",
    "sys.stdout.isatty(), sys.stdout.encoding, os.environ['TERM'], os.environ['MPLBACKEND']",
    "pd.options.display.max_columns, os.getcwd()[-9:], [p for p in sys.path if not p]",
    "print('x' * 10, end='\\r'); print('over')",
    "list(range(2000))",
    "%precision 3\n1 / 3",
    "import ipywidgets\nipywidgets.IntSlider(3)",
    "display('a', 'b'); print('then'); 'end';",
    "",
    "print(case, count)",
    "raise RuntimeError('the end')",
    "print('never run')",
]
TIMES = ("start_time", "end_time", "duration", "output_path")
RANDOM = {
    r"ipykernel_\d+/\d+": "ipykernel_N/N",
    r"0x[0-9a-f]{8,}": "0xN",
    r"[0-9a-f]{8}([-_])[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}": "UUID",
    r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])": "HEX",
}


def torture() -> Any:
    """Return the notebook; a cell whose error is wanted begins with an exclamation mark here."""
    parameters = "case: str = 'x'  # some text\ncount: int = 1  # a number"
    cells = [new_code_cell(parameters, id="parameters", metadata={"tags": ["parameters"]})]
    for number, source in enumerate(SOURCES):
        wanted = source.startswith(("!input", "!import", "!def", "!this", "!asyncio"))
        tags = {"tags": ["raises-exception"]} if wanted else {}
        cells.append(new_code_cell(source[wanted:], id=f"cell-{number}", metadata=tags))
    return new_notebook(cells=cells, metadata={"kernelspec": KERNEL})


def settled(path: Path) -> str:
    """Return an executed notebook without times, random ids, and what is chance in its streams."""
    node = json.loads(path.read_text("utf-8"))
    parts = [node["metadata"], *(cell["metadata"] for cell in node["cells"])]
    for part in parts:
        part.get("papermill", {}).update(dict.fromkeys(TIMES, 0))
        part["execution"] = sorted(part.get("execution", ()))
    for cell in node["cells"]:
        if {*cell["metadata"].get("tags", ())} & {
            "papermill-error-cell-tag",
            "injected-parameters",
        }:
            cell["id"] = "new"
        cell["outputs"] = joined(cell.get("outputs", []))
    for widgets in node["metadata"].get("widgets", {}).values():
        models = sorted(widgets["state"].values(), key=written)
        widgets["state"] = dict(enumerate(models))
    return written(node)


def written(part: Any) -> str:
    """Return a part of a notebook as text, without random ids."""
    text = json.dumps(part, indent=1, sort_keys=True)
    for pattern, word in RANDOM.items():
        text = re.sub(pattern, word, text)
    return text


def joined(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return outputs with what came on each stream as one, until something else was shown.

    A kernel sends its two streams when a timer says so: which comes first is chance.
    """
    whole: list[dict[str, Any]] = []
    for streams, part in itertools.groupby(outputs, lambda one: one["output_type"] == "stream"):
        if not streams:
            whole += part
            continue
        said: dict[str, dict[str, Any]] = {}
        for output in part:
            first = said.setdefault(output["name"], output | {"text": ""})
            first["text"] += "".join(output["text"])  # nbformat cuts a text into lines
        whole += [said[name] for name in sorted(said)]
    return whole
