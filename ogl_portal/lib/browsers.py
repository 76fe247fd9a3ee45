"""What people call the browser that a request comes from."""

BROWSERS = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
]
SYSTEMS = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
]


def browser_in_words(user_agent: str) -> str:
    """„Firefox auf Windows“ of the header User-Agent; without version, so that it tells no more than people need.

    The order decides, for a browser also names those that it wants to be taken for.
    """
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "unbekannter Browser")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return f"{browser} auf {system}" if system else browser
