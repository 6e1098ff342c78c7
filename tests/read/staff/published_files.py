"""Files as the Department for Education publishes them, of invented schools.

The headings are those of the years up to 2023 and from 2024, stray blanks and the bracket that
never closes among them. The URNs begin at 900001, which no school has.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import xlsxwriter

Cell = str | int | float | None

IDENTITY = ("LA Number", "Establishment Number", "LAEstab", "LA Name", "LA Code", "URN",
            "School Name", "School Type Description", "School Type", "School Phase",
            "Religious Character", "Government Office Region Name", "Parliamentary Constituency",
            "LA District", "Ward", "Statutory Low Age", "Statutory High Age")  # fmt: skip
OTHERS = (
    "Full-time Qualified Teachers (Headcount)",
    "Full-time Qualified Teachers (FTE)",
    "Ratio of Teaching Assistants to All Teachers (FTE)",
    "All Teachers who Are Male (%) (Headcount)",
    "Teaching Assistants who Are Male (%) (Headcount)",
    "Technicians who Are Male (%) (Headcount)",
    "Auxiliary Staff who Are Male (%) (Headcount)",
    "Regional Pay Spine",
    "All Teachers on the Leadership Pay Range (%)",
    "Teachers with at Least One Period of Sickness Absence in 2023/24",
    "Average Number of Days Lost to Teacher Sickness Absence (All Teachers in School) in 2023/24",
    "Number of Temporarily Filled Teacher Posts",
    "Percentage of teachers who work part-time (%)",
    "Pupil: Teacher Ratio (FTE of qualified and unqualified teachers)",
    "All Teachers from Minority Ethnic Groups (ie Non-white British)",
    "Teachers Aged 50 or over (%) (Headcount)",
    "Teachers with Qualified Teacher Status (%) (Headcount)",
    "Mean Gross Salary of All Teachers (£)",
    "Total Number of Days Lost to Sickness Absence in 2023/24",
    "Number of Vacant Teacher Posts",
)
UP_TO_2023 = (
    "Total School Workforce (Headcount)",
    "Total Number of Classroom Teachers (Headcount)",
    "Total Number of Teachers in the Leadership Group (Headcount)",
    "Total Number of Teachers (Headcount)",
    "Total Number of Teaching Assistants (Headcount)",
    " Total Number of Non Classroom-based School Support Staff, Excluding Auxiliary Staff"
    " (Headcount)",
    "Total Number of Auxiliary Staff (Headcount)",
    "Total School Workforce (Full-Time Equivalent)",
    " Total Number of Classroom Teachers (Full-time Equivalent)",
    "Total Number of Teachers in the Leadership Group (Full-time Equivalent)",
    "Total Number of Teachers (Full-Time Equivalent)",
    "Total Number of Teaching Assistants (Full-Time Equivalent)",
    "Total Number of Non-Classroom-based School Support Staff, (Other school support staff plus"
    " Administrative staff plus Technicians and excluding Auxiliary staff (Full-Time Equivalent)",
    "Total Number of Auxiliary Staff (Full-Time Equivalent",
)
GROUPS_2024 = ("Classroom Teachers", "Teachers in the Leadership Group", "Teachers",
               "Teaching Assistants", "Other School Support Staff", "Technicians",
               "Leadership Non-Teachers", "School Business Professionals",
               "Administrative Staff", "Auxiliary Staff")  # fmt: skip
FROM_2024 = (
    "Total School Workforce (Headcount)",
    *(f"Total Number of {group} (Headcount)" for group in GROUPS_2024),
    "Total Number of Third Party Support Staff (Headcount)",
    "Total School Workforce (FTE)",
    *(f"Total Number of {group} (FTE)" for group in GROUPS_2024),
)
SIZE_KEYS = ("time_period", "time_identifier", "geographic_level", "country_code",
             "country_name", "region_code", "region_name", "old_la_code", "new_la_code",
             "la_name", "school_laestab", "school_urn", "school_name", "school_type",
             "number_schools")  # fmt: skip
SIZE_STAFF = ("workforce", "all_teachers", "classroom_teachers", "leadership_teachers",
              "head_teachers", "deputy_head_teachers", "assistant_head_teachers",
              "all_teachers_without_qts", "all_support_staff", "teaching_assistants",
              "other_school_support_staff", "administrative_staff", "technicians",
              "auxiliary_staff", "leadership_non_teachers",
              "school_business_professionals")  # fmt: skip


def identity(urn: Cell, name: str = "Elm School", **more: Cell) -> dict[str, Cell]:
    """Return the cells of a Hertfordshire school's own columns, by heading."""
    return {"LA Number": 919, "Establishment Number": 2001, "LAEstab": "9192001",
            "LA Name": "Hertfordshire", "LA Code": "E10000015", "URN": urn, "School Name": name,
            **more}  # fmt: skip


def sheet(
    headings: Sequence[str], schools: Iterable[dict[str, Cell]], year: int = 2024, row: int = 9
) -> list[list[Cell]]:
    """Return the rows of a sheet of school tables whose header stands on a row."""
    columns = [*IDENTITY, *headings, *OTHERS]
    above = [["School level data"], [f"School Workforce Census {year}"], ["www.example.org"]]
    bands = [None, None, None, "School details", None, None, "Staff numbers"]
    rows: list[list[Cell]] = [*above[: row - 1], *([[]] * (row - 5)), bands][: row - 1]
    return [*rows, columns, *([school.get(name.strip()) for name in columns]
                              for school in schools)]  # fmt: skip


def write_workbook(path: Path, **sheets: list[list[Cell]]) -> Path:
    """Write a workbook of some sheets; blank cells keep their format, as in the department's."""
    with xlsxwriter.Workbook(path) as book:
        bold = book.add_format({"bold": True})
        for name, rows in sheets.items():
            page = book.add_worksheet(name.replace("_", " "))
            for at, row in enumerate(rows):
                for place, cell in enumerate(row):
                    page.write(at, place, cell, bold if cell is None else None)
    return path


def as_csv(rows: Iterable[Iterable[Cell]], ends: str = "\r\n") -> str:
    """Return rows as a spreadsheet saves them."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=ends).writerows(
        ["" if cell is None else cell for cell in row] for row in rows
    )
    return out.getvalue()


def size_columns(staff: Sequence[str] = SIZE_STAFF, filter_name: str = "school_type") -> list[str]:
    """Return the columns of the data set."""
    keys = [filter_name if key == "school_type" else key for key in SIZE_KEYS]
    return [*keys, *(f"fte_{name}" for name in staff), *(f"hc_{name}" for name in staff)]


def size_row(urn: str, period: str = "202425", name: str = "Elm School",
             **more: Cell) -> dict[str, Cell]:  # fmt: skip
    """Return the cells of a Hertfordshire school's line in the data set, by column."""
    return {"time_period": period, "time_identifier": "Academic year",
            "geographic_level": "School", "country_code": "E92000001", "country_name": "England",
            "old_la_code": "919", "new_la_code": "E10000015", "la_name": "Hertfordshire",
            "school_laestab": "9192001", "school_urn": urn, "school_name": name,
            "school_type": "State-funded primary", "number_schools": 1, **more}  # fmt: skip


def size_text(rows: Iterable[dict[str, Cell]], columns: Sequence[str] | None = None) -> str:
    """Return the data set with some lines."""
    names = list(columns or size_columns())
    return as_csv([names, *([row.get(name) for name in names] for row in rows)], ends="\n")
