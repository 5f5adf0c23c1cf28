"""What a message asks the bot, if it asks the bot at all."""

from __future__ import annotations

from telegram import Message, MessageEntity, User


def text_of(message: Message) -> str:
    """The words of a message: its text, or what is written below its picture."""
    return message.text or message.caption or ""


def question_to(bot: User, message: Message) -> str | None:
    """The question of a group's message, the bot's name cut out of it; None where it is not meant for the bot.

    Meant for it are messages that mention it and replies to its own."""
    mentions = [entity for entity in _entities(message) if _names(entity, message, bot)]
    if not mentions and not _replies_to(bot, message):
        return None
    # Telegram counts an entity's place in UTF-16 units; two bytes each.
    units = text_of(message).encode("utf-16-le")
    for entity in sorted(mentions, key=lambda one: -one.offset):
        units = units[: entity.offset * 2] + " ".encode("utf-16-le") + units[(entity.offset + entity.length) * 2 :]
    return " ".join(units.decode("utf-16-le", errors="replace").split()).lstrip(",:;/ ")


def asked_by(message: Message) -> int:
    """Who asks: a person, or the chat in whose name an anonymous admin writes."""
    if message.sender_chat:
        return message.sender_chat.id
    return message.from_user.id if message.from_user else message.chat.id


def has_words(text: str) -> bool:
    """False for text of emoji, punctuation or nothing."""
    return any(letter.isalnum() for letter in text)


def replied_question(bot: User, message: Message) -> str:
    """The words of somebody else's message that this one replies to; empty where there are none."""
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created or (replied.from_user and replied.from_user.id == bot.id):
        return ""
    return text_of(replied)


def _entities(message: Message) -> tuple[MessageEntity, ...]:
    return tuple(message.entities or message.caption_entities or ())


def _names(entity: MessageEntity, message: Message, bot: User) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == bot.id
    if entity.type != MessageEntity.MENTION:
        return False
    read = message.parse_entity if message.text else message.parse_caption_entity
    return read(entity).casefold() == f"@{bot.username}".casefold()


def _replies_to(bot: User, message: Message) -> bool:
    replied = message.reply_to_message
    # In a forum every message "replies" to the one that opened its topic, which may have been the bot's.
    if replied is None or replied.from_user is None or replied.forum_topic_created:
        return False
    return replied.from_user.id == bot.id
