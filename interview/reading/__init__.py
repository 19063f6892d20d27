"""Reading what people write: numbers, days, times, choices and commands, in Vietnamese and English."""
