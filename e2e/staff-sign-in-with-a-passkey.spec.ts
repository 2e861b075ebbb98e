import type { Locator } from "@playwright/test";
import { attachVirtualAuthenticator } from "./authenticator";
import { inviteColleague, openNewsroomSettings, readAuthenticatorSecret } from "./colleagues";
import { waitForMail } from "./mail";
import { expectPressable } from "./pressable";
import { expectAccessibleAtAllWidths } from "./readable";
import { SIGNED_IN_COLLEAGUE } from "./signed-in";
import { enterAuthenticatorCode } from "./signing-in";
import { signInByRequests } from "./without-a-page";
import { expect, makeUniqueMailAddress, type Page, STRIPE_STAND_IN_URL, test } from "./world";

test("a colleague adds a passkey, signs in with it, and removes it", async ({ page, browser }) => {
  const editor = makeUniqueMailAddress("passkey");
  const admin = await browser.newContext({ storageState: SIGNED_IN_COLLEAGUE.storageState });
  const adminsPage = await admin.newPage();
  await openNewsroomSettings(adminsPage);
  const staffId = await inviteColleague(adminsPage, { email: editor, role: /^editor/i });
  const device = await attachVirtualAuthenticator(page);
  const use = page.getByRole("button", { name: "Use a passkey" });

  await test.step("the colleague adds a passkey on the page of their access", async () => {
    await signInByRequests(page, editor);
    await page.goto("/newsroom/account");
    await expect(page.getByRole("heading", { level: 1, name: "Set up your second factor" })).toBeVisible();
    await expect(use).toHaveCount(0);
    await enterAuthenticatorCode(page, await readAuthenticatorSecret(page), "Set up");
    await page.getByRole("button", { name: "I have stored them" }).click();
    await page.goto("/newsroom/account");
    await press(page.getByRole("button", { name: "Add a passkey" }));
    await expect(page.getByText("The passkey is added.")).toBeVisible();
    await expect(passkeysOn(page)).toHaveCount(1);
    await expectPressable(page.getByRole("button", { name: "Remove the passkey added on" }));
    await expect(passkeysOn(page)).toContainText("Added on");
    await expectAccessibleAtAllWidths(page, "/newsroom/account with a passkey");
    expect(await device.list()).toMatchObject([{ rpId: "localhost" }]);
    await waitForMail(editor, "passkey-added");
  });

  await test.step("a device that has a passkey for this account makes no second one", async () => {
    await press(page.getByRole("button", { name: "Add a passkey" }));
    await expect(page.getByText("The passkey was not added.")).toBeVisible();
    expect(await device.list()).toHaveLength(1);
  });

  await test.step("after signing out, the mailed link and the passkey open the newsroom", async () => {
    await page.goto("/newsroom/account");
    await press(page.getByRole("button", { name: "Sign out" }));
    await expect(page).toHaveURL(/\/$/);
    await signInByRequests(page, editor);
    await page.goto("/newsroom");
    await expect(page.getByRole("heading", { level: 1, name: "Your code" })).toBeVisible();
    await expectAccessibleAtAllWidths(page, "/newsroom/code with a passkey");
    await press(use);
    await expect(page.getByRole("heading", { level: 1, name: "Today" })).toBeVisible();
    await page.goto("/newsroom/account");
    await expect(passkeysOn(page)).toContainText("last used on");
  });

  await test.step("an answer that the passkey gave to a page of another origin is refused", async () => {
    await signInAnew(page, editor);
    const options = await optionsOf(page, use);
    // Opens a page of the stand-in under the site's host. The browser lets this page use the passkey, because the host
    // is the same. But the port differs, so the site must refuse the passkey's answer.
    await page.goto(STRIPE_STAND_IN_URL.replace("127.0.0.1", "localhost"));
    const answer = await page.evaluate(async (json) => {
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(json);
      return JSON.stringify(await navigator.credentials.get({ publicKey }));
    }, options);
    expect(JSON.parse(answer)).toMatchObject({ id: expect.any(String), type: "public-key" });
    await page.goto("/newsroom/code?next=/newsroom");
    await expect(use).toBeVisible();
    await page.locator("input[name=answer]").evaluate((input: HTMLInputElement, value) => {
      input.value = value;
      input.form?.submit();
    }, answer);
    await expect(page.getByText("That passkey was not accepted.")).toBeVisible();
    await page.goto("/newsroom");
    await expect(page.getByRole("heading", { level: 1, name: "Your code" })).toBeVisible();
  });

  await test.step("a device without the passkey gives nothing, and the passkey still works", async () => {
    const passkeys = await device.empty();
    await press(use);
    await expect(page.getByText("The browser gave no passkey.")).toBeVisible();
    await device.put(passkeys);
    await press(use);
    await expect(page.getByRole("heading", { level: 1, name: "Today" })).toBeVisible();
  });

  await test.step("once removed, the passkey is offered no more, and the page asks for the code", async () => {
    await page.goto("/newsroom/account");
    await press(page.getByRole("button", { name: "Remove the passkey added on" }));
    await expect(passkeysOn(page)).toHaveCount(0);
    await signInAnew(page, editor);
    await expect(use).toHaveCount(0);
  });

  await test.step("the log shows each act", async () => {
    await adminsPage.goto(`/newsroom/log?by=${staffId}`);
    const acts = adminsPage.getByRole("row").filter({ hasText: "Second factor: Passkey" });
    await expect(acts.filter({ hasText: "Signed in with the second factor" })).toHaveCount(2);
    await expect(acts.filter({ hasText: "A wrong code was refused" })).toHaveCount(1);
    for (const act of ["Added a passkey", "Removed a passkey"])
      await expect(adminsPage.getByRole("cell", { name: act })).toHaveCount(1);
  });
  await admin.close();
});

const passkeysOn = (page: Page) => page.locator(".own-passkeys").getByRole("listitem");

async function press(button: Locator): Promise<void> {
  await expectPressable(button);
  await button.click();
}

async function signInAnew(page: Page, email: string): Promise<void> {
  await page.context().clearCookies();
  await signInByRequests(page, email);
  await page.goto("/newsroom");
  await expect(page.getByRole("heading", { level: 1, name: "Your code" })).toBeVisible();
}

/**
 * Presses `use` and returns the passkey options that the page received. Prevents the browser from returning a passkey.
 */
async function optionsOf(page: Page, use: Locator): Promise<PublicKeyCredentialRequestOptionsJSON> {
  await page.evaluate(() => {
    const text = (bytes: BufferSource) =>
      btoa(String.fromCharCode(...new Uint8Array(bytes as ArrayBuffer)))
        .replaceAll("+", "-")
        .replaceAll("/", "_")
        .replaceAll("=", "");
    navigator.credentials.get = async ({ publicKey } = {}) => {
      if (publicKey) {
        const { challenge, rpId, allowCredentials = [] } = publicKey;
        const allowed = allowCredentials.map(({ id, type }) => ({ id: text(id), type }));
        document.body.dataset.asked = JSON.stringify({ challenge: text(challenge), rpId, allowCredentials: allowed });
      }
      throw new DOMException("nothing", "NotAllowedError");
    };
  });
  await press(use);
  await expect(page.getByText("The browser gave no passkey.")).toBeVisible();
  return JSON.parse((await page.locator("body").getAttribute("data-asked")) ?? "null");
}
