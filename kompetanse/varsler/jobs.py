TICK = "varsler.tick"
RELAY = "varsler.relay"
