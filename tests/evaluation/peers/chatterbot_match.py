"""ChatterBot: trained to answer every train question and phrasing with the name of its intent.

With its lower-case tagger: the default one needs a language model that no package registry serves officially."""

from __future__ import annotations

from chatterbot import ChatBot
from chatterbot.tagging import LowercaseTagger
from chatterbot.trainers import ListTrainer

from tests.evaluation.peers.protocol import Answered, Ask, Asked, Setup, serve

LEAST = 0.65  # the confidence that its documentation asks for before an answer is given


def learn(setup: Setup) -> Ask:
    """Train each question and phrasing as a dialogue of two lines."""
    bot = ChatBot("peer", database_uri="sqlite://", tagger=LowercaseTagger, read_only=True)
    trainer = ListTrainer(bot, show_training_progress=False)
    phrased = [(text, intent) for intent, several in setup.phrasings.items() for text in several]
    for question, intent in (*((one["question"], one["intent"]) for one in setup.train), *phrased):
        trainer.train([question, intent])
    intents = {one["intent"] for one in setup.train}

    def ask(asked: Asked) -> Answered:
        said = bot.get_response(asked["question"])
        sure = said.confidence >= LEAST and said.text in intents
        return {"intent": said.text if sure else "none"}

    return ask


if __name__ == "__main__":
    serve(learn)
