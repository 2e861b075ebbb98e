import { expect, test } from "vitest";
import { forEachIsolated } from "./for-each-isolated";

const fail = async (row: string) => {
  if (row.startsWith("bad")) throw new Error(row);
};

test.each([1, 3])("a row that fails does not stop other rows, with %i at a time", async (atOnce) => {
  const noted: string[] = [];
  const done: string[] = [];
  const work = async (row: string) => {
    await fail(row);
    done.push(row);
  };
  const onFailure = (row: string, error: unknown) => void noted.push(`${row} ${(error as Error).message}`);
  expect(await forEachIsolated(["bad 1", "a", "bad 2", "b"], work, { onFailure, concurrency: atOnce })).toBe(2);
  expect(done).toEqual(["a", "b"]);
  expect(noted.sort()).toEqual(["bad 1 bad 1", "bad 2 bad 2"]);
});

test("if a failure cannot be reported, its error is thrown after the other rows have run", async () => {
  const done: string[] = [];
  const work = async (row: string) => {
    await fail(row);
    done.push(row);
  };
  const onFailure = () => {
    throw new Error("no ledger");
  };
  await expect(forEachIsolated(["bad", "a", "b"], work, { onFailure, concurrency: 2 })).rejects.toThrow("no ledger");
  expect(done).toEqual(["a", "b"]);
});

test("starts no further row after mayStart returns false", async () => {
  let left = 2;
  const done: string[] = [];
  await forEachIsolated(["a", "b", "c"], async (row) => void done.push(row), {
    onFailure: () => {},
    mayStart: () => left-- > 0,
  });
  expect(done).toEqual(["a", "b"]);
});
