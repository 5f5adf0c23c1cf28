"""`vendorbot phrases export` and `import`: the words that admins taught, from one bot to another."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.admin.taught_file import Read, read_taught
from bot.answering import Answering
from store.engine import open_engine, reading, writing
from store.taught import Means, taught_words, teach
from tests.conftest import Run


def test_what_one_bot_exports_another_imports(run: Run, sqlite_file: Path, tmp_path: Path) -> None:
    other = Path(shutil.copy(sqlite_file, tmp_path / "other.db"))
    engine = open_engine(f"sqlite:///{sqlite_file}")
    with writing(engine) as session:
        teach(session, "frobly", Means.VENDOR, "xiaomi", "test")
        teach(session, "land of tapas", Means.REGION, "spain", "test")
        teach(session, "bleem", Means.METRIC, "market_share", "test")
    engine.dispose()
    exported = run("phrases", "export").stdout
    assert exported == "word,kind,value\nfrobly,vendor,xiaomi\nland of tapas,region,spain\nbleem,metric,market_share\n"
    file = tmp_path / "taught.csv"
    wrong = "share,vendor,xiaomi\nfoo,vendor,nobody\nfoo,planet,mars\nmi,vendor,xiaomi\n"
    file.write_text(exported + wrong, "utf-8")
    done = run("phrases", "import", str(file), database_url=f"sqlite:///{other}")
    assert done.returncode == 1
    assert done.stdout == "Taught: 3, known already: 1, refused: 3.\n"
    assert done.stderr.splitlines() == [
        "line 5: “share” has a meaning already, which questions need; it cannot be another name.",
        "line 6: there is no vendor 'nobody'",
        "line 7: kind 'planet' is none of vendor, region, metric",
    ]
    engine = open_engine(f"sqlite:///{other}")
    assert read_taught(exported.splitlines(), Answering(engine), "test") == Read(known=3)
    with reading(engine) as session:
        assert [one.word for one in taught_words(session)] == ["frobly", "land of tapas", "bleem"]
