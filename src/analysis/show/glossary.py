"""The words that reports use, explained; a report shows those that it uses and links to them."""

from analysis.show.blocks import Prose, facts, runs_of

# What each word means in a report, and how it is written there. A meaning is ours, holds no
# number and states no law, so it needs no source.
MEANINGS: dict[str, tuple[str, tuple[str, ...]]] = {
    "Academy": (
        "A school that is run by a trust and not by a council.",
        ("academy", "academies", "academies and trusts"),
    ),
    "Ballot paper": (
        "The form for a vote. A count of those who were sent one may leave some members out.",
        ("ballot paper", "ballot papers"),
    ),
    "Bargain": (
        "To settle pay and conditions in talks between the employer and a union. It is also "
        "called collective bargaining.",
        ("bargain", "bargains", "bargained", "bargaining", "collective bargaining"),
    ),
    "Burgundy Book": (
        "The national agreement on the conditions of service of teachers.",
        ("Burgundy Book",),
    ),
    "Certification Officer": (
        "The public official who keeps the list of unions and receives their yearly figures.",
        ("Certification Officer",),
    ),
    "Consult": (
        "To ask for views, and weigh them, before a decision is made.",
        ("consult", "consults", "consulted", "consultation"),
    ),
    "Consult collectively": (
        "To consult with representatives of the staff as a whole, and not only with each person.",
        ("consulted on collectively", "collective consultation", "consultation collective",
         "consultation is collective", "collective redundancy"),
    ),
    "Data edition": (
        "A mark made from the data files. The same mark means the same data.",
        ("data edition",),
    ),
    "Date inferred": (
        "The source bears no date. We worked its year out from what it says.",
        ("date inferred",),
    ),
    "Disputed": (
        "Sources differ, or one of them says that there is a dispute.",
        ("disputed", "sources differ"),
    ),
    "Facility time": (
        "Time off from a job to do the work of a union.",
        ("facility time", "paid time off"),
    ),
    "FTE": (
        "Full-time equivalent: the hours of all staff, told as a number of full-time jobs.",
        ("FTE", "full-time equivalent", "full-time equivalents"),
    ),
    "Green Book": (
        "The national agreement on the pay and conditions of support staff.",
        ("Green Book",),
    ),
    "Implied": (
        "We worked the answer out from what a source does say.",
        ("implied", "partly implied"),
    ),
    "Maintained school": (
        "A school that is paid for through a council.",
        ("maintained school", "maintained schools"),
    ),
    "Merge": (
        "To become one union with another. The law may call it a transfer of engagements.",
        ("merge", "merged", "merger", "mergers", "transfer of engagements"),
    ),
    "Not stated": (
        "No source that we read says so. It does not mean no.",
        ("not stated", "none is stated"),
    ),
    "Old": (
        "Past the age up to which we take such a fact as current.",
        ("old", "old figure", "in part old"),
    ),
    "Paying members": (
        "Those who pay to belong. Students and retired members may be left out.",
        ("paying members", "those who pay"),
    ),
    "Political fund": (
        "Money that a union keeps apart for political aims.",
        ("political fund", "political funds"),
    ),
    "Protective award": (
        "Money that a tribunal may make an employer pay to staff whom it should have consulted.",
        ("protective award", "tribunal may award"),
    ),
    "Recognised": (
        "A union is recognised where the employer agrees to bargain with it.",
        ("recognised", "recognition", "recognises", "recognise"),
    ),
    "Recruit": (
        "To seek staff as members. A union may admit staff whom it does not seek.",
        ("recruit", "recruits", "recruited", "actively recruited"),
    ),
    "Redundancy": (
        "The loss of a job because there is less of that work, or none.",
        ("redundancy", "redundancies"),
    ),
    "Section": (
        "A part of a union that keeps a name of its own.",
        ("sections", "a section of"),
    ),
    "Soulbury": (
        "The national agreement for advisers and educational psychologists.",
        ("Soulbury",),
    ),
    "Staff group": (
        "Posts of one kind, put together as in the yearly count of school staff.",
        ("staff group", "staff groups"),
    ),
    "Statutory return": (
        "The yearly figures that a union sends to the Certification Officer. Some count all "
        "members, some only those who pay.",
        ("statutory return", "statutory returns"),
    ),
    "TUC": (
        "The Trades Union Congress, a body that unions can join.",
        ("TUC", "Trades Union Congress"),
    ),
    "Undated": (
        "The source bears no date. Its facts count from the day on which we read it.",
        ("undated", "undated page", "undated pages"),
    ),
    "Union's own round figure": (
        "A number that a union gives of itself, told in round terms.",
        ("union's own round figure", "own round figure", "own round figures"),
    ),
    "URN": (
        "The number by which the government knows a school in England.",
        ("URN",),
    ),
    "Whole union": (
        "All parts of a union, those outside schools among them.",
        ("whole union", "whole unions"),
    ),
}  # fmt: skip


def say_glossary() -> Prose:
    """Explain the words of reports; the exporters keep those that a report uses.

    Examples
    --------
    >>> say_glossary().as_dict()["role"]
    'glossary'
    """
    block = facts((term, runs_of(meaning)) for term, (meaning, _) in MEANINGS.items())
    for item in block["items"]:
        item["forms"] = list(MEANINGS[item["term"]][1])
    return Prose([block], role="glossary")
