"""Query + store -> Answer. One file a family of question; nothing here knows Telegram or how an answer looks."""
