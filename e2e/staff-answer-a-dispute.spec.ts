import { truncateSync, writeFileSync } from "node:fs";
import { TEST_CARDS } from "./giving";
import { expectPressable } from "./pressable";
import { expectAccessibleAtAllWidths } from "./readable";
import { SIGNED_IN_COLLEAGUE } from "./signed-in";
import { giveByRequests } from "./without-a-page";
import { expect, makeUniqueMailAddress, reloadUntilVisible, test } from "./world";

test.use({ storageState: SIGNED_IN_COLLEAGUE.storageState });

test("staff see a dispute and its deadline, take it, send evidence to the bank, and win", async ({ page, browser }) => {
  const reader = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const gift = {
    every: "once",
    amount: "1234.56",
    email: makeUniqueMailAddress("disputes"),
    card: TEST_CARDS.disputed,
  } as const;
  await giveByRequests(reader, gift);
  await reader.close();

  await page.goto("/newsroom/queue");
  const dispute = page
    .getByRole("listitem")
    .filter({ hasText: "$1,234.56" })
    .filter({ hasText: "Evidence due by" })
    .filter({ has: page.getByText(/^(dp|du)_/) });
  await reloadUntilVisible(page, dispute);
  // Checks the size of both texts, because a faulty layout once cut them to two pixels.
  for (const part of [dispute.getByText(/^(dp|du)_/), dispute.getByText(/^Evidence due by/)])
    await expectPressable(part, { smallestPx: 12 });

  const id = (await dispute.getByText(/^(dp|du)_/).textContent()) ?? "";
  await dispute.getByRole("button", { name: /^I take this/ }).click();
  await expect(dispute.getByText("You have taken this since")).toBeVisible();

  await test.step("is done with it, and puts it back", async () => {
    await dispute.getByRole("combobox").selectOption({ label: "Answered" });
    await expectPressable(dispute.getByRole("button", { name: /^Done/ }));
    await dispute.getByRole("button", { name: /^Done/ }).click();
    const done = page.getByRole("region", { name: "Done recently" }).getByRole("listitem").filter({ hasText: id });
    await expect(done.getByText("Answered. You")).toBeVisible();
    await expect(dispute).toHaveCount(0);
    await done.getByRole("button", { name: /^Put back/ }).click();
    await expect(dispute).toBeVisible();
  });

  await test.step("writes the evidence, sees what the bank gets, and sends it", async () => {
    await dispute.getByRole("link", { name: id }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Dispute of $1,234.56" })).toBeVisible();
    await expect(page.getByLabel("What the payment was")).toHaveValue(/A voluntary gift of \$1,234\.56/);
    await expectAccessibleAtAllWidths(page, "a dispute");
    // With this text, the newsroom wins the dispute, both in Stripe's test mode and with the stand-in.
    await page.getByLabel("Anything else").fill("winning_evidence");
    const pdf = { name: "Anna.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n%%EOF\n") };
    const receipt = page.getByLabel("Receipt", { exact: true });
    await expectPressable(receipt);
    // Attaches a file of 12 MB from the disk. Playwright would need almost two seconds to give the browser a buffer of
    // this size.
    const large = test.info().outputPath("Anna.pdf");
    writeFileSync(large, "");
    truncateSync(large, 12_000_000);
    await receipt.setInputFiles(large);
    await page.getByRole("button", { name: "Save the draft" }).click();
    await expect(page.getByText("all files together may have at most 4.5 MB")).toBeVisible();
    await expect(page.getByLabel("Anything else")).toHaveValue("winning_evidence");
    await receipt.setInputFiles(pdf);
    await expectPressable(page.getByRole("button", { name: "Save the draft" }));
    await page.getByRole("button", { name: "Save, and see what the bank gets" }).click();
    await expect(page.getByText("You can send evidence only once.")).toBeVisible();
    await expect(page.getByText("winning_evidence")).toBeVisible();
    await expect(page.getByText("PDF, 1 kB")).toBeVisible();
    await expectAccessibleAtAllWidths(page, "the evidence for the bank");
    await expectPressable(page.getByRole("button", { name: "Only put it into Stripe’s dashboard" }));
    await page.getByRole("button", { name: "Send it to the bank" }).click();
    await expect(page.getByText("The evidence is with the bank")).toBeVisible();
    await expect(page.getByText("Evidence sent, by")).toBeVisible();
  });

  await test.step("sees that it is won", async () => {
    await reloadUntilVisible(page, page.getByText("$1,234.56 came back. Stripe keeps its fee."));
    await expect(page.getByRole("button", { name: "Save the draft" })).toHaveCount(0);
    await page.getByRole("link", { name: "Back to the queue" }).click();
    const decided = page.getByRole("region", { name: "Disputes decided recently" }).getByRole("listitem");
    await expect(decided.filter({ hasText: id })).toContainText("Won: $1,234.56");
    await expect(dispute).toHaveCount(0);
  });
});
