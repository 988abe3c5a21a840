MAKE_LETTERS = "soknader.make_letters"
