import { expect, type Locator, type Page } from "@playwright/test";

/** The maximum number of times that focusByKeyboard() presses Tab. No page has so many focusable elements. */
const MAX_STOPS = 80;

/**
 * Presses Tab until `target` has the focus. Starts at `from` if it is given, otherwise at the focused element or at the
 * top of a new page.
 */
export async function focusByKeyboard(target: Locator, { from }: { from?: Locator } = {}): Promise<void> {
  const page = target.page();
  await expect(target).toBeVisible();
  if (from) await from.focus();
  // Finding an element by its role is the slowest step here. So the target is found before the first key, and again
  // only if the page has replaced the element.
  let element = await target.elementHandle();
  for (let stops = 0; stops < MAX_STOPS; stops += 1) {
    await page.keyboard.press("Tab");
    if (!(await element?.evaluate(({ isConnected }) => isConnected))) element = await target.elementHandle();
    // Also calls hasFocus(), because a document in a frame keeps its `activeElement` even while another document has
    // the focus.
    if (await element?.evaluate((it) => it === document.activeElement && document.hasFocus())) return;
  }
  throw new Error(`no key leads to ${target}`);
}

export async function pressByKeyboard(target: Locator): Promise<void> {
  await focusByKeyboard(target);
  await target.page().keyboard.press("Enter");
}

export async function openDisclosureByKeyboard(page: Page, summary: string): Promise<void> {
  await pressByKeyboard(page.locator("summary", { hasText: summary }));
}

export async function typeByKeyboard(field: Locator, text: string): Promise<void> {
  await focusByKeyboard(field);
  await field.page().keyboard.press("ControlOrMeta+A");
  await field.page().keyboard.type(text);
}

export async function chooseOptionByKeyboard(list: Locator, option: RegExp): Promise<void> {
  await focusByKeyboard(list);
  const texts = await list.locator("option").allInnerTexts();
  await list.page().keyboard.press("Home");
  for (let at = 0; at < texts.findIndex((text) => option.test(text)); at += 1)
    await list.page().keyboard.press("ArrowDown");
  await expect(list.locator("option:checked")).toHaveText(option);
}

export async function chooseRadioByKeyboard(group: Locator, target: Locator): Promise<void> {
  await focusByKeyboard(group.getByRole("radio", { checked: true }).and(group.page().locator(":visible")));
  const choices = await group.getByRole("radio").and(group.page().locator(":visible")).count();
  for (let at = 0; at < choices && !(await target.isChecked()); at += 1) await group.page().keyboard.press("ArrowDown");
  await expect(target).toBeChecked();
}
