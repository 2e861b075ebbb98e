import { expect, test } from "vitest";
import { parseSignedToken, signToken } from "./signed-token";

const signing = { purpose: "form", secret: "a secret of the test", boundTo: "5 dollars" };
const at = new Date("2026-11-26T12:00:00.123Z");

test("contains its time and a random id", () => {
  const [one, other] = [signToken({ ...signing, at }), signToken({ ...signing, at })];
  expect(parseSignedToken(one, signing)?.at).toEqual(at);
  expect(parseSignedToken(one, signing)?.id).not.toBe(parseSignedToken(other, signing)?.id);
});

test("is invalid for another purpose or binding, with another key, or after a change", () => {
  const token = signToken({ ...signing, at });
  for (const other of [{ purpose: "pass" }, { boundTo: "6 dollars" }, { secret: "another" }])
    expect(parseSignedToken(token, { ...signing, ...other })).toBeNull();
  const later = `${(at.getTime() + 1).toString(36)}${token.slice(token.indexOf("."))}`;
  for (const changed of [later, token.slice(0, -1), `${token}x`, `${token}\n`, "", "a.b.c", "é".repeat(90)])
    expect(parseSignedToken(changed, signing)).toBeNull();
});
