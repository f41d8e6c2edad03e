"""Shows figures to people: ratios first, because a shared machine moves figures and leaves ratios alone."""

from collections.abc import Iterable, Sequence

from benchmarks.figures import Figure, written

HEAD = ("", "ratio", "against", "figure", "goal", "")


def table(name: str, figures: Sequence[Figure]) -> str:
    """Return one benchmark's figures as a text table."""
    rows = [HEAD, *(_row(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join([name, *(f"  {line}" for line in lines)])


def missed(figures: Iterable[Figure]) -> list[Figure]:
    """Return those whose goal was not kept."""
    return [figure for figure in figures if figure.goal and not figure.goal.kept]


def _row(figure: Figure) -> tuple[str, ...]:
    return (
        figure.what,
        "" if figure.ratio is None else f"{figure.ratio:.2f}",
        figure.against,
        f"{written(figure.value)} {figure.unit}".rstrip(),
        figure.goal.words if figure.goal else "",
        "" if figure.goal is None else ("kept" if figure.goal.kept else "MISSED"),
    )
