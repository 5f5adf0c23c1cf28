"""Several people's chats with the running bot, as dialogues tell them: what is written, pressed and waited for."""

from __future__ import annotations

from typing import Any

from tests.conversations.dialogue import FOLDER, Turn
from tests.telegram.chats import PrivateChat
from tests.telegram.fixtures import RunningBot
from tests.telegram.server import Request

OWNERS = range(7_700_000_001, 7_700_000_100)  # one for each dialogue: drafts of one are not those of another
_FILES = FOLDER / "admins" / "files"
_ANSWERS = ("sendMessage", "editMessageText", "sendDocument")


class Talking:
    """One dialogue at work. The owner is called olga."""

    def __init__(self, bot: RunningBot, owner: int) -> None:
        self._api, self._owner = bot.api, owner
        self._chats: dict[str, PrivateChat] = {}
        self._last: dict[str, Request] = {}
        self._seen: dict[str, int] = {}

    def chat(self, name: str) -> PrivateChat:
        """Somebody's private chat, begun where it is not there yet."""
        if name not in self._chats:
            if name == "olga":
                self._chats[name] = self._api.private_of({"id": self._owner, "is_bot": False, "first_name": "Olga"})
            else:
                self._chats[name] = self._api.private(name.capitalize())
                self._chats[name].person["username"] = f"{name}_phones"
            self._seen[name] = len(self._answers(name))
        return self._chats[name]

    async def said(self, turn: Turn) -> tuple[str, str]:
        """Do what a turn says; the text of the answer, and its buttons as `[Record] [Cancel]`."""
        chat = self.chat(turn.speaker)
        question = turn.question.replace("\\n", "\n").replace("{anna}", str(self.chat("anna").id))
        if turn.sign == ">":
            chat.post(question)
        elif turn.sign == "^":
            chat.send_file(question, (_FILES / question).read_bytes())
        elif turn.sign == "*":
            press = chat.press(self._last[turn.speaker].message, self._data(turn.speaker, question), chat.person)
            notice = await chat.said_to(press)
            if notice:
                return f"! {notice}", ""
        await self._api.until(lambda: len(self._answers(turn.speaker)) > self._seen[turn.speaker], "no answer")
        answer = self._answers(turn.speaker)[self._seen[turn.speaker]]
        self._seen[turn.speaker] += 1
        self._last[turn.speaker] = answer
        shown = answer.text or answer.caption
        return shown, " ".join(f"[{button['text']}]" for button in answer.buttons)

    def _data(self, name: str, label: str) -> str:
        buttons: list[dict[str, Any]] = self._last[name].buttons
        found = [one["callback_data"] for one in buttons if one["text"].startswith(label)]
        assert found, f"there is no button {label}: {[one['text'] for one in buttons]}"
        return str(found[0])

    def _answers(self, name: str) -> list[Request]:
        chat_id = self._chats[name].id
        return [
            one for one in self._api.requests if one.method in _ANSWERS and one.status == 200 and one.chat_id == chat_id
        ]
