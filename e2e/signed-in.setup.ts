import { give } from "./giving";
import { waitForMail } from "./mail";
import { expectReadable } from "./readable";
import { STAFF, SUPPORTER } from "./signed-in";
import { enterAuthenticatorCode, signInAs } from "./signing-in";
import { signInByRequests } from "./without-a-page";
import { expect, test } from "./world";

test("a supporter gives and signs in, for the journeys that follow", async ({ page, context }) => {
  const { email, storageState } = SUPPORTER;
  await give(page, { interval: "month", amount: "20", currency: "KWD", email });
  await waitForMail(email, "thanks");
  await signInByRequests(page, email);
  await context.storageState({ path: storageState });
});

test("an editor signs in, for the journeys that follow", async ({ page, context }) => {
  const { email, secret, storageState } = STAFF;
  // The header of every page links to /supporters, which redirects colleagues who never gave to the newsroom's pages.
  await page.goto("/supporters");
  await signInAs(page, email);
  await expect(page.getByRole("heading", { level: 1, name: "Your code" })).toBeVisible();
  await expectReadable(page, "/newsroom/code");
  await enterAuthenticatorCode(page, secret);
  await expect(page.getByRole("heading", { level: 1, name: "Today" })).toBeVisible();
  await context.storageState({ path: storageState });
});
