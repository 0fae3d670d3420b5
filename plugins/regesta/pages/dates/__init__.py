"""The archive by date: years, months, and days with two clocks."""
