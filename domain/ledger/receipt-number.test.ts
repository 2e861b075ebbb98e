import fc from "fast-check";
import { expect, test } from "vitest";
import { propertyTestOptions } from "../../tools/test/scope.mjs";
import {
  newPaymentIdIfReceiptNumberTaken,
  parseReceiptNumber,
  receiptNumberOf,
  shownReceiptNumber,
} from "./receipt-number";

const numbers = fc.uuid().map((id) => receiptNumberOf(`payment:pi_${id}`));

test("a fact always gives the same number, and twenty thousand facts give different numbers", () => {
  // The numbers from receiptNumberOf() must never change, because receipts with these numbers already exist.
  expect(receiptNumberOf("payment:pi_1")).toBe("88G4-DTRV-SS9F-6");
  expect(receiptNumberOf("payment:in_1")).toBe("BVCH-X8BP-M6BF-S");
  const many = Array.from({ length: 20_000 }, (_, index) => receiptNumberOf(`payment:pi_${index}`));
  expect(new Set(many).size).toBe(many.length);
});

test("a longer id is the number and twelve more characters, and a receipt shows only the number", () => {
  expect(newPaymentIdIfReceiptNumberTaken("payment:pi_1")).toMatch(/^88G4-DTRV-SS9F-6~[1-9A-HJKMNP-TV-Z]{12}$/);
  expect(shownReceiptNumber(newPaymentIdIfReceiptNumberTaken("payment:pi_1"))).toBe("88G4-DTRV-SS9F-6");
  expect(shownReceiptNumber("pay_4f1c8b20")).toBe("pay_4f1c8b20");
  expect(new Set([1, 2, 3].map((n) => newPaymentIdIfReceiptNumberTaken(`payment:pi_${n}`).split("~")[1])).size).toBe(3);
});

test("a number has thirteen characters in groups, without I, L, O, U and zero", () => {
  fc.assert(
    fc.property(numbers, (number) => {
      expect(number).toMatch(/^[1-9A-HJKMNP-TV-Z]{4}-[1-9A-HJKMNP-TV-Z]{4}-[1-9A-HJKMNP-TV-Z]{4}-[1-9A-HJKMNP-TV-Z]$/);
    }),
    propertyTestOptions({ usual: 100, all: 1000 }),
  );
});

test("a number may be typed in lower case, without hyphens, with dashes and spaces, and with I or L for 1", () => {
  fc.assert(
    fc.property(numbers, (number) => {
      const plain = number.replaceAll("-", "");
      for (const typed of [
        plain,
        plain.toLowerCase(),
        ` ${number.replaceAll("-", " – ")} `,
        number.replaceAll("1", "I"),
        number.toLowerCase().replaceAll("1", "l"),
      ])
        expect(parseReceiptNumber(typed)).toBe(number);
    }),
    propertyTestOptions({ usual: 100, all: 1000 }),
  );
});

test("a number with one wrong character or two swapped characters is always refused", () => {
  const characters = "123456789ABCDEFGHJKMNPQRSTVWXYZ";
  fc.assert(
    fc.property(numbers, (number) => {
      const plain = number.replaceAll("-", "");
      for (let i = 0; i < plain.length; i++) {
        for (const other of characters)
          if (other !== plain[i]) expect(parseReceiptNumber(plain.slice(0, i) + other + plain.slice(i + 1))).toBeNull();
        for (let j = i + 1; j < plain.length; j++) {
          if (plain[i] === plain[j]) continue;
          const swapped = [...plain];
          [swapped[i], swapped[j]] = [plain.charAt(j), plain.charAt(i)];
          expect(parseReceiptNumber(swapped.join(""))).toBeNull();
        }
      }
    }),
    { numRuns: 20 },
  );
});

test.each(["", "-", "7Q2H", "anna@example.org", "pi_3QxkYz", "O000-0000-0000-0"])(
  "%j is not a receipt number",
  (typed) => {
    expect(parseReceiptNumber(typed)).toBeNull();
  },
);
