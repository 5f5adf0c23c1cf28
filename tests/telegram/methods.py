"""What the server does with a request that fits: messages are numbered, commands kept, presses answered once."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

from tests.telegram.description import Upload, bot_api
from tests.telegram.files import FileError, Files
from tests.telegram.markup import MarkupError, parse_html

_LONGEST = {"text": 4096, "caption": 1024}
_LONGEST_DATA = 64
_ACTIONS = {"typing", "upload_photo", "upload_document", "choose_sticker", "find_location", "record_video"}
_ONE_OF = {
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
}  # fmt: skip


class RefusedError(Exception):
    """Telegram answers 400. `violation`: the bot should have known better; otherwise it could not know."""

    def __init__(self, description: str, *, violation: bool = True) -> None:
        super().__init__(description)
        self.description, self.violation = description, violation


class Methods:
    """The state of a bot at Telegram."""

    def __init__(self, bot_id: int, username: str) -> None:
        self.me: dict[str, Any] = {
            "id": bot_id, "is_bot": True, "first_name": "Vendorbot", "username": username, "can_join_groups": True,
            "can_read_all_group_messages": False, "supports_inline_queries": True,
        }  # fmt: skip
        self.chats: dict[int, dict[str, Any]] = {}
        self.messages: dict[tuple[int, int], dict[str, Any]] = {}
        self.presses: set[str] = set()
        self.inline: set[str] = set()
        self.files = Files()
        self._attached: Mapping[str, Upload] = {}
        self.admins: set[tuple[int, int]] = set()
        self.commands: dict[str, list[dict[str, Any]]] = {}
        self.texts: dict[str, str] = {}
        self._next_message = 1

    def new_message(self, chat: dict[str, Any], sender: dict[str, Any], **content: Any) -> dict[str, Any]:
        """A message in a chat, numbered and kept."""
        self.chats[chat["id"]] = chat
        message = {
            "message_id": self._next_message, "date": int(time.time()), "chat": chat, "from": sender, **content,
        }  # fmt: skip
        self._next_message += 1
        self.messages[chat["id"], message["message_id"]] = message
        return message

    def carry_out(self, method: str, given: Mapping[str, Any], attached: Mapping[str, Upload] | None = None) -> Any:
        """The result of a request that fits the description, with files `attached`. Raises RefusedError."""
        self._attached = attached or {}
        own = getattr(self, f"_{method}", None)
        if own is not None:
            return own(given)
        returns = bot_api().methods[method]["returns"]
        if "Message" in returns and "chat_id" in given:
            return self._sent(given)
        return bot_api().sample(returns[-1])

    def _getMe(self, _given: Mapping[str, Any]) -> dict[str, Any]:  # noqa: N802
        return self.me

    def _sendMessage(self, given: Mapping[str, Any]) -> dict[str, Any]:  # noqa: N802
        return self._sent(given)

    def _sent(self, given: Mapping[str, Any]) -> dict[str, Any]:
        content: dict[str, Any] = _content(given)
        content |= self._file(given)
        _check_markup(given.get("reply_markup"))
        if "inline_keyboard" in (given.get("reply_markup") or {}):
            content["reply_markup"] = given["reply_markup"]
        chat_id = given["chat_id"]
        chat = self.chats.get(chat_id) or {"id": chat_id, "type": "private", "first_name": "Somebody"}
        reply = given.get("reply_parameters")
        if reply:
            target = self.messages.get((chat_id, reply.get("message_id", 0)))
            if target:
                content["reply_to_message"] = {key: one for key, one in target.items() if key != "reply_to_message"}
            elif not reply.get("allow_sending_without_reply"):
                raise RefusedError("message to be replied not found", violation=False)
        if "message_thread_id" in given:
            if not chat.get("is_forum"):
                raise RefusedError("message thread not found")
            content |= {"message_thread_id": given["message_thread_id"], "is_topic_message": True}
        return self.new_message(chat, self.me, **content)

    def _editMessageText(self, given: Mapping[str, Any]) -> Any:  # noqa: N802
        old = self.messages.get((given.get("chat_id", 0), given.get("message_id", 0)))
        if old is None:
            raise RefusedError("message to edit not found", violation=False)
        content = _content(given)
        _check_markup(given.get("reply_markup"))
        if given.get("reply_markup"):
            content["reply_markup"] = given["reply_markup"]
        if content.get("text") == old.get("text") and content.get("reply_markup") == old.get("reply_markup"):
            raise RefusedError("message is not modified", violation=False)
        old.pop("reply_markup", None)
        old.update(content, edit_date=int(time.time()))
        return old

    def _file(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The photo or document of a message."""
        try:
            if "photo" in given:
                return {"photo": self.files.photo(given["photo"])}
            return {"document": self.files.document(given["document"])} if "document" in given else {}
        except FileError as error:
            raise RefusedError(str(error), violation=error.known) from None

    def _getFile(self, given: Mapping[str, Any]) -> dict[str, Any]:  # noqa: N802
        if given["file_id"] not in self.files.content:
            raise RefusedError("wrong file_id or the file is temporarily unavailable", violation=False)
        size = len(self.files.content[given["file_id"]])
        name = given["file_id"]
        return {"file_id": name, "file_unique_id": f"u{name}", "file_size": size, "file_path": f"documents/{name}"}

    def _editMessageMedia(self, given: Mapping[str, Any]) -> Any:  # noqa: N802
        old = self.messages.get((given.get("chat_id", 0), given.get("message_id", 0)))
        if old is None:
            raise RefusedError("message to edit not found", violation=False)
        media = dict(given["media"])
        if media["type"] != "photo":
            raise RefusedError(f"the bot edits photos, not {media['type']}")
        named = media.pop("media")
        file = self._attached.get(named.removeprefix("attach://"), named)
        _check_markup(given.get("reply_markup"))
        content = {**_content(media), **self._file({"photo": file})}
        if given.get("reply_markup"):
            content["reply_markup"] = given["reply_markup"]
        if all(content.get(key) == old.get(key) for key in ("photo", "caption", "reply_markup")):
            raise RefusedError("message is not modified", violation=False)
        for key in ("reply_markup", "caption", "caption_entities", "text", "entities"):
            old.pop(key, None)
        old.update(content, edit_date=int(time.time()))
        return old

    def _editMessageReplyMarkup(self, given: Mapping[str, Any]) -> Any:  # noqa: N802
        old = self.messages.get((given.get("chat_id", 0), given.get("message_id", 0)))
        if old is None:
            raise RefusedError("message to edit not found", violation=False)
        _check_markup(given.get("reply_markup"))
        if given.get("reply_markup") == old.get("reply_markup"):
            raise RefusedError("message is not modified", violation=False)
        old.pop("reply_markup", None)
        if given.get("reply_markup"):
            old["reply_markup"] = given["reply_markup"]
        return old

    def _answerInlineQuery(self, given: Mapping[str, Any]) -> bool:  # noqa: N802
        if given["inline_query_id"] not in self.inline:
            raise RefusedError("query is too old and response timeout expired or query ID is invalid", violation=False)
        self.inline.discard(given["inline_query_id"])
        results = given["results"]
        if len(results) > 50 or len({one["id"] for one in results}) != len(results):
            raise RefusedError("RESULT_ID_DUPLICATE" if len(results) <= 50 else "RESULTS_TOO_MUCH")
        for one in results:
            if not 1 <= len(one["id"].encode()) <= 64:
                raise RefusedError("RESULT_ID_INVALID")
            _content(one)
            if one["type"] == "article":
                content = dict(one["input_message_content"])
                _content({"text": content.pop("message_text"), **content})
            elif one["photo_file_id"] not in self.files.content:
                raise RefusedError("DOCUMENT_INVALID")
        return True

    def _getChatMember(self, given: Mapping[str, Any]) -> dict[str, Any]:  # noqa: N802
        chat_id = self._chat(given["chat_id"])["id"]
        user = {"id": given["user_id"], "is_bot": given["user_id"] == self.me["id"], "first_name": "Somebody"}
        if (chat_id, given["user_id"]) in self.admins:
            return {"status": "creator", "user": user, "is_anonymous": False}
        return {"status": "member", "user": user}

    def _getChat(self, given: Mapping[str, Any]) -> dict[str, Any]:  # noqa: N802
        full = bot_api().sample("ChatFullInfo")
        return {**full, **self._chat(given["chat_id"])}

    def _chat(self, chat_id: int | str) -> dict[str, Any]:
        name = str(chat_id).removeprefix("@")
        known = [one for one in self.chats.values() if chat_id == one["id"] or one.get("username") == name]
        if not known:
            raise RefusedError("chat not found", violation=False)
        return known[0]

    def _sendChatAction(self, given: Mapping[str, Any]) -> bool:  # noqa: N802
        if given["action"] not in _ACTIONS:
            raise RefusedError("wrong parameter action in request")
        return True

    def _answerCallbackQuery(self, given: Mapping[str, Any]) -> bool:  # noqa: N802
        if given["callback_query_id"] not in self.presses:
            raise RefusedError("query is too old and response timeout expired or query ID is invalid", violation=False)
        if len(given.get("text", "")) > 200:
            raise RefusedError("MESSAGE_TOO_LONG")
        self.presses.discard(given["callback_query_id"])
        return True

    def _setMyCommands(self, given: Mapping[str, Any]) -> bool:  # noqa: N802
        for command in given["commands"]:
            if not 1 <= len(command["command"]) <= 32 or not 1 <= len(command["description"]) <= 256:
                raise RefusedError("BOT_COMMAND_INVALID")
        self.commands[_scope(given)] = given["commands"]
        return True

    def _deleteMyCommands(self, given: Mapping[str, Any]) -> bool:  # noqa: N802
        self.commands.pop(_scope(given), None)
        return True

    def _getMyCommands(self, given: Mapping[str, Any]) -> list[dict[str, Any]]:  # noqa: N802
        return self.commands.get(_scope(given), [])

    def _setMyDescription(self, given: Mapping[str, Any]) -> bool:  # noqa: N802
        return self._keep("description", given, 512)

    def _setMyShortDescription(self, given: Mapping[str, Any]) -> bool:  # noqa: N802
        return self._keep("short_description", given, 120)

    def _getMyDescription(self, given: Mapping[str, Any]) -> dict[str, str]:  # noqa: N802
        return {"description": self.texts.get(_in_language("description", given), "")}

    def _getMyShortDescription(self, given: Mapping[str, Any]) -> dict[str, str]:  # noqa: N802
        return {"short_description": self.texts.get(_in_language("short_description", given), "")}

    def _keep(self, name: str, given: Mapping[str, Any], longest: int) -> bool:
        if len(given.get(name, "")) > longest:
            raise RefusedError(f"{name} is longer than {longest}")
        self.texts[_in_language(name, given)] = given.get(name, "")
        return True


def _scope(given: Mapping[str, Any]) -> str:
    return json.dumps([given.get("scope", {"type": "default"}), given.get("language_code", "")])


def _in_language(name: str, given: Mapping[str, Any]) -> str:
    return " ".join(filter(None, (name, given.get("language_code"))))


def _content(given: Mapping[str, Any]) -> dict[str, Any]:
    """Text or caption as people see it, with its entities."""
    content: dict[str, Any] = {}
    for name, longest in _LONGEST.items():
        if name not in given:
            continue
        text: str = given[name]
        entities: list[dict[str, Any]] = []
        mode = given.get("parse_mode")
        if mode == "HTML":
            try:
                text, entities = parse_html(text)
            except MarkupError as error:
                raise RefusedError(str(error)) from None
        elif mode is not None:
            raise RefusedError(f"the bot writes HTML, not {mode}")
        if name == "text" and not text.strip():
            raise RefusedError("message text is empty")
        if len(text) > longest:
            raise RefusedError(f"{'message' if name == 'text' else 'caption'} is too long")
        content[name] = text
        if entities:
            content["entities" if name == "text" else "caption_entities"] = entities
    return content


def _check_markup(markup: Mapping[str, Any] | None) -> None:
    for row in (markup or {}).get("inline_keyboard", []):
        for button in row:
            if not button["text"]:
                raise RefusedError("BUTTON_TEXT_INVALID")
            if len(_ONE_OF & set(button)) != 1:
                raise RefusedError("text buttons are unallowed in the inline keyboard")
            data = button.get("callback_data")
            if data is not None and not 1 <= len(data.encode()) <= _LONGEST_DATA:
                raise RefusedError("BUTTON_DATA_INVALID")
