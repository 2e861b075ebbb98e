import { expect, test } from "vitest";
import { chooseContentCoding } from "./content-coding";

test.each([
  [undefined, "identity"],
  ["", "identity"],
  ["gzip, deflate, br, zstd", "br"],
  ["GZIP", "gzip"],
  ["x-gzip", "gzip"],
  ["br;q=0.5, gzip;q=0.8", "gzip"],
  ["br;q=0, gzip ; q=0.001", "gzip"],
  ["gzip;q=0, br;q=0.000", "identity"],
  ["identity, gzip;q=0.5", "identity"],
  ["*", "br"],
  ["*, br;q=0", "gzip"],
  ["*;q=0", "identity"],
  ["br;q=2, gzip;q=x, ;;, =", "identity"],
  ["brotli, gzipped", "identity"],
])("Accept-Encoding %s gets %s", (accepted, coding) => {
  expect(chooseContentCoding(accepted)).toBe(coding);
});
