import { expectPressable } from "./pressable";
import { expectFitAtAllWidths } from "./readable";
import { SIGNED_IN_COLLEAGUE } from "./signed-in";
import { sendUnrecordableEvent } from "./stripe";
import { expect, reloadUntilVisible, test } from "./world";

test.use({ javaScriptEnabled: false, storageState: SIGNED_IN_COLLEAGUE.storageState });

test("staff see an event that could not be recorded, try it again without JavaScript, and see the result", async ({
  page,
  request,
}) => {
  const id = await sendUnrecordableEvent(request);
  await page.goto("/newsroom/queue");
  const again = page.getByRole("button", { name: `Try again: ${id}` });
  await reloadUntilVisible(page, again);
  await expectPressable(again);
  await expectFitAtAllWidths(page, "/newsroom/queue with an event that could not be recorded");
  await again.click();
  await expect(page).toHaveURL(/\/newsroom\/queue$/);
  await expect(page.getByText("None could be recorded; one could not be recorded.")).toBeVisible();
  await expect(again).toBeVisible();
});
