"""What checks found."""


class Findings:
    """Counts what was compared and keeps what differed. No article text goes in: ids, numbers and code points only."""

    def __init__(self):
        self.compared = {}
        self.faults = []

    def count(self, what, number=1):
        self.compared[what] = self.compared.get(what, 0) + number

    def fault(self, check, message):
        self.faults.append((check, message))

    def expect(self, check, found, expected, where):
        """Compares two values; says both when they differ."""
        self.count(check)
        if found != expected:
            self.fault(check, f"{where}: {short(found)}, expected {short(expected)}")

    def require(self, check, holds, message):
        """Like `expect`, for what is either so or not. `message` may be a function, called only for a fault."""
        self.count(check)
        if not holds:
            self.fault(check, message() if callable(message) else message)

    def merge(self, other):
        for what, number in other.compared.items():
            self.count(what, number)
        self.faults += other.faults


def short(value):
    text = repr(value)
    return text if len(text) <= 90 else text[:87] + "..."


def code_points(text):
    """Text as code points, for messages."""
    return " ".join(f"{ord(c):04X}" for c in text)
