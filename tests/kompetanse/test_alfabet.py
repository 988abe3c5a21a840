"""The order of the Norwegian alphabet."""

from kompetanse import alfabet


def test_the_last_letters_stand_in_norwegian_order_and_capitals_count_as_small():
    words = ["Ås", "ærlig", "Øya", "Zoo", "Ändra", "zink", "Ødegård", "Aas", "bok"]

    ordered = sorted(words, key=alfabet.key)

    assert ordered == ["Aas", "bok", "zink", "Zoo", "Ändra", "ærlig", "Ødegård", "Øya", "Ås"]
