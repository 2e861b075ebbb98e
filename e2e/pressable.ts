// Checks that a person can see and press something, which is more than that it is in the page.
import { expect, type Locator } from "@playwright/test";

/** WCAG 2.2, 2.5.8: the smallest target of a control that is not a link inside a sentence. */
const SMALLEST_PX = 24;

/**
 * Expects that a person can see and press `target`: it is enabled, at least 24 by 24 px, inside the window or can be scrolled to,
 * not cut off by a box around it, and nothing lies on top of it. Waits until that is so. For a radio button or a checkbox, its
 * label counts as part of it. `smallestPx` is for links inside a sentence, which may be as low as their line.
 */
export async function expectPressable(target: Locator, { smallestPx = SMALLEST_PX } = {}): Promise<void> {
  await expect(target).toBeEnabled();
  await expect.poll(() => whyNotPressable(target, { smallestPx }), { message: `pressable: ${target}` }).toBe("");
}

/** Returns the first reason why a person cannot press `target`, or "" if they can. */
export function whyNotPressable(target: Locator, { smallestPx = SMALLEST_PX } = {}): Promise<string> {
  return target.evaluate((element, smallest) => {
    const label = element.matches("input[type=radio], input[type=checkbox]")
      ? (element as HTMLInputElement).labels?.[0]
      : undefined;
    const area = label ?? element;
    if (!area.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return "it is not visible";
    area.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    // A link that wraps has one box per line. A person presses the largest.
    const boxes = [...area.getClientRects()].sort((a, b) => b.width * b.height - a.width * a.height);
    const box = boxes[0];
    if (!box || box.width < smallest || box.height < smallest) {
      return `it is ${box?.width ?? 0} by ${box?.height ?? 0} px`;
    }
    const { left, right, top, bottom } = box;
    const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
    // Two pixels inside the edge show a clipped or covered part, but no rounded corner.
    const points = [
      { where: "centre", ...middle },
      ...(box.width > innerWidth ? [] : [{ where: "left edge", ...middle, x: left + 2 }]),
      ...(box.width > innerWidth ? [] : [{ where: "right edge", ...middle, x: right - 2 }]),
      ...(box.height > innerHeight ? [] : [{ where: "upper edge", ...middle, y: top + 2 }]),
      ...(box.height > innerHeight ? [] : [{ where: "lower edge", ...middle, y: bottom - 2 }]),
    ];
    for (const { where, x, y } of points) {
      if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight)
        return `its ${where} cannot be scrolled into the window`;
      const hit = element.ownerDocument.elementFromPoint(x, y);
      const isOwn = hit !== null && (area.contains(hit) || element.contains(hit));
      if (!isOwn)
        return `its ${where} is cut off or covered: <${hit?.tagName.toLowerCase()} class="${hit?.className}">`;
    }
    return "";
  }, smallestPx);
}
