MAKE_LETTERS = "soknader.make_letters"
KEEP_CONTRACT = "soknader.keep_contract"
RELEASE_LETTERS = "soknader.release_letters"
LAPSE_PLACES = "soknader.lapse_places"
