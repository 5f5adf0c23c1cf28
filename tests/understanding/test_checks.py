"""What `vendorbot phrases check` finds in files that somebody who does not program has changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot import phrases_commands
from bot.understanding.checks.folder import Checked, check_folder
from bot.understanding.checks.placed import Problem
from bot.understanding.understand import Understanding

Check = Callable[..., Checked]
VALUE = 'value:\n  takes: [region, period]\n  phrasings:\n    - "{vendor} shipments"\n'


@pytest.fixture
def check(tmp_path: Path, understanding: Understanding) -> Check:
    """Writes files such as phrasings_en="..." and checks them."""

    def check(**files: str) -> Checked:
        for name, text in files.items():
            kind, _, language = name.partition("_")
            path = tmp_path / kind / f"{language}.yaml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        return check_folder(tmp_path, lambda: (understanding.lexicon, understanding.weights))

    return check


def only(checked: Checked) -> Problem:
    assert len(checked.problems) == 1, [str(problem) for problem in checked.problems]
    return checked.problems[0]


def test_what_is_right_has_no_problem(check: Check) -> None:
    checked = check(phrasings_en=VALUE, words_en="concepts:\n  ship: [ship, shipped]\n  phone: [phone]\n")
    assert checked == Checked(1, 3, ())


def test_two_intents_of_one_phrasing_are_named_with_both_lines(check: Check) -> None:
    problem = only(check(phrasings_en=VALUE + 'trend:\n  phrasings:\n    - "{vendor} shipments?"\n'))
    assert (problem.file, problem.line) == ("phrasings/en.yaml", 7)
    assert "reads the same" in problem.what
    assert "(value) in phrasings/en.yaml, line 4" in problem.what
    assert "# also value" in problem.advice


@pytest.mark.parametrize("same", ["the {vendor} shipments", "{vendor} SHIPMENTS", "  {vendor}   shipments!"])
def test_small_differences_are_none(check: Check, same: str) -> None:
    assert "reads the same" in only(check(phrasings_en=VALUE + f'trend:\n  phrasings:\n    - "{same}"\n')).what


def test_a_collision_across_languages_is_found(check: Check) -> None:
    problem = only(check(phrasings_en=VALUE, phrasings_es='trend:\n  phrasings:\n    - "{vendor} shipments"\n'))
    assert problem.file == "phrasings/es.yaml"


def test_what_is_meant_twice_is_said_so_in_its_line(check: Check) -> None:
    meant = 'trend:\n  phrasings:\n    - "{vendor} shipments"  # also value, growth\n'
    assert check(phrasings_en=VALUE + meant).problems == ()


def test_a_follow_up_collides_with_no_first_question(check: Check) -> None:
    apart = 'value:\n  follow_ups: ["how many phones"]\ntotal:\n  phrasings: ["how many phones"]\n'
    assert not any("reads the same" in problem.what for problem in check(phrasings_en=apart).problems)


def test_a_phrasing_whose_like_are_read_otherwise_is_named(check: Check) -> None:
    problem = only(check(phrasings_en="trend:\n  phrasings:\n    - who is number one in {region}\n"))
    assert "questions like it are read as leader" in problem.what
    assert "make weights" in problem.advice


def test_a_word_under_two_names_says_which_counts(check: Check) -> None:
    words = "concepts:\n  ship: [ship, moved]\n  launch:\n    - launch\n    - Moved\nfillers: [a, the]\n"
    problem = only(check(words_en=words))
    assert (problem.file, problem.line) == ("words/en.yaml", 5)
    assert "concepts, launch" in problem.what
    assert "line 2 under concepts, ship" in problem.what
    assert problem.what.endswith("read as concepts, ship")


def test_words_of_time_may_also_ask(check: Check) -> None:
    assert check(words_en="concepts:\n  upcoming: [next]\nperiods:\n  next: [next]\nopenings: [next]\n").problems == ()


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("value:\n  phrasings:\n    - {vendor} shipments\n", 3, "no YAML"),
        ('value:\n  phrasings:\n    - "{vendor} shipments\n', 3, "no YAML"),
        ("value:\n  phrasings:\n    - {vendor}\n", 3, "no text"),
        ('value:\n  phrasings:\n    - "{brand} shipments"\n', 3, "no slot {brand}"),
        ('value:\n  phrasings:\n    - "{vendor shipments"\n', 3, "opens or closes"),
        ("values:\n  phrasings: [a]\n", 1, "'values' is no intent"),
        ("value:\n  phrases: [a]\n", 2, "'phrases' means nothing"),
        ("value:\n  phrasings: a\n", 2, "expected a list"),
        ("value:\n  - a\n", 2, "expected what value takes"),
        ("- a\n", 1, "expected intents"),
        ("", 1, "expected intents"),
        ('value:\n  phrasings:\n    - ""\n', 3, "empty"),
        ("value:\n  phrasings: []\nvalue:\n  phrasings: []\n", 3, "stands here twice"),
    ],
)
def test_broken_phrasings_are_named_by_line(check: Check, text: str, line: int, said: str) -> None:
    problem = only(check(phrasings_pt=text))
    assert (problem.file, problem.line) == ("phrasings/pt.yaml", line)
    assert said in problem.what
    assert problem.advice


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("concept:\n  ship: [a]\n", 1, "no section 'concept'"),
        ("concepts: [a]\n", 1, "expected words by what they mean"),
        ("concepts:\n  ship: a\n", 2, "expected a list"),
        ('concepts:\n  ship: ["?"]\n', 2, "no letter or digit"),
        ("fillers:\n  a: [b]\n", 2, "expected a list"),
        ("concepts:\n\tship: [a]\n", 2, "no YAML"),
    ],
)
def test_broken_words_are_named_by_line(check: Check, text: str, line: int, said: str) -> None:
    problem = only(check(words_ru=text))
    assert (problem.file, problem.line) == ("words/ru.yaml", line)
    assert said in problem.what


def test_a_file_of_another_encoding_is_named(check: Check, tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "es.yaml").write_bytes("concepts: {ship: [envió]}".encode("latin-1"))
    assert "UTF-8" in only(check(phrasings_en=VALUE)).what


def test_the_command_ends_with_1_and_the_file_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "phrasings").mkdir()
    (tmp_path / "phrasings" / "en.yaml").write_text('value:\n  phrasings:\n    - "{brand}"\n', "utf-8")
    with pytest.raises(SystemExit) as ended:
        phrases_commands.check(tmp_path)
    assert ended.value.code == 1
    assert capsys.readouterr().out.startswith("phrasings/en.yaml:3: there is no slot {brand}.")


def test_a_fault_of_form_is_told_before_anything_is_read_with_the_files(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "en.yaml").write_text("concepts: [", "utf-8")
    checked = check_folder(tmp_path, lambda: pytest.fail("the files were read"))
    assert "no YAML" in only(checked).what
