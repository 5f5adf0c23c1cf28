"""`vendorbot ask` as other programs use it: text, JSON lines, follow-ups, today's date, exit codes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from bot.answering import Answering
from bot.asking import print_answers
from store.engine import open_engine
from tests.conftest import Run

QUESTION = "how many phones did xiaomi ship in Q2 2017"
TYPES = {
    "question": str,
    "answered": bool,
    "intent": (str, type(None)),
    "vendors": list,
    "metric": (str, type(None)),
    "regions": list,
    "period": (str, type(None)),
    "product": (str, type(None)),
    "confidence": (int, float),
    "text": str,
    "values": list,
    "suggestions": list,
    "seconds": float,
}
VALUE_TYPES = {
    "vendor": str,
    "metric": str,
    "value": (int, float),
    "unit": str,
    "region": str,
    "period": str,
    "certainty": str,
    "source": str,
    "fact_id": int,
}


def test_text(run_process: Run) -> None:
    done = run_process("ask", QUESTION)
    assert done.returncode == 0, done.stderr
    assert "Xiaomi shipped" in done.stdout
    assert "Q2 2017" in done.stdout
    assert "https://" in done.stdout
    assert done.stderr == ""


def test_not_answered_is_exit_code_1(run_process: Run) -> None:
    done = run_process("ask", "what is the capital of France")
    assert done.returncode == 1
    assert "I can answer, for example" in done.stdout
    assert done.stderr == ""


def test_json_lines_in_order_with_the_contracts_keys(run: Run, tmp_path: Path) -> None:
    questions = [QUESTION, "", "whos #1 in china in 2017", "😀😀", "a" * 4096, "<b>xiaomi</b>", "/nothing", QUESTION]
    file = tmp_path / "questions.txt"
    file.write_text("\n".join(questions) + "\n", "utf-8")
    done = run("ask", "--json", "--file", str(file))
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["question"] for answer in answers] == questions
    for answer in answers:
        assert list(answer) == list(TYPES)
        assert all(isinstance(answer[key], kind) for key, kind in TYPES.items()), answer
        assert 0 <= answer["confidence"] <= 1
        for value in answer["values"]:
            assert list(value) == list(VALUE_TYPES)
            assert all(isinstance(value[key], kind) for key, kind in VALUE_TYPES.items()), value
    first = answers[0]
    assert (first["answered"], first["intent"], first["vendors"]) == (True, "value", ["xiaomi"])
    assert (first["metric"], first["regions"], first["period"]) == ("shipments", ["world"], "2017Q2")
    assert {"vendor": "xiaomi", "unit": "million", "period": "2017Q2"}.items() <= first["values"][0].items()
    assert [answers[at]["answered"] for at in (1, 3, 4)] == [False, False, False]
    assert answers[0]["values"] == answers[-1]["values"]


def test_questions_from_standard_input(run_process: Run) -> None:
    done = run_process("ask", "--json", "--file", "-", stdin=f"{QUESTION}\r\n{QUESTION}\r\n")
    assert [json.loads(line)["question"] for line in done.stdout.splitlines()] == [QUESTION, QUESTION]


def test_a_follow_up_needs_a_chat(run: Run) -> None:
    lines = f"{QUESTION}\nand in 2016Q2?\n"
    asked = [run("ask", "--json", "--file", "-", *chat, stdin=lines) for chat in ((), ("--chat", "42"))]
    alone, together = ([json.loads(line) for line in done.stdout.splitlines()] for done in asked)
    assert not alone[1]["answered"]
    assert (together[1]["vendors"], together[1]["period"]) == (["xiaomi"], "2016Q2")


def test_a_follow_up_of_another_process(run_process: Run, sqlite_url: str) -> None:
    run_process("ask", QUESTION, "--chat", "42", database_url=sqlite_url)
    done = run_process("ask", "--json", "and in 2016Q2?", "--chat", "42", database_url=sqlite_url)
    assert json.loads(done.stdout)["vendors"] == ["xiaomi"]


def test_now_fixes_the_day(run: Run) -> None:
    lines = "\n".join(f"xiaomi shipments {period}" for period in ("last quarter", "last month", "last year", "in Q3"))
    done = run("ask", "--json", "--file", "-", "--now", "2017-11-01", stdin=lines)
    periods = [json.loads(line)["period"] for line in done.stdout.splitlines()]
    assert periods == ["2017Q3", "2017-10", "2016", "2017Q3"]


def test_bad_usage_is_exit_code_2(run: Run, tmp_path: Path) -> None:
    for arguments in (
        ("ask",),
        ("ask", "a", "--file", "b"),
        ("ask", "--file", str(tmp_path / "none.txt")),
        ("ask", QUESTION, "--now", "yesterday"),
        ("ask", "--nothing"),
        ("nothing",),
        ("chat", "--now", "2017"),
    ):
        done = run(*arguments)
        assert done.returncode == 2, arguments
        assert done.stdout == ""
        assert "Traceback" not in done.stderr
        assert done.stderr


def test_a_reader_that_leaves_early_is_no_error(run: Run, sqlite_url: str, environment: dict[str, str]) -> None:
    import subprocess

    from tests.conftest import COMMAND

    script = f"yes '{QUESTION}' | head -n 3000 | '{COMMAND}' ask --json --file - | head -n 1"
    done = subprocess.run(
        ["bash", "-c", script],
        capture_output=True,
        text=True,
        timeout=60,
        env=environment | {"DATABASE_URL": sqlite_url},
        check=False,
    )
    assert json.loads(done.stdout)["answered"]
    assert done.stderr == ""


def test_how_a_question_was_read_is_told_where_asked_for(run: Run) -> None:
    done = run("ask", "--explain", "--json", "--chat", "7", "--file", "-", stdin=f"{QUESTION}\nand samsung?\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [list(answer) for answer in answers] == [[*TYPES, "explain"]] * 2
    assert answers[0]["explain"]["intents"][0]["intent"] == "value"
    assert answers[1]["explain"]["query"]["vendors"] == answers[1]["vendors"] == ["samsung"]


def test_how_a_question_was_read_is_told_in_tables(sqlite_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    engine = open_engine(sqlite_url)
    print_answers(Answering(engine), ["xiami shipments in Q2 2017"], date(2017, 11, 1), None, False, explained=True)
    engine.dispose()
    said = capsys.readouterr().out
    assert "Xiaomi shipped" in said
    assert "What decided" in said
