import { expectPressable } from "./pressable";
import { SIGNED_IN_COLLEAGUE } from "./signed-in";
import { enterAuthenticatorCode } from "./signing-in";
import { expect, type Page } from "./world";

export async function openNewsroomSettings(page: Page): Promise<void> {
  await page.goto("/newsroom/settings");
  // All tests share this session. If its code was entered more than ten minutes ago, the page asks for a new one.
  if (await page.getByRole("heading", { name: "Your code" }).isVisible())
    await enterAuthenticatorCode(page, SIGNED_IN_COLLEAGUE.secret);
}

export async function inviteColleague(page: Page, { email, role }: { email: string; role: RegExp }): Promise<string> {
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

/** Returns the secret for an authenticator app. The page also shows it as text for those who cannot scan the code. */
export async function readAuthenticatorSecret(page: Page): Promise<string> {
  return (await page.locator(".staff-key code").innerText()).replaceAll(" ", "");
}
