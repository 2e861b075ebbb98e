// An element in the page may be invisible, too small or covered.
import { expect, type Locator } from "@playwright/test";

/** For a control that is not a link inside a sentence (WCAG 2.2, 2.5.8). */
const SMALLEST_PX = 24;

/**
 * For a radio button or a checkbox, checks the label instead. Set `smallestPx` for links inside a sentence, which may
 * be as low as their line.
 */
export async function expectPressable(target: Locator, { smallestPx = SMALLEST_PX } = {}): Promise<void> {
  await expect.poll(() => whyNotPressable(target, { smallestPx }), { message: `pressable: ${target}` }).toBe("");
}

/** The first reason, or "". */
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
    // Two pixels inside the edge a clipped or covered part is noticed, but not a rounded corner.
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
