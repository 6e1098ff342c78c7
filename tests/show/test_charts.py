import pandas as pd

from analysis import plot_coverage, plot_history, plot_members

LABELS = {"neu": "NEU", "naht": "NAHT", "teacher": "Teacher", "cook": "Cook <&>", "nut": "NUT",
          "teaching": "Classroom teachers", "auxiliary": "Premises"}  # fmt: skip
MATRIX = pd.DataFrame(
    {"teacher": ["yes", "not stated"], "cook": ["no", "disputed"]}, index=["neu", "naht"]
)


def test_plot_coverage_draws_one_mark_per_union_and_role():
    figure = plot_coverage(MATRIX, LABELS)
    assert {(trace.name, len(trace.x)) for trace in figure.data} == {
        ("yes", 1),
        ("no", 1),
        ("disputed", 1),
        ("not stated", 1),
    }


def test_a_group_of_which_a_union_admits_some_has_a_mark_of_its_own():
    figure = plot_coverage(pd.DataFrame({"teaching": ["some", "yes"]}, index=["neu", "naht"]))
    assert {(trace.name, trace.marker.symbol) for trace in figure.data} == {
        ("yes", "circle"),
        ("some", "diamond"),
    }


def test_a_coverage_chart_says_which_level_it_is_of():
    meta = plot_coverage(MATRIX, LABELS, level="recognised").layout.meta
    assert meta["title"] == "For 0 of 2 posts, two or more of these unions are stated to bargain"
    assert meta["caption"].startswith("Whether each union is stated to bargain for staff in each")
    assert meta["table"]["caption"] == ("The chart's data: does the union bargain for each post?")


def test_a_coverage_chart_of_one_union_does_not_speak_of_two():
    title = plot_coverage(MATRIX.loc[["neu"]], LABELS, level="recruits").layout.meta["title"]
    assert title == "NEU is stated to recruit staff in 1 of 2 posts"


def test_each_mark_stands_at_its_union_and_role():
    figure = plot_coverage(MATRIX, LABELS)
    across = dict(zip(figure.layout.xaxis.tickvals, figure.layout.xaxis.ticktext, strict=True))
    down = dict(zip(figure.layout.yaxis.tickvals, figure.layout.yaxis.ticktext, strict=True))
    drawn = {
        (across[x], down[y], trace.name)
        for trace in figure.data
        for x, y in zip(trace.x, trace.y, strict=True)
    }
    assert drawn == {
        ("NEU", "Teacher", "yes"),
        ("NAHT", "Teacher", "not stated"),
        ("NEU", "Cook &lt;&amp;&gt;", "no"),
        ("NAHT", "Cook &lt;&amp;&gt;", "disputed"),
    }


def test_the_answers_differ_in_shape_and_not_only_in_colour():
    figure = plot_coverage(MATRIX, LABELS)
    assert len({trace.marker.symbol for trace in figure.data}) == 4


def test_roles_stand_under_the_heading_of_their_staff_group():
    groups = {"teacher": "teaching", "cook": "auxiliary"}
    figure = plot_coverage(MATRIX, LABELS, groups)
    heads = {note.text: note.y for note in figure.layout.annotations}
    teacher, cook = figure.layout.yaxis.tickvals
    assert heads["<b>Classroom teachers</b>"] < teacher < heads["<b>Premises</b>"] < cook


def test_a_coverage_chart_carries_its_words_and_its_data():
    meta = plot_coverage(MATRIX, LABELS, sources=["tes"]).layout.meta
    assert meta["title"] == "For 0 of 2 posts, sources name two or more of these unions"
    assert meta["alt"] == (
        "Dot matrix of two posts and two unions. NEU: yes for 1; NAHT: no post stated."
    )
    assert "No source states 1 of the 4 answers" in meta["caption"]
    assert meta["source"] == ["tes"]
    said = [[cell["lines"][0]["runs"][0]["text"] for cell in row["cells"]]
            for row in meta["table"]["rows"]]  # fmt: skip
    assert said == [["Teacher", "yes", "not stated"], ["Cook <&>", "no", "disputed"]]


LATEST = pd.DataFrame(
    [
        ["naht", "return_all", 46631, "", "2021-12-31", "31 December 2021", "tes", True],
        ["neu", "claimed", 450000, "over", "2018", "about 2018, date inferred", "county", False],
        ["naht", "claimed", 28500, "", "2018", "about 2018, date inferred", "county", True],
        ["neu", "other", 3, "members in one town", "2018", "2018", "press", True],
    ],
    columns=["union", "basis", "members", "qualifier", "as_of", "dated", "source", "old"],
)


def test_an_old_answer_is_marked_in_the_picture_the_hover_text_the_table_and_the_alt_text():
    old = MATRIX == "no"
    figure = plot_coverage(MATRIX, LABELS, old=old)
    traces = {trace.name: trace for trace in figure.data}
    assert len(traces["old"].x) == 1
    assert traces["old"].marker.symbol not in {
        trace.marker.symbol for name, trace in traces.items() if name != "old"
    }
    assert list(traces["no"].hovertext) == ["NEU, Cook &lt;&amp;&gt;: no, old"]
    assert list(traces["yes"].hovertext) == ["NEU, Teacher: yes"]
    meta = figure.layout.meta
    assert meta["alt"].endswith("NAHT: no post stated. One answer is old.")
    rows = meta["table"]["rows"]
    assert rows[1]["cells"][1]["lines"][0]["runs"][0]["text"] == "no, old"
    none = plot_coverage(MATRIX, LABELS, old=old & ~old)
    assert "old" not in {trace.name for trace in none.data}
    assert none.layout.meta == plot_coverage(MATRIX, LABELS).layout.meta


def test_each_basis_has_a_panel_and_an_axis_of_its_own():
    figure = plot_members(LATEST, LABELS)
    assert [(trace.xaxis, list(trace.x)) for trace in figure.data] == [
        ("x", [46631]),
        ("x2", [450000, 28500]),
    ]
    tops = [figure.layout.yaxis.domain[1], figure.layout.yaxis2.domain[1]]
    assert tops[1] < figure.layout.yaxis.domain[0] < tops[0]


def test_a_bar_says_its_figure_with_its_qualifier_and_date_and_that_it_is_old():
    figure = plot_members(LATEST, LABELS)
    said = [note.text for note in figure.layout.annotations]
    assert said == [
        "<b>All members, statutory return</b>",
        "46,631, 2021, old",
        "<b>The union's own round figure</b>",
        "over 450,000, about 2018",
        "28,500, about 2018, old",
    ]
    assert figure.data[1].marker.color[0] != figure.data[1].marker.color[1]
    assert [one.endswith(", old figure") for one in figure.data[1].hovertext] == [False, True]


SPANS = pd.DataFrame(
    [
        ["nut", "neu", "1870-06-25", "2017-09-01", "neu"],
        ["x", "neu", "", "1900-01-01", "nut"],
        ["neu", "neu", "2017-09-01", "2026-07-01", ""],
    ],
    columns=["union", "line", "begins", "ends", "into"],
)


def test_the_timeline_draws_a_line_a_body_and_a_join_where_it_merged():
    figure = plot_history(SPANS, LABELS)
    assert [list(trace.x) for trace in figure.data] == [[1870.481, 2017.667], [2017.667, 2026.5]]
    join = figure.layout.shapes[0]
    assert (join.x0, join.y0, join.y1) == (2017.667, 0, 1)


def test_a_body_whose_beginning_is_not_stated_is_left_out_and_the_caption_says_so():
    figure = plot_history(SPANS, LABELS)
    assert figure.layout.meta["alt"] == (
        "Timeline of one union, with one earlier body or name before them. The latest to end: "
        "NUT, in 2017."
    )
    assert "Bodies whose beginning no source states are left out" in figure.layout.meta["caption"]


def test_a_chart_of_nothing_says_so_in_words():
    for figure in (plot_members(LATEST.head(0), LABELS), plot_history(SPANS.head(0), LABELS)):
        assert len(figure.data) == 0
        assert "is stated." in figure.layout.annotations[0].text
        assert figure.layout.meta["alt"].startswith("An empty chart: No ")


def test_long_names_that_would_meet_are_raised_by_turns():
    wide = pd.DataFrame({"teacher": ["yes"] * 9}, index=[f"union{n}" for n in range(9)])
    ticks = plot_coverage(wide).layout.xaxis.ticktext
    assert ticks[:3] == ("union0", "union1<br> ", "union2")
    assert plot_coverage(MATRIX, LABELS).layout.xaxis.ticktext == ("NEU", "NAHT")
