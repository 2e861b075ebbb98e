import type { Browser } from "@playwright/test";
import { inviteColleague, openNewsroomSettings, readAuthenticatorSecret } from "./colleagues";
import { getLinkIn, waitForMail } from "./mail";
import { expectPressable } from "./pressable";
import { expectAccessibleAtAllWidths } from "./readable";
import { SIGNED_IN_COLLEAGUE } from "./signed-in";
import { enterAuthenticatorCode, signInAs } from "./signing-in";
import { expect, makeUniqueMailAddress, type Page, test } from "./world";

test.use({ storageState: SIGNED_IN_COLLEAGUE.storageState, expectedProblems: [/status of 404/] });

test("an admin invites an editor, who sets up the code without JavaScript and sees what editors see", async ({
  page,
  browser,
}) => {
  const editor = makeUniqueMailAddress("editor");
  await test.step("the admin invites the editor", async () => {
    await openNewsroomSettings(page);
    await expectAccessibleAtAllWidths(page, "/newsroom/settings");
    const window = page.viewportSize();
    await page.setViewportSize({ width: 360, height: 740 });
    const cutOff = await page.locator(".roles-table").evaluate((table) => {
      // Doubles the headings, because the names of roles are longer in some other languages.
      for (const heading of table.querySelectorAll("thead th")) heading.textContent += heading.textContent ?? "";
      return table.scrollWidth - table.clientWidth;
    });
    expect(cutOff, "pixels of the table of roles that a phone cuts off").toBe(0);
    if (window) await page.setViewportSize(window);
    await inviteColleague(page, { email: editor, role: /^editor/i });
  });

  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: { cookies: [], origins: [] },
    viewport: { width: 390, height: 844 },
  });
  const phone = await context.newPage();
  await test.step("the editor signs in from the invitation and sets up the code on a phone", async () => {
    await phone.goto(getLinkIn(await waitForMail(editor, "invitation"), "/sign-in"));
    await signInAs(phone, editor);
    await expect(phone.getByRole("heading", { level: 1, name: "Set up your second factor" })).toBeVisible();
    await expectReadableWithScripts(browser, phone);
    await enterAuthenticatorCode(phone, await readAuthenticatorSecret(phone), "Set up");
    const codes = phone.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
    await expect(codes).toHaveCount(10);
    for (const code of await codes.all()) {
      await expect(code).toHaveText(/^[a-z0-9]+(-[a-z0-9]+)+$/i);
      await code.scrollIntoViewIfNeeded();
      await expect(code).toBeInViewport({ ratio: 1 });
    }
    await expectReadableWithScripts(browser, phone);
    const stored = phone.getByRole("button", { name: "I have stored them" });
    await expectPressable(stored);
    await stored.click();
    await expect(phone.getByRole("heading", { level: 1, name: "Today" })).toBeVisible();
  });

  await test.step("the editor finds the figures, and neither the queue nor the settings", async () => {
    const sections = phone.getByRole("navigation", { name: "Newsroom" });
    await expect(sections.getByRole("link", { name: "Income" })).toBeVisible();
    await expect(sections.getByRole("link", { name: "Queue" })).toHaveCount(0);
    for (const path of ["/newsroom/queue", "/newsroom/settings"])
      expect((await phone.goto(path))?.status(), path).toBe(404);
  });

  await test.step("once removed, the editor is out", async () => {
    await page.getByRole("link", { name: editor }).click();
    await page.getByText("Remove this colleague").click();
    const remove = page.getByRole("button", { name: "Remove", exact: true });
    await expectPressable(remove);
    await remove.click();
    await expect(page.getByText("The colleague is removed")).toBeVisible();
    await phone.goto("/newsroom");
    await expect(phone.getByLabel("Email address")).toBeVisible();
  });
  await context.close();
});

/**
 * Checks the page with JavaScript. This test's own browser runs no scripts, so the checks use another one with the same
 * session.
 */
async function expectReadableWithScripts(browser: Browser, page: Page): Promise<void> {
  const twin = await browser.newContext({ storageState: await page.context().storageState() });
  const same = await twin.newPage();
  await same.goto(page.url());
  await expectAccessibleAtAllWidths(same, new URL(page.url()).pathname);
  await twin.close();
}
