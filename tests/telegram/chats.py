"""People and groups that write to the bot."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any

from tests.telegram.description import Upload
from tests.telegram.markup import utf16_length

if TYPE_CHECKING:
    from tests.telegram.server import BotApi, Request

_COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]+(?:@\w+)?")
_MENTION = re.compile(r"(?<!\S)@\w{4,}")
_numbers = itertools.count(1_001)


def new_person(name: str, language: str | None = None) -> dict[str, Any]:
    """Somebody with an id of their own, as Telegram's User; `language` is that of their app, where it says so."""
    person: dict[str, Any] = {"id": next(_numbers), "is_bot": False, "first_name": name}
    return person | ({"language_code": language} if language else {})


class Chat:
    """A chat that the bot is in."""

    def __init__(self, api: BotApi, payload: dict[str, Any]) -> None:
        self._api, self.payload = api, payload
        self.id: int = payload["id"]
        self._api.methods.chats[self.id] = payload

    def _post(self, sender: dict[str, Any], text: str | None, content: dict[str, Any]) -> dict[str, Any]:
        if text is not None:
            marked = entities_in(text)
            content = {"text": text, **({"entities": marked} if marked else {}), **content}
        message = self._api.methods.new_message(self.payload, sender, **content)
        self._api.push("message", message)
        return message

    async def reply(self, seconds: float = 30.0) -> Request:
        """The bot's next message here."""
        return await self._api.next("sendMessage", self.id, seconds)

    def press(self, message: dict[str, Any], data: str, by: dict[str, Any]) -> str:
        """Press the button with that data below a message; returns the press's id."""
        press_id = str(next(_numbers))
        self._api.methods.presses.add(press_id)
        body = {"id": press_id, "from": by, "chat_instance": "1", "message": message, "data": data}
        self._api.push("callback_query", body)
        return press_id

    async def photo(self, seconds: float = 30.0) -> Request:
        """The bot's next picture here."""
        return await self._api.next("sendPhoto", self.id, seconds)

    async def said_to(self, press_id: str) -> str:
        """Wait until a press was confirmed; what was said to it, or nothing."""

        def confirmed() -> list[Request]:
            found = self._api.of("answerCallbackQuery")
            return [one for one in found if one.parameters["callback_query_id"] == press_id]

        await self._api.until(lambda: bool(confirmed()), "the press was not confirmed")
        return str(confirmed()[0].parameters.get("text", ""))


class PrivateChat(Chat):
    """One person's chat with the bot; `person` is them."""

    def __init__(
        self, api: BotApi, name: str, person: dict[str, Any] | None = None, language: str | None = None
    ) -> None:
        self.person = person or new_person(name, language)
        super().__init__(api, {"id": self.person["id"], "type": "private", "first_name": name})

    def post(self, text: str | None = None, **content: Any) -> dict[str, Any]:
        """Write to the bot, or send it something else: `post(sticker=...)`. Returns the message."""
        return self._post(self.person, text, content)

    def send_file(self, name: str, content: bytes, **more: Any) -> dict[str, Any]:
        """Send the bot a document. Returns the message."""
        document = self._api.methods.files.document(Upload(content))
        return self.post(document={**document, "file_name": name}, **more)

    async def ask(self, text: str) -> Request:
        """Write to the bot and wait for its reply."""
        self.post(text)
        return await self.reply()

    async def type(self, query: str) -> list[dict[str, Any]]:
        """Type "@bot query" in some chat; what the bot offers."""
        query_id = str(next(_numbers))
        self._api.methods.inline.add(query_id)
        self._api.push("inline_query", {"id": query_id, "from": self.person, "query": query, "offset": ""})

        def offered() -> list[Request]:
            found = self._api.of("answerInlineQuery")
            return [one for one in found if one.parameters["inline_query_id"] == query_id]

        await self._api.until(lambda: bool(offered()), "nothing was offered")
        return list(offered()[0].parameters["results"])

    async def press_and_see(self, message: dict[str, Any], label: str, method: str) -> Request:
        """Press the button whose label holds those words, and wait for what the bot then does here."""
        rows = message["reply_markup"]["inline_keyboard"]
        data = next(button["callback_data"] for row in rows for button in row if label in button["text"])
        self.press(message, data, self.person)
        return await self._api.next(method, self.id)


class GroupChat(Chat):
    """A supergroup, with topics where it is a forum."""

    def __init__(self, api: BotApi, title: str, forum: bool) -> None:
        payload: dict[str, Any] = {"id": -1_000_000_000_000 - next(_numbers), "type": "supergroup", "title": title}
        super().__init__(api, payload | ({"is_forum": True} if forum else {}))

    def post(
        self,
        by: dict[str, Any],
        text: str | None = None,
        *,
        reply_to: dict[str, Any] | None = None,
        topic: int | None = None,
        **content: Any,
    ) -> dict[str, Any]:
        """Write into the group, in reply to a message, in a topic. Returns the message."""
        if topic is not None:
            content |= {"message_thread_id": topic, "is_topic_message": True}
        if reply_to is not None:
            content["reply_to_message"] = {key: one for key, one in reply_to.items() if key != "reply_to_message"}
        return self._post(by, text, content)

    async def ask(self, by: dict[str, Any], text: str, **content: Any) -> Request:
        """Write into the group and wait for the bot's reply."""
        self.post(by, text, **content)
        return await self.reply()


def entities_in(text: str) -> list[dict[str, Any]]:
    """The commands and mentions that Telegram marks in a text."""
    found = [("bot_command", one) for one in _COMMAND.finditer(text)]
    found += [("mention", one) for one in _MENTION.finditer(text)]
    return [
        {"type": kind, "offset": utf16_length(text[: one.start()]), "length": utf16_length(one[0])}
        for kind, one in sorted(found, key=lambda pair: pair[1].start())
    ]
