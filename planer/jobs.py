KEEP_MINUTES = "planer.keep_minutes"
