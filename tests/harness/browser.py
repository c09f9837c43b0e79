"""Redmine as a person sees it: headless Chromium, logged in.

with browser_of(redmine.url, "anna", password) as browser:
    browser.open("/issues/12")
    assert "SLA status" in browser.text()
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from tests.harness.errors import HarnessError

_QUIETLY = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--no-proxy-server",  # a proxy has no business on loopback
)


def obstacle() -> str | None:
    """What stands in the way of a browser on this machine, or None."""
    for program in ("chromium", "chromedriver"):
        if shutil.which(program) is None:
            return f"{program} is not installed (as root: sh tests/harness/install-debian.sh)"
    return None


class Browser:
    """One person's browser, on one Redmine."""

    def __init__(self, driver: Chrome, url: str) -> None:
        self.driver = driver
        self.url = url

    def open(self, path: str) -> None:
        """Opens a page by its path, or by its whole address on that Redmine."""
        self.driver.get(self.url + path.removeprefix(self.url))

    def log_in(self, login: str, password: str) -> None:
        """Raises HarnessError where Redmine does not let that person in."""
        self.open("/login")
        for name, value in (("username", login), ("password", password)):
            self.driver.find_element(By.ID, name).send_keys(value)
        self.driver.find_element(By.ID, "login-submit").click()
        if self.driver.find_elements(By.CSS_SELECTOR, "#flash_error"):
            raise HarnessError(f"Redmine does not let {login} in: {self.text('#flash_error')}")

    def text(self, selector: str = "body") -> str:
        """What stands there to be read, as a person reads it."""
        return self.driver.find_element(By.CSS_SELECTOR, selector).text

    def texts(self, selector: str) -> list[str]:
        return [each.text for each in self.all(selector)]

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def picture(self, file: Path, *, width: int, height: int) -> None:
        """What fits into a window with so much room inside, as PNG."""
        room = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", room)
        self.driver.save_screenshot(str(file))


@contextmanager
def browser_of(url: str, login: str = "", password: str = "") -> Iterator[Browser]:
    """A new browser with a profile of its own, gone at the end; logged in if somebody is named.

    Raises HarnessError where this machine has none.
    """
    missing = obstacle()
    if missing:
        raise HarnessError(f"no browser: {missing}")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = ChromeOptions()
        options.binary_location = shutil.which("chromium") or ""
        for argument in (*_QUIETLY, f"--user-data-dir={profile}"):
            options.add_argument(argument)
        driver = Chrome(options, Service(shutil.which("chromedriver") or ""))
        try:
            driver.set_window_size(1280, 1000)
            browser = Browser(driver, url)
            if login:
                browser.log_in(login, password)
            yield browser
        finally:
            driver.quit()
