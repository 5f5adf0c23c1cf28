"""Every setting, typed, from the environment or the file .env; see .env.example."""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

if TYPE_CHECKING:
    from store.retention import Kept

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{30,}")


class SettingsError(Exception):
    """A setting is missing or wrong; the message names it, says what is expected, and holds no secret."""


class Settings(BaseSettings):
    """The names are the environment's, in capitals."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True)

    telegram_bot_token: SecretStr | None = None
    telegram_api_base: str = "https://api.telegram.org"
    database_url: str = "sqlite:///vendorbot.db"
    owner_ids: Annotated[tuple[int, ...], NoDecode] = ()
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    listen_address: str = "127.0.0.1"
    listen_port: int | None = Field(default=None, ge=0, le=65535)
    user_rate: float = Field(default=2.0, gt=0, le=1000)
    user_burst: int = Field(default=30, ge=1, le=10_000)
    broadcast_rate: int = Field(default=30, ge=1, le=1000)
    lease_seconds: float = Field(default=10, ge=1, le=12)
    keep_deliveries_days: float = Field(default=730, ge=7, le=36_500)
    keep_unsent_days: float = Field(default=60, ge=7, le=3650)
    keep_updates_days: float = Field(default=2, ge=1, le=365)
    keep_conversations_days: float = Field(default=1, gt=0, le=365)
    keep_drafts_days: float = Field(default=30, gt=0, le=3650)
    keep_unanswered_days: float = Field(default=180, gt=0, le=3650)
    keep_people_days: float = Field(default=30, gt=0, le=3650)
    keep_gone_chats_days: float = Field(default=365, ge=1, le=3650)
    keep_pictures_days: float = Field(default=90, gt=0, le=3650)
    feeds: Annotated[tuple[str, ...], NoDecode] = ()
    feed_minutes: float = Field(default=30, ge=1, le=10_080)
    feeds_allowed_addresses: Annotated[tuple[str, ...], NoDecode] = ()
    undo_minutes: float = Field(default=15, ge=0, le=10_080)
    log_level: str = "INFO"

    @field_validator("owner_ids", "feeds", "feeds_allowed_addresses", mode="before")
    @classmethod
    def _split(cls, given: object) -> object:
        return [part.strip() for part in given.split(",") if part.strip()] if isinstance(given, str) else given

    @field_validator("feeds")
    @classmethod
    def _feeds(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        if not all(re.fullmatch(r"https?://[^/\s]+(/\S*)?", one) for one in given):
            raise ValueError("write addresses such as https://example.com/feed.xml, separated by commas")
        return given

    @field_validator("log_level")
    @classmethod
    def _level(cls, given: str) -> str:
        if given.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError("write DEBUG, INFO, WARNING or ERROR")
        return given.upper()

    @field_validator("telegram_api_base")
    @classmethod
    def _base(cls, given: str) -> str:
        if not re.match(r"https?://[^/\s]+", given):
            raise ValueError("write an address such as https://api.telegram.org or http://127.0.0.1:8081")
        return given.rstrip("/")

    @field_validator("webhook_url")
    @classmethod
    def _webhook(cls, given: str | None) -> str | None:
        if given is not None and not re.fullmatch(r"https?://[^/\s]+(/\S*)?", given):
            raise ValueError("write the address that Telegram shall call, such as https://bot.example.com/telegram")
        return given

    @field_validator("webhook_secret")
    @classmethod
    def _secret(cls, given: SecretStr | None) -> SecretStr | None:
        if given is not None and not _SECRET.fullmatch(given.get_secret_value()):
            raise ValueError("write 1 to 256 letters, digits, _ and -")
        return given

    def secret(self) -> str:
        """The word that Telegram repeats in each call of the webhook: the one set, or one made from the token, so that
        all processes of the bot have the same. Raises SettingsError where there is no token either."""
        if self.webhook_secret:
            return self.webhook_secret.get_secret_value()
        return hmac.new(self.token().encode(), b"vendorbot webhook", hashlib.sha256).hexdigest()

    def kept(self) -> Kept:
        """For how long what is kept."""
        from store.retention import Kept  # imported late: --help needs no database

        return Kept(
            sent=timedelta(days=self.keep_deliveries_days),
            unsent=timedelta(days=self.keep_unsent_days),
            updates=timedelta(days=self.keep_updates_days),
            conversations=timedelta(days=self.keep_conversations_days),
            drafts=timedelta(days=self.keep_drafts_days),
            unanswered=timedelta(days=self.keep_unanswered_days),
            people=timedelta(days=self.keep_people_days),
            gone_chats=timedelta(days=self.keep_gone_chats_days),
            pictures=timedelta(days=self.keep_pictures_days),
        )

    def port(self) -> int | None:
        """The port to listen on; None where nothing is to be listened for.

        A webhook without LISTEN_PORT: the one in WEBHOOK_URL where nothing stands in front, otherwise 8080."""
        if self.listen_port is not None or self.webhook_url is None:
            return self.listen_port
        address = urlsplit(self.webhook_url)
        return (address.port if address.scheme == "http" else None) or 8080

    def token(self) -> str:
        """The bot's token. Raises SettingsError where it is missing or does not look like one."""
        token = self.telegram_bot_token.get_secret_value().strip() if self.telegram_bot_token else ""
        if not token:
            raise SettingsError(
                "TELEGRAM_BOT_TOKEN is not set. Ask @BotFather in Telegram for a token (/newbot) and put it in .env,"
                " or try the bot without one: vendorbot chat."
            )
        if not _TOKEN.fullmatch(token):
            raise SettingsError(
                "TELEGRAM_BOT_TOKEN does not look like a token. Expected digits, a colon and 35 letters,"
                " as @BotFather gives it."
            )
        return token


def load_settings() -> Settings:
    """Read the settings. Raises SettingsError, one line a fault, values left out in case they are secret."""
    try:
        return Settings()
    except ValidationError as error:
        faults = [
            f"{'_'.join(str(part) for part in fault['loc'][:1]).upper()}: {fault['msg'].removeprefix('Value error, ')}"
            for fault in error.errors(include_input=False, include_url=False)
        ]
        raise SettingsError("Wrong setting(s), see .env.example:\n  " + "\n  ".join(faults)) from None
