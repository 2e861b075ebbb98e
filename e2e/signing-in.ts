import { expect, type Page } from "@playwright/test";
import { TOTP } from "otpauth";
import { countSignInLinks, waitForSignInLink } from "./mail";
import { expectPressable } from "./pressable";

export async function signInAs(page: Page, email: string): Promise<void> {
  const before = await countSignInLinks(email);
  await page.getByLabel("Email address").fill(email);
  const send = page.getByRole("button", { name: "Email me a link" });
  await expectPressable(send);
  await send.click();
  await expect(page.getByRole("heading", { name: "Check your email" })).toBeVisible();
  await signInWithNthLink(page, email, before + 1);
}

export async function signInWithNthLink(page: Page, email: string, nth: number): Promise<void> {
  await page.goto(await waitForSignInLink(email, nth));
  const accept = page.getByRole("button", { name: "Sign me in" });
  await expectPressable(accept);
  await accept.click();
}

/**
 * Enters the current code of the authenticator app. The site accepts each code once, and a new code comes every 30
 * seconds.
 */
export async function enterAuthenticatorCode(page: Page, secret: string, button = "Continue"): Promise<void> {
  await page.getByLabel("Code", { exact: true }).fill(new TOTP({ secret }).generate());
  const enter = page.getByRole("button", { name: button, exact: true });
  await expectPressable(enter);
  await enter.click();
}
