"""The reports as nbconvert's exporters: for its command, and for JupyterLab's menu."""

from pathlib import Path
from typing import Any, ClassVar

from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from analysis.report.document import read_document
from analysis.report.formats import FORMATS, in_one_sentence
from analysis.report.html import html_page
from analysis.report.pdf import pdf_report


class ReportExporter(Exporter):
    """Exports an executed notebook by laying out what it says."""

    lay_out: ClassVar[Any]  # a function from a Document to text or bytes

    def from_notebook_node(  # type: ignore[override]  # as nbconvert's own exporters do
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str | bytes, dict[str, Any]]:
        """Return the report of a notebook, and nbconvert's resources.

        Raises
        ------
        NotebookError
            If the notebook was not run, failed, or holds what a report cannot show.
        ChartError
            If a chart cannot be drawn as a still picture.
        """
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        place = resources.get("metadata") or {}
        name = notebook_name(Path(place.get("path") or "", place.get("name") or "notebook"))
        document = read_document(notebook, name)
        with in_one_sentence(name, self.file_extension[1:]):
            return type(self).lay_out(document), resources


def notebook_name(path: Path) -> str:
    """Return what a notebook is called in an error: its folder's name and its own.

    >>> notebook_name(Path("project/notebooks/comparison"))
    'notebooks/comparison.ipynb'
    """
    folder = path.parent.name
    return f"{folder}/{path.stem}.ipynb" if folder else f"{path.stem}.ipynb"


class UnionsHTMLExporter(ReportExporter):
    """Exports an executed notebook as one accessible HTML page."""

    output_mimetype = "text/html"
    file_extension = ".html"
    lay_out = staticmethod(html_page)


class UnionsPDFExporter(ReportExporter):
    """Exports an executed notebook as an accessible PDF."""

    output_mimetype = "application/pdf"
    file_extension = ".pdf"
    lay_out = staticmethod(pdf_report)


class UnionsXLSXExporter(ReportExporter):
    """Exports an executed notebook's tables as a workbook."""

    output_mimetype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    file_extension = ".xlsx"
    lay_out = staticmethod(FORMATS["xlsx"])


class UnionsDOCXExporter(ReportExporter):
    """Exports an executed notebook as a Word document; it needs the extra ``word``."""

    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    file_extension = ".docx"
    lay_out = staticmethod(FORMATS["docx"])
