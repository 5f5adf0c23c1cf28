"""Periods in the word order of other languages than English, as the symbols that words/*.yaml turn them to."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understanding.periods import find

TODAY = date(2018, 5, 10)


@pytest.mark.parametrize(
    ("said", "symbols", "period"),
    [
        ("trimestre pasado", "<quarter> <was>", "2018Q1"),
        ("mes pasado", "<month> <was>", "2018-04"),
        ("año pasado", "<year> <was>", "2017"),
        ("trimestre actual", "<quarter> <running>", "2018Q2"),
        ("trimestre que viene", "<quarter> <coming>", "2018Q3"),
        ("octubre del año pasado", "<m10> <of> <year> <was>", "2017-10"),
        ("octubre pasado", "<m10> <was>", "2017-10"),
        ("tercer trimestre del año pasado", "<3> <quarter> <of> <year> <was>", "2017Q3"),
        ("último trimestre de 2016", "<last> <quarter> <of> 2016", "2016Q4"),
        ("último trimestre", "<last> <quarter>", "2018Q1"),
        ("los 4 últimos trimestres", "4 <latest> <quarter>", "2017Q2..2018Q1"),
        ("hace 2 años", "<ago> 2 <year>", "2016"),
        ("3t17", "3t17", "2017Q3"),
        ("в 3 квартале 2017 года", "<of> <q3> 2017 <year>", "2017Q3"),
        ("с 2015 по 2017 год", "<since> 2015 <to> 2017 <year>", "2015..2017"),
        ("в прошлом году", "<of> <last> <year>", "2017"),
        ("2017年第三季度", "2017 <year> <of> <q3>", "2017Q3"),
        ("2017年上半年", "2017 <year> <h1>", "2017H1"),
        ("2017年10月", "2017 <year> <m10>", "2017-10"),
        ("2017年11月7日", "2017 <year> <m11> 7 <day>", "2017-11"),
        ("去年", "<lastyear>", "2017"),
        ("前年", "<beforelast>", "2016"),
        ("去年第三季度", "<lastyear> <of> <q3>", "2017Q3"),
        ("2015年以来", "2015 <year> <onwards>", "2015..2018"),
        ("2015年到2017年", "2015 <year> <to> 2017 <year>", "2015..2017"),
        ("2015年和2017年之间", "2015 <year> <and> 2017 <year> <between>", "2015..2017"),
        ("2015 से 2017 तक", "2015 <onwards> 2017 <to>", "2015..2017"),
        ("2015 से", "2015 <onwards>", "2015..2018"),
        ("पिछले साल अक्टूबर", "<last> <year> <m10>", "2017-10"),
        ("2017 की तीसरी तिमाही", "2017 <of> <3> <quarter>", "2017Q3"),
        ("los últimos tres meses de 2017", "<latest> <3> <month> <of> 2017", "2017Q4"),
        ("a finales del año pasado", "<yearend> <of> <year> <was>", "2017Q4"),
        ("campaña navideña de 2016", "<season> <yearend> <of> 2016", "2016Q4"),
        ("q3 2017 year on year", "q3 2017 <year> on <year>", "2017Q3"),
        ("which quarter last year", "which <quarter> <last> <year>", "2017"),
    ],
)
def test_period_is_found(said: str, symbols: str, period: str) -> None:
    found = find(symbols.split(), TODAY)
    assert [str(one.period) for one in found] == [period], said


def test_year_on_year_keeps_its_words() -> None:
    found = find(["q3", "2017", "<year>", "on", "<year>"], TODAY)
    assert (found[0].start, found[0].stop) == (0, 2)
