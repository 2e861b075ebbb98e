// Tests whyNotPressable(), with which the browser tests check buttons. A version of whyNotPressable() that accepted
// every button would hide all faults from the browser tests.
import { whyNotPressable } from "./pressable";
import { expect, test } from "./world";

const PAGE = `<!doctype html><title>Buttons</title>
<style>
  body { margin: 0; height: 4000px }
  button { width: 120px; height: 40px; padding: 0; border: 0 }
  .box { width: 200px; height: 60px; position: relative }
</style>
<button id="plain">Press</button>
<button id="below" style="position: absolute; top: 3000px">Press</button>
<div class="box" style="overflow: auto"><div style="height: 500px"></div><button id="scrolled">Press</button></div>
<label style="display: block; width: 120px"><input type="radio" id="choice" style="width: 1px; height: 1px; opacity: 0"> Ten dollars for us</label>
<button id="low" style="height: 2px">Press</button>
<div class="box" style="overflow: hidden; height: 25px"><button id="half" style="position: absolute; top: 10px">Press</button></div>
<div class="box"><button id="covered">Press</button><p style="position: absolute; inset: 0; margin: 0">A notice</p></div>
<button id="outside" style="position: fixed; left: -500px">Press</button>
<button id="clear" style="opacity: 0">Press</button>
<button id="off" disabled>Press</button>
<button id="dead" style="pointer-events: none">Press</button>`;

const PRESSABLE = ["plain", "below", "scrolled", "choice"];
const NOT_PRESSABLE = {
  low: /^it is 120 by 2 px$/,
  half: /cut off or covered/,
  covered: /cut off or covered: <p /,
  outside: /cannot be scrolled into the window/,
  clear: /not visible/,
  off: /disabled/,
  dead: /cut off or covered/,
};

test("expectPressable accepts what a person can press, and otherwise names the reason", async ({ page }) => {
  await page.setContent(PAGE);
  for (const id of PRESSABLE) expect(await whyNotPressable(page.locator(`#${id}`)), id).toBe("");
  for (const [id, reason] of Object.entries(NOT_PRESSABLE))
    expect(await whyNotPressable(page.locator(`#${id}`)), id).toMatch(reason);
});
