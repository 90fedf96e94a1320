"""The workbench as an author meets it: answers are judged while one types, with the keyboard alone, and without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import objections

PAGES = ["", "small/", "small/1a/", "small/1c/", "small/2b/", "small/3/", "small/1a/table/"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("width", "dark"), [(900, False), (320, True)])
def test_axe_finds_nothing(opened, workbench, path, width, dark):
    """Every page, bright and wide, dark and narrow; and none scrolls sideways."""
    page = opened(workbench + path, width=width, dark=dark)
    assert objections(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_answer_is_judged_while_one_types(opened, workbench):
    """Nothing is pressed; the verdict, the reading, the witness and the rule that fires follow what stands in the field."""
    page = opened(f"{workbench}small/1a/")
    field = page.get_by_label("An answer")
    field.press_sequentially("a + b")
    result = page.locator("#result")
    expect(result.locator(".word")).to_contain_text("not yet")
    expect(page.locator(".fired")).to_have_count(1)
    expect(result.locator("math").first).to_be_visible()
    field.press_sequentially(" + a")
    expect(result.locator(".word")).to_contain_text("ok")
    expect(page.locator(".fired")).to_have_count(0)
    assert field.input_value() == "a + b + a"
    assert objections(page) == []


def test_the_last_answer_counts(opened, workbench):
    """What is typed while an answer is judged is judged afterwards: what is shown belongs to what stands in the field."""
    page = opened(f"{workbench}small/1a/")
    field = page.get_by_label("An answer")
    held = []

    def hold(route) -> None:
        """Keep the first answer waiting."""
        if route.request.method == "POST" and not held:
            held.append(route)
        else:
            route.continue_()

    page.route("**/small/1a/", hold)
    field.fill("2*q")
    expect(page.locator("#state")).to_have_text("judging …")
    field.fill("2*a + b")
    expect(page.locator("#state")).to_have_text("judging … the newest answer is next")
    held[0].continue_()
    expect(page.locator("#result pre").first).to_have_text("2*a + b")
    expect(page.locator("#state")).to_be_empty()


def test_the_keyboard_is_enough(opened, workbench):
    """From the start page to a judged answer without a mouse."""
    page = opened(workbench)
    page.get_by_role("link", name="Small <homework>").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="1a").focus()
    page.keyboard.press("Enter")
    page.get_by_label("An answer").focus()
    page.keyboard.type("2*a + b")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Try it"
    page.keyboard.press("Enter")
    expect(page.locator("#result .word")).to_contain_text("ok")


def test_without_a_script_the_button_does_it(opened, workbench):
    """The same page, sent as a form."""
    page = opened(f"{workbench}small/1a/", scripts=False)
    page.get_by_label("An answer").fill("a + b")
    page.get_by_role("button", name="Try it").click()
    expect(page.locator("#result .word")).to_contain_text("not yet")
    assert page.locator(".fired").count() == 1


def test_a_table_is_judged(opened, workbench):
    """One row for each line, and nothing of a line acts."""
    page = opened(f"{workbench}small/1a/table/")
    page.get_by_label("Answers").fill("2*a + b\na + b\n<script>alert(1)</script>")
    page.get_by_role("button", name="Try them all").click()
    expect(page.locator("tbody tr")).to_have_count(3)
    assert objections(page) == []


def test_plots_of_the_witness_are_accessible(opened, workbench):
    """The picture has its words, its legend and its table."""
    page = opened(f"{workbench}small/1b/")
    page.get_by_label("An answer").fill("0 < x < 2*a")
    expect(page.get_by_role("img", name="The witness")).to_be_visible()
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert objections(page) == []


@pytest.mark.parametrize(("width", "dark"), [(900, False), (320, True)])
def test_tables_of_the_witness_are_accessible(opened, workbench, width, dark):
    """A heading, columns and rows with names, reached by keyboard, and the page itself does not scroll sideways."""
    page = opened(f"{workbench}small/1c/", width=width, dark=dark)
    page.get_by_label("An answer").fill("a")
    expect(page.get_by_role("heading", name="Option by option")).to_be_visible()
    table = page.get_by_role("group", name="Option by option")
    table.focus()
    expect(table).to_be_focused()
    expect(table.get_by_role("rowheader")).to_have_count(2)
    assert objections(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
