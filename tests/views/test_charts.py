"""Charts as people see them: sizes, colours, gaps, names in any script, and the same picture for the same content."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from PIL import Image

from bot.answering import Answering
from bot.answers.answer import Amount, lead
from bot.views.chart.chart import Bar, Bars, Chart, Lines, Series
from bot.views.chart.colours import colours
from bot.views.chart.drawing import drawing
from bot.views.chart.finding import chart_of
from bot.views.text import WIDEST, plain
from bot.views.wording import sentence
from store.period import Period
from store.start import start
from store.words import Metric

TODAY = date(2026, 11, 24)
PERIODS = Period.parse("2012..2019").parts


@pytest.fixture(scope="module")
def answering(loaded_file: Path) -> Answering:
    return Answering(start(f"sqlite:///{loaded_file}"))


def asked(answering: Answering, question: str) -> Chart:
    chart = chart_of(answering.ask(question, TODAY), answering.catalogue)
    assert chart, question
    return chart


def picture(chart: Chart) -> Image.Image:
    return Image.open(io.BytesIO(drawing(chart).png())).convert("RGB")


def amounts(*values: float | None) -> tuple[Amount | None, ...]:
    return tuple(None if value is None else Amount(value, "million") for value in values)


def course(*series: Series) -> Chart:
    return Chart(lead("A finding"), lead("What is counted"), Metric.SHIPMENTS, Lines(PERIODS, series), ("IDC",))


def has(image: Image.Image, colour: str, box: tuple[int, int, int, int] | None = None) -> bool:
    seen = (image.crop(box) if box else image).getcolors(1 << 24) or []
    return any(count > 40 and one == rgb(colour) for count, one in seen)


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def luminance(colour: str) -> float:
    parts = [value / 255 for value in rgb(colour)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize(
    ("question", "slugs", "finding"),
    [
        ("samsung vs apple since 2015", ("samsung", "apple"), "Apple is ahead of Samsung worldwide in 2025"),
        ("xiaomi share in india since 2015", ("xiaomi",), "peaked at 28.9% in 2018"),
        ("top five worldwide in q3 2017", ("samsung", "apple", "huawei", "oppo", "xiaomi"), "Samsung is ahead"),
        ("compare samsung vs apple 2017", ("samsung", "apple"), "317.3 million against 215.8 million"),
        ("fastest growing vendor worldwide in q4 2017", ("xiaomi", "oppo"), "Xiaomi grew fastest"),
    ],
)
def test_a_chart_says_its_finding_and_has_the_vendors_colours(
    answering: Answering, question: str, slugs: tuple[str, ...], finding: str
) -> None:
    chart = asked(answering, question)
    assert finding in sentence(chart.title)
    image = picture(chart)
    assert image.width == 1080
    assert 800 <= image.height <= 1350
    assert image.getpixel((2, 2)) == rgb(colours().background)
    for slug in slugs:
        assert has(image, colours().vendors[slug]), slug


@pytest.mark.parametrize(
    "question", ["hello", "when does xiaomi launch in spain", "how many phones did xiaomi ship in q2 2017", "weather?"]
)
def test_what_is_no_row_of_numbers_has_no_chart(answering: Answering, question: str) -> None:
    assert chart_of(answering.ask(question, date(2017, 11, 1)), answering.catalogue) is None


def test_where_nothing_is_known_the_line_has_a_gap() -> None:
    known = course(Series("lg", "LG", amounts(20, 20, None, None, None, 20, 20, 20)))
    whole = course(Series("lg", "LG", amounts(20, 20, 20, 20, 20, 20, 20, 20)))
    middle = (430, 180, 560, 1150)
    colour = colours().vendors["lg"]
    assert has(picture(whole), colour, middle)
    assert not has(picture(known), colour, middle)


def test_a_single_known_number_is_a_dot() -> None:
    lonely = course(
        Series("lg", "LG", amounts(None, None, None, 20, None, None, None, None)),
        Series("sony", "Sony", amounts(10, 11, 12, 13, 14, 15, 16, 17)),
    )
    assert has(picture(lonely), colours().vendors["lg"], (64, 180, 800, 1150))


def test_the_same_content_has_the_same_digest_and_picture_and_other_content_another(answering: Answering) -> None:
    first, second = (drawing(asked(answering, "top five worldwide in q3 2017")) for _ in range(2))
    assert first.digest == second.digest
    assert first.png() == second.png()
    chart = asked(answering, "top five worldwide in q3 2017")
    assert drawing(replace(chart, sources=("Canalys",))).digest != first.digest
    assert drawing(asked(answering, "top five worldwide in q2 2017")).digest != first.digest


@pytest.mark.parametrize(
    "name",
    ["小米科技", "शाओमी", "Сяоми", "삼성전자", "#set page(fill: red)", '"); panic("x',
     "$x$ *b* _i_ \\ @a <b> & </text>",
     "N" * 400, "\u202egnusmaS", "\n\n\n", "é" * 30, "🎉", ""],
)  # fmt: skip
def test_any_name_is_drawn_as_it_is_written(name: str) -> None:
    series = (Series("a", name, amounts(*range(8))), Series("b", "Other", amounts(*range(8, 16))))
    lines, bars = course(*series), Bars((Bar("a", name, Amount(3, "million")), Bar("b", "Other", Amount(2, "million"))))
    for chart in (lines, replace(lines, shape=bars, title=lead("{name} leads", name=name), sources=(name,))):
        image = picture(chart)
        assert image.width == 1080
        assert image.getpixel((2, 2)) == rgb(colours().background)
        edge = image.crop((1078, 0, 1080, image.height)).getcolors()
        assert edge
        assert [one for _, one in edge] == [rgb(colours().background)]


@pytest.mark.parametrize("name", ["小米", "शाओमी", "Сяоми", "삼성"])
def test_names_in_other_scripts_are_no_boxes(name: str) -> None:
    """Two different words of one script look different, which boxes would not."""
    one, other = (course(Series("a", text, amounts(*range(8))), Series("b", "X", amounts(*range(8)))) for text in
                  (name, name[::-1]))  # fmt: skip
    assert drawing(one).png() != drawing(other).png()


def test_labels_of_close_lines_do_not_lie_on_each_other() -> None:
    series = tuple(Series(f"v{at}", f"Vendor {at}", amounts(*(20 + at / 100 for _ in range(8)))) for at in range(4))
    marks = json.loads(drawing(course(*series)).picture)["marks"]
    heights = sorted(mark["at"][1] for mark in marks if mark["kind"] == "Text" and mark["text"].startswith("Vendor "))
    assert len(heights) == 4
    assert all(below - above >= 80 for above, below in pairwise(heights))


@pytest.mark.parametrize("values", [(0.0, 0.0), (1e-9, 2e-9), (99999.0, 1.0), (-100.0, -99.0), (5.0, 5.0)])
def test_any_numbers_can_be_drawn(values: tuple[float, float]) -> None:
    bars = Bars(tuple(Bar(f"v{at}", f"V{at}", Amount(value, "change")) for at, value in enumerate(values)))
    chart = Chart(lead("x"), lead("y"), Metric.GROWTH, bars, ("IDC",))
    assert picture(chart).width == 1080


def test_colours_stand_out_from_the_ground_and_from_each_other() -> None:
    tone = colours()
    ground = luminance(tone.background)
    for name, colour in {**tone.vendors, "text": tone.text, "quiet": tone.quiet, "others": tone.others}.items():
        assert (luminance(colour) + 0.05) / (ground + 0.05) >= 4.5, name
    for colour in tone.fallback:
        assert (luminance(colour) + 0.05) / (ground + 0.05) >= 4.5, colour
    often = ("samsung", "apple", "xiaomi", "huawei", "oppo", "vivo", "honor", "realme")
    for one, other in combinations(often, 2):
        apart = sum((a - b) ** 2 for a, b in zip(rgb(tone.vendors[one]), rgb(tone.vendors[other]), strict=True)) ** 0.5
        assert apart > 60, (one, other)
    given = tone.of(["samsung", *(f"unknown-{at}" for at in range(8))])
    assert len(set(given.values())) == 9


@pytest.mark.parametrize(
    "question",
    [
        "samsung apple huawei xiaomi shipments since 2014",
        "top ten in india in 2018",
        "compare samsung vs apple vs oppo 2017",
    ],
)
def test_tables_fit_a_phone(answering: Answering, question: str) -> None:
    lines = plain(answering.ask(question, TODAY)).splitlines()
    table = [line for line in lines if line.startswith((" ", "1. ", "20"))]
    assert table
    assert max(map(len, table)) <= WIDEST
