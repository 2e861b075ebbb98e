// Checks that a person can press a control: an element in the page can still be invisible, too small or covered.
import { expect, type Locator } from "@playwright/test";

/** The smallest width and height of a control that is not a link inside a sentence (WCAG 2.2, 2.5.8). */
const SMALLEST_PX = 24;

/**
 * Expects that a person can press the target. For a radio button or a checkbox, checks its label instead. For a link
 * inside a sentence, pass a smaller `smallestPx`: such a link may be as low as its line of text.
 */
export async function expectPressable(target: Locator, { smallestPx = SMALLEST_PX } = {}): Promise<void> {
  await expect.poll(() => whyNotPressable(target, { smallestPx }), { message: `pressable: ${target}` }).toBe("");
}

/** Returns the first reason why the target cannot be pressed, or "" if it can. */
export function whyNotPressable(target: Locator, { smallestPx = SMALLEST_PX } = {}): Promise<string> {
  return target.evaluate((element, smallest) => {
    const label = element.matches("input[type=radio], input[type=checkbox]")
      ? (element as HTMLInputElement).labels?.[0]
      : undefined;
    const area = label ?? element;
    if (element.matches(":disabled, [aria-disabled=true]")) return "it is disabled";
    if (!area.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return "it is not visible";
    area.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    // A link that wraps has one box per line. The largest one counts.
    const boxes = [...area.getClientRects()].sort((a, b) => b.width * b.height - a.width * a.height);
    const box = boxes[0];
    if (!box || box.width < smallest || box.height < smallest) {
      return `it is ${box?.width ?? 0} by ${box?.height ?? 0} px`;
    }
    const { left, right, top, bottom } = box;
    const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
    // Tests points two pixels inside the edges: this finds a clipped or covered part, but ignores a rounded corner.
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
