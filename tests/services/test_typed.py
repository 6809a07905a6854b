"""What people type is stripped, asked for and held to a length, in the words each field has for it."""

import pytest

from bot.errors import Invalid
from bot.services import typed


def refused(call: object) -> tuple[str, str | None]:
    assert callable(call)
    with pytest.raises(Invalid) as error:
        call()
    return error.value.sentence, error.value.field


def test_the_text_comes_back_without_the_space_around_it() -> None:
    assert typed.required(" a word\n", field="text", most=6, ask="?") == "a word"
    assert typed.optional(" \n ", field="text", most=6) == ""


def test_space_alone_is_nothing() -> None:
    sentence = refused(lambda: typed.required(" \n ", field="text", most=6, ask="Say it."))
    assert sentence == ("Say it.", "text")


def test_the_limit_itself_still_fits_and_one_more_does_not() -> None:
    assert typed.optional("x" * 6, field="text", most=6) == "x" * 6
    assert refused(lambda: typed.optional("x" * 7, field="text", most=6, what="A word")) == (
        "A word holds 6 characters. Shorten it a little.",
        "text",
    )


def test_how_much_was_written_is_said_where_a_field_wants_it() -> None:
    long = refused(
        lambda: typed.required("x" * 9, field="text", most=6, ask="?", what="A word", count="; this one has")
    )
    assert long == ("A word holds 6 characters; this one has 9. Shorten it a little.", "text")
