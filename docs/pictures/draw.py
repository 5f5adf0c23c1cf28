"""Draws the charts of the README anew from the shipped data, in the virtual environment: python docs/pictures/draw.py

They are half as wide as those in Telegram, so that the repository stays small."""

from __future__ import annotations

import io
import tempfile
from datetime import date
from pathlib import Path

from PIL import Image

from bot.answering import Answering
from bot.languages.spoken import speaking
from bot.views.chart.drawing import drawing
from bot.views.chart.finding import chart_of
from store.start import start

FOLDER = Path(__file__).parent
TODAY = date(2026, 11, 24)
PICTURES = {
    "trend": ("en", "xiaomi share in india since 2015"),
    "compare": ("en", "samsung apple huawei xiaomi shipments since 2014"),
    "ranking": ("en", "top five worldwide in Q3 2017"),
    "growth": ("en", "fastest growing vendor worldwide in Q4 2017"),
    "share": ("en", "market share of vendors in europe in 2021"),
    "gap": ("en", "xiaomi share in india by quarter from 2015 to 2017"),
    "duel": ("en", "samsung vs apple 2017"),
    "hindi": ("hi", "top 5 in india q2 2017"),
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        answering = Answering(start(f"sqlite:///{folder}/vendorbot.db"))
        for name, (language, question) in PICTURES.items():
            with speaking(language):
                chart = chart_of(answering.ask(question, TODAY), answering.catalogue)
                assert chart is not None, question
                png = drawing(chart).png()
            image = Image.open(io.BytesIO(png)).convert("RGB")
            small = image.resize((image.width // 2, image.height // 2), Image.Resampling.LANCZOS)
            small.quantize(256, method=Image.Quantize.FASTOCTREE).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
