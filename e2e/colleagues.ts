// Colleagues of a journey's own, whom the shared admin invites.
import { expectPressable } from "./pressable";
import { STAFF } from "./signed-in";
import { enterCode } from "./signing-in";
import { expect, type Page } from "./world";

/** Opens the settings as the shared admin. */
export async function openSettings(page: Page): Promise<void> {
  await page.goto("/newsroom/settings");
  // The code that the shared session has shown may be older than ten minutes by now.
  if (await page.getByRole("heading", { name: "Your code" }).isVisible()) await enterCode(page, STAFF.secret);
}

/** Invites a colleague on the open page of settings, and returns their id. */
export async function invite(page: Page, { email, role }: { email: string; role: RegExp }): Promise<string> {
  await page.getByLabel("Their email address").fill(email);
  await page.getByRole("radio", { name: role }).check();
  const send = page.getByRole("button", { name: "Send the invitation" });
  await expectPressable(send);
  await send.click();
  await expect(page.getByText("The invitation is on its way.")).toBeVisible();
  await expect(page.getByRole("row", { name: email })).toContainText("Invited");
  const path = await page.getByRole("link", { name: email }).getAttribute("href");
  return decodeURIComponent(path?.split("/").at(-1) ?? "");
}

/** The key of an authenticator app, as the page shows it for those who cannot scan it. */
export async function secretOn(page: Page): Promise<string> {
  return (await page.locator(".staff-key code").innerText()).replaceAll(" ", "");
}
