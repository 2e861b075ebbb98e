import { expect, test } from "vitest";
import { tableAsCsv } from "./csv";

test("the CSV is UTF-8 with a byte order mark, and quotes only the fields that need it", () => {
  const csv = tableAsCsv({
    columns: ["День", "What"],
    rows: [
      ["2026-01-02", 'a "gift", monthly'],
      ["2026-01-03", "b\nc"],
    ],
  });
  expect(csv).toBe('\ufeffДень,What\r\n2026-01-02,"a ""gift"", monthly"\r\n2026-01-03,"b\nc"\r\n');
  expect([...Buffer.from(csv).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1"])(
  "a text that a spreadsheet would run as a formula, %j, gets an apostrophe",
  (text) => {
    expect(
      tableAsCsv({ columns: ["a"], rows: [[text]] })
        .split("\r\n")
        .slice(1)
        .join("\r\n"),
    ).toContain(`'${text}`);
  },
);

test("a negative amount stays a number in the CSV", () => {
  const rows = [[{ decimal: "-10.00" }], [{ decimal: "-300" }]];
  expect(tableAsCsv({ columns: ["a"], rows })).toBe("\ufeffa\r\n-10.00\r\n-300\r\n");
});
