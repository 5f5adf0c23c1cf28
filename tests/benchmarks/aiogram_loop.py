"""A bare loop of aiogram that sends messages, run with an interpreter that has it: BASE TOKEN COUNT TEXT."""

import asyncio
import json
import sys
import time

from aiogram import Bot  # type: ignore[import-not-found]
from aiogram.client.session.aiohttp import AiohttpSession  # type: ignore[import-not-found]
from aiogram.client.telegram import TelegramAPIServer  # type: ignore[import-not-found]


async def main(base: str, token: str, count: int, text: str) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(base))
    async with Bot(token, session=session) as bot:
        numbers = iter(range(count))

        async def worker() -> None:
            for number in numbers:
                await bot.send_message(1_000 + number, text, parse_mode="HTML")

        began = time.perf_counter()
        await asyncio.gather(*(worker() for _ in range(50)))
        print(json.dumps({"seconds": (time.perf_counter() - began) / count}))


asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]))
