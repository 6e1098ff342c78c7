"""How one stated figure bears on another: higher, lower, or the same told more closely."""

from analysis.questions.standing import Statement


def figure_kind(before: Statement, after: Statement) -> str:
    """Say how a figure follows on another of the same basis.

    Returns
    -------
    str
        ``up`` or ``down``; ``more precise`` or ``less precise`` where the words of one take in the
        other, so that neither can be said; ``restated`` where only the date is another;
        ``changed`` where two figures differ of which no source says how they were counted.
    """
    was, now = spread(before), spread(after)
    if was == now:
        same_date = within(before.as_of, after.as_of)
        finer = len(after.as_of) > len(before.as_of)
        return ("more precise" if finer else "less precise") if same_date else "restated"
    if was[0] <= now[0] and now[1] <= was[1]:
        return "more precise"
    if now[0] <= was[0] and was[1] <= now[1]:
        return "less precise"
    if after.basis == "not_stated":
        return "changed"
    return "up" if float(after.value) > float(before.value) else "down"


def within(one: str, other: str) -> bool:
    """Say whether one of two dates that differ is the other told more precisely.

    >>> within("2015", "2015-12-31"), within("2015", "2016"), within("2015", "2015")
    (True, False, False)
    """
    return one != other and (one.startswith(other) or other.startswith(one))


def spread(figure: Statement) -> tuple[float, float]:
    """Return the lowest and the highest number that a figure's words allow.

    A qualified figure is taken to be rounded at its last figure that is not a nought.

    >>> stated = {"about": "members", "union": "ascl", "item": "whole"}
    >>> spread(Statement(**stated, value="19000", qualifier="over"))
    (19000.0, 19999.0)
    >>> spread(Statement(**stated, value="300000", qualifier="about"))
    (250000.0, 350000.0)
    >>> spread(Statement(**stated, value="19123"))
    (19123.0, 19123.0)
    """
    number = float(figure.value)
    step = 1.0
    while number and number % (step * 10) == 0:
        step *= 10
    most = step - 1
    spreads = {"over": (0.0, most), "about": (step / 2, step / 2), "nearly": (most, 0.0)}
    below, above = spreads.get(figure.qualifier, (0.0, 0.0))
    return number - below, number + above
