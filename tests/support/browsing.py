"""What every journey does in a browser, by the labels a person reads."""

from __future__ import annotations

from playwright.sync_api import Page, expect

#: Labels of the sign-in page by language.
WORDS = {
    "en": ("Personnel number, e-mail or phone", "Password", "Sign in"),
    "ru": ("Табельный номер, почта или телефон", "Пароль", "Войти"),
}


def sign_in(page: Page, url: str, login: str, password: str, *, language: str = "en") -> None:
    """Sign in on the page of the server at `url` and wait for the feed."""
    login_label, password_label, button = WORDS[language]
    page.goto(f"{url}/sign-in")
    page.get_by_label(login_label).fill(login)
    page.get_by_label(password_label, exact=True).fill(password)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page).not_to_have_url(f"{url}/sign-in")


def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than its window, so that a thumb would push it about."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
