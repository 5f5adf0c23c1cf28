"""Telegram's command menu of those with a role: in their private chat, it has their commands as well."""

from __future__ import annotations

import structlog
from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.admin.roles import Roles
from bot.handlers.dialogue import Dialogue
from bot.handlers.menu import menu_of
from store.people import Role

MENU: tuple[tuple[Role, BotCommand], ...] = (
    (Role.EDITOR, BotCommand("addlaunch", "Add a launch: Xiaomi, Mi A1, Spain, 7 Nov 2017")),
    (Role.EDITOR, BotCommand("addfact", "Add a figure: Xiaomi, India, Q3 2017, 9.2 million")),
    (Role.EDITOR, BotCommand("addmilestone", "Add a milestone")),
    (Role.EDITOR, BotCommand("addvendor", "Add a vendor")),
    (Role.EDITOR, BotCommand("history", "Who recorded what: /history Xiaomi India Q3 2017")),
    (Role.EDITOR, BotCommand("edit", "Change a row: /edit fact 123")),
    (Role.EDITOR, BotCommand("undo", "Take back what you recorded last")),
    (Role.ADMIN, BotCommand("retract", "Take a row back: /retract fact 123 why")),
    (Role.ADMIN, BotCommand("merge", "Make two vendors one: /merge Foo into Bar")),
    (Role.EDITOR, BotCommand("read", "Find facts in an article")),
    (Role.ADMIN, BotCommand("export", "All rows as files; send files to import them")),
    (Role.EDITOR, BotCommand("drafts", "Your drafts, and what feeds brought")),
    (Role.EDITOR, BotCommand("cancel", "Drop the draft at hand")),
    (Role.ADMIN, BotCommand("alerts", "What went out, and what failed")),
    (Role.ADMIN, BotCommand("feeds", "The feeds that are polled")),
    (Role.ADMIN, BotCommand("unanswered", "What people asked in vain")),
    (Role.ADMIN, BotCommand("teach", "Teach a word: doogee = Xiaomi")),
    (Role.ADMIN, BotCommand("roles", "Who is admin or editor")),
    (Role.ADMIN, BotCommand("grant", "Make somebody an editor or admin")),
    (Role.ADMIN, BotCommand("withdraw", "Take somebody's role from them")),
)

log = structlog.get_logger("vendorbot.menu")


def commands_for(role: Role) -> tuple[BotCommand, ...]:
    """The menu of somebody with that role in their private chat."""
    return (*menu_of(BotCommandScopeAllPrivateChats()), *(command for needed, command in MENU if needed <= role))


async def set_role_menus(bot: Bot, dialogue: Dialogue, roles: Roles) -> None:
    """Bring the menus of all with a role up to date. A fault here is logged only."""
    granted = await dialogue.in_thread(roles.granted)
    everyone = {one.telegram_id: one.role for one in granted} | dict.fromkeys(roles.owner_ids, Role.OWNER)
    for person_id, role in everyone.items():
        await set_menu_of(bot, person_id, role)


async def set_menu_of(bot: Bot, person_id: int, role: Role) -> None:
    """Show one person the commands of their role. Who never wrote to the bot has no chat to show them in, yet."""
    scope = BotCommandScopeChat(person_id)
    try:
        if role is Role.NOBODY:
            await bot.delete_my_commands(scope)
        elif await bot.get_my_commands(scope) != commands_for(role):
            await bot.set_my_commands(commands_for(role), scope)
    except (BadRequest, Forbidden) as error:
        log.info("a person's menu could not be set", person=person_id, reason=error.message)
    except TelegramError as error:
        log.warning("a person's menu could not be set", person=person_id, reason=error.message)
