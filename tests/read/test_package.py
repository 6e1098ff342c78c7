from analysis.read import package
from tests.conftest import ROOT


def test_the_descriptor_and_the_readme_of_the_data_are_written_from_the_schema():
    for name, text in package.files().items():
        assert (ROOT / "data" / name).read_text("utf-8") == text, "run 'make data'"
