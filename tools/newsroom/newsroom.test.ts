import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { transformSync } from "esbuild";
import fc from "fast-check";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Currency, hasStripeMinimum } from "../../domain/currencies";
import { currenciesOf, type Publication } from "../../domain/publication";
import { bundleCommand } from "../test/bundle-command";
import { testInFullRun } from "../test/full-run";
import { propertyTestOptions } from "../test/scope.mjs";
import { lowestContrastOf, MIN_CONTRAST, proposeAccent } from "./accent";
import { AMOUNT_LIST_NAMES, findAmountsProblem, proposeAmounts } from "./amounts";
import { type NewsroomAnswers, parseAnswers } from "./answers";
import { askSetupQuestions } from "./ask";
import example from "./example.json";
import { generateIcons } from "./icons";
import { editPublication } from "./publication-file";
import { setUpNewsroom } from "./set-up";
import { proposeInitials, proposePublicationId, proposeShortName } from "./short-names";

const committed = readFileSync("publication.ts", "utf8");
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "newsroom-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function publicationIn(text: string): Promise<Publication> {
  const { code } = transformSync(text, { loader: "ts" });
  return (await import(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`)).publication;
}

function answersOf(changes: object = {}): NewsroomAnswers {
  const read = parseAnswers({ ...example, ...changes });
  if (read.kind === "refused") throw new Error(read.problems.join("; "));
  return read.answers;
}

function problemsOf(changes: object): string[] {
  const read = parseAnswers({ ...example, ...changes });
  return read.kind === "refused" ? read.problems : [];
}

const commentsOf = (text: string) => text.match(/^\s*(?:\/\/|\/?\*).*$/gm);

test("the command writes publication.ts and the icons, and replaces what exists only with --force", async () => {
  const path = join(folder, "publication.ts");
  const answers = ["--from", "tools/newsroom/example.json", "--into", folder];
  const lines = vi.spyOn(console, "log").mockReturnValue();
  await setUpNewsroom(answers);
  expect(lines.mock.calls.join()).toContain("publication.ts, ");
  const written = readFileSync(path, "utf8");
  expect(await publicationIn(written)).toMatchObject({
    ...{ name: "Stadtblatt", id: "stadtblatt", shortName: "Stadtblatt", founded: 1999, timeZone: "Europe/Zurich" },
    ...{ mailFrom: "Stadtblatt <support@stadtblatt.example>", contact: "support@stadtblatt.example" },
    ...{ defaultLanguage: "en", languages: ["en"], refundNeedsSecondPerson: { CHF: "200" } },
    recipient: { legalName: "Verein Stadtblatt", taxNote: { en: example.recipient.taxNote } },
  });
  writeFileSync(path, `${written}// mine\n`);
  await expect(setUpNewsroom(answers)).rejects.toThrow("--force replaces them:\n  publication.ts");
  expect(readFileSync(path, "utf8")).toContain("// mine");
  await setUpNewsroom([...answers, "--force"]);
  expect(readFileSync(path, "utf8")).toBe(written);
});

testInFullRun("the command runs as a process of its own", async () => {
  const into = join(folder, "by-process");
  const command = await bundleCommand("tools/newsroom/main.ts");
  const answers = ["--from", "tools/newsroom/example.json", "--into", into];
  const started = spawnSync(process.execPath, [command, ...answers], { encoding: "utf8" });
  expect(started).toMatchObject({ status: 0, stderr: "" });
  expect(started.stdout).toContain("publication.ts, ");
  expect(existsSync(join(into, "publication.ts"))).toBe(true);
});

test("the command names every wrong answer, and writes nothing", async () => {
  const file = join(folder, "wrong.json");
  writeFileSync(file, JSON.stringify({ ...example, timeZone: "Mars/Base", contact: "nobody" }));
  await expect(setUpNewsroom(["--from", file, "--into", join(folder, "none")])).rejects.toThrow(
    /timeZone: write a name of the IANA list(.|\n)*contact: write an e-mail address/,
  );
  expect(existsSync(join(folder, "none"))).toBe(false);
});

test("the command asks at a terminal, repeats a question after a wrong answer, and uses the proposal if the answer is empty", async () => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let shown = "";
  output.on("data", (bytes) => {
    shown += bytes;
  });
  const setup = askSetupQuestions({ input, output });
  const type = async (text: string, until: string) => {
    shown = "";
    for (const key of `${text}\r`) input.write(key);
    await expect.poll(() => shown).toContain(until);
  };
  await type("Die Neue Zeitung", "short name");
  await type("", "One line");
  await type("News from here", "Founded");
  await type("soon", "write a year");
  await type("\u007f\u007f\u007f\u007f1999", "letters on the icon");
  await type("", "This site's id");
  await type("", "light page");
  await type("#ffcc00", "contrast 1.4 in the light scheme");
  await type(`${"\u007f".repeat(7)}#0055aa`, "dark page");
  await type("", "The first language");
  await type("", "Other languages");
  await type("", "currencies");
  await type("chf kwd", "CHF: the smallest");
  for (const next of ["every month", "every year", "give once", "second colleague", "CHF: Stripe's card fee"])
    await type("", next);
  await type("290 0.30", "from 0 to 20");
  await type(`${"\u007f".repeat(8)}2,9% 0.3`, "KWD: the smallest");
  await type("0.5 3000", "every month");
  await type("1.5 3 6000", "the largest gift is KWD");
  await type(`${"\u007f".repeat(10)}1.5 3 6`, "every year");
  await type("15 30 60", "give once");
  await type("5 10", "second colleague");
  await type("60", "KWD: Stripe's card fee");
  await type("", "time zone");
  await type("Europe/Berlin", "e-mail address");
  await type("post@zeitung.example", "Name who takes");
  input.write("n");
  const answered = await setup;
  expect(parseAnswers(answered)).toMatchObject({
    kind: "answers",
    answers: {
      ...{
        name: "Die Neue Zeitung",
        shortName: "NZ",
        initials: "NZ",
        id: "die-neue-zeitung",
        timeZone: "Europe/Berlin",
      },
      accent: { light: "#0055aa", dark: proposeAccent("#0055aa", "dark") },
      currencies: {
        CHF: { ...proposeAmounts("CHF"), cardFee: { percent: "2.9", fixed: "0.3" } },
        KWD: { monthly: ["1.5", "3", "6"], limits: ["0.5", "3000"] },
      },
    },
  });
  expect(answered).not.toHaveProperty("currencies.KWD.cardFee");
});

describe("each answer has its rule", () => {
  test.each<[object, RegExp]>([
    [{ name: " " }, /^name: write something$/],
    [{ founded: 1204 }, /^founded: the first newspaper/],
    [{ id: "Stadt Blatt" }, /^id: lower-case letters/],
    [{ initials: "მე" }, /^initials: use one to three Latin/],
    [{ accent: { light: "blue" } }, /^accent\.light: write six digits/],
    [{ accent: { light: "#ffcc00" } }, /^accent\.light: contrast 1\.4 in the light scheme.*#[0-9a-f]{6} would do$/],
    [{ accent: { light: "#0055aa", dark: "#0055aa" } }, /^accent\.dark: contrast/],
    [{ name: "Новая газета", initials: "НГ", id: undefined }, /^id: write something/],
    [{ timeZone: "Mars/Olympus" }, /^timeZone: /],
    [{ languages: ["xx"] }, /^languages\.0: there are messages in/],
    [{ timeZone: "CET+1" }, /^timeZone: /],
    [{ contact: "a@b@c" }, /^contact: write an e-mail address$/],
    [{ currencies: { ABC: {} } }, /^currencies: a code that Stripe does not charge in$/],
    [{ currencies: {} }, /^currencies: name one currency$/],
    [
      { currencies: { KWD: {} } },
      /^currencies\.KWD: Stripe names no smallest charge to start from, so write limits, monthly, yearly, once, secondPerson$/,
    ],
    [
      { currencies: { CHF: { limits: ["0.1", "10000"] } } },
      /^currencies\.CHF\.limits: the smallest gift is CHF.0\.50, by Stripe/,
    ],
    [{ currencies: { CHF: { monthly: ["1", "5"] } } }, /^currencies\.CHF\.monthly: the smallest gift is CHF.2$/],
    [{ currencies: { CHF: { once: ["5", "20000"] } } }, /^currencies\.CHF\.once: the largest gift is/],
    [{ currencies: { CHF: { yearly: ["50", "20"] } } }, /^currencies\.CHF\.yearly: write the smallest amount first$/],
    [{ currencies: { CHF: { yearly: ["50"] } } }, /^currencies\.CHF\.yearly: write 2 to 6 amounts$/],
    [
      { currencies: { JPY: { monthly: ["500", "700.5"] } } },
      /^currencies\.JPY\.monthly: 700\.5 is not an amount in JPY$/,
    ],
    [
      { currencies: { CHF: { cardFee: { percent: "2.9%", fixed: "0.30" } } } },
      /^currencies\.CHF\.cardFee: write a percentage from 0 to 20/,
    ],
    [
      { currencies: { JPY: { cardFee: { percent: "3.6", fixed: "0.5" } } } },
      /^currencies\.JPY\.cardFee: the fixed part 0\.5 is not an amount in JPY$/,
    ],
    [
      { currencies: { CHF: { cardFee: { percent: "0.0", fixed: "0" } } } },
      /^currencies\.CHF\.cardFee: leave out a fee that is zero$/,
    ],
    [{ colour: "red" }, /colour/],
  ])("%j", (changes, problem) => {
    expect(problemsOf(changes)).toEqual([expect.stringMatching(problem)]);
  });

  test("any currency that Stripe charges in can be chosen; a currency without terms is refused", () => {
    const currencies = {
      KWD: { limits: ["0.5", "3000"], monthly: ["1.5", "3"], yearly: ["15", "30"], once: ["5", "10"] },
    };
    expect(problemsOf({ currencies: { KWD: { ...currencies.KWD, secondPerson: ["60"] }, ISK: undefined } })).toEqual([
      expect.stringContaining("ISK"),
    ]);
    expect(problemsOf({ currencies: { KWD: { ...currencies.KWD, secondPerson: ["60"] }, HUF: {}, JPY: {} } })).toEqual(
      [],
    );
  });
});

test("the proposed amounts of every currency with a smallest charge obey the rules", () => {
  const named = Intl.supportedValuesOf("currency").filter((code) => hasStripeMinimum(code as Currency));
  expect(named.length).toBeGreaterThan(20);
  for (const currency of named as Currency[]) {
    const lists = proposeAmounts(currency);
    for (const name of AMOUNT_LIST_NAMES) {
      const limits = name === "limits" || name === "secondPerson" ? undefined : lists?.limits;
      expect(findAmountsProblem(lists?.[name] ?? [], { name, currency, limits }), `${currency} ${name}`).toBeNull();
    }
  }
});

test("a proposed accent colour is readable, whatever colour it is made from", () => {
  const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, "0")}`);
  fc.assert(
    fc.property(colour, fc.constantFrom("light" as const, "dark" as const), (from, scheme) => {
      expect(lowestContrastOf(proposeAccent(from, scheme), scheme)).toBeGreaterThanOrEqual(MIN_CONTRAST);
    }),
    propertyTestOptions({ usual: 40, all: 2_000 }),
  );
});

test.each([
  ["The Moscow Times", "MT", "MT", "the-moscow-times"],
  ["Stadtblatt", "S", "Stadtblatt", "stadtblatt"],
  ["Новая газета", "НГ", "Новая газета", ""],
  ["L’Écho du Léman", "LD", "LDL", "l-echo-du-leman"],
  ["Z", "Z", "Z", "z"],
])("%s gets the initials %s, the short name %s and the id %s", (name, initials, shortName, id) => {
  expect([proposeInitials(name), proposeShortName(name), proposePublicationId(name)]).toEqual([
    initials,
    shortName,
    id,
  ]);
});

describe("the text of publication.ts", () => {
  test("keeps every comment and every field that no question asks for, and stays the same with the same answers", async () => {
    const written = editPublication(committed, answersOf());
    expect(commentsOf(written)).toEqual(commentsOf(committed));
    const [before, after] = [await publicationIn(committed), await publicationIn(written)];
    expect(Object.keys(after)).toEqual(Object.keys(before));
    expect(after.productName).toBe(before.productName);
    expect(currenciesOf(after)).toEqual(["CHF"]);
    expect(editPublication(written, answersOf())).toBe(written);
  });

  test("leaves the recipient as it is if nobody named one", async () => {
    const written = editPublication(committed, answersOf({ recipient: undefined }));
    expect((await publicationIn(written)).recipient).toEqual((await publicationIn(committed)).recipient);
  });

  test("has a card fee only for the currencies whose answers have one", async () => {
    const cardFee = { percent: "2.9", fixed: "0.30" };
    const written = editPublication(committed, answersOf({ currencies: { CHF: { cardFee }, EUR: {} } }));
    const { currencies } = await publicationIn(written);
    expect(currencies.CHF?.cardFee).toEqual(cardFee);
    expect(currencies.EUR).not.toHaveProperty("cardFee");
  });

  test("contains any name unchanged, in quotes if an e-mail header needs them", async () => {
    const name = 'O’Hara’s "News" $1 </script> \\n, Ltd.';
    const { name: written, mailFrom } = await publicationIn(editPublication(committed, answersOf({ name })));
    expect([written, mailFrom]).toEqual([name, `${JSON.stringify(name)} <support@stadtblatt.example>`]);
  });

  test.each([
    ["export const other = 1;", /has no `export const publication/],
    ["export const publication = { id: 1 } as const;", /has no name/],
  ])("a publication.ts that contains only `%s` is refused", (text, problem) => {
    expect(() => editPublication(text, answersOf())).toThrow(problem);
  });
});

test("each PNG icon has its size, and the maskable icon's letter stays within the circle that no mask cuts", async () => {
  const icons = await generateIcons({ initials: "М", accent: "#0055aa" });
  const sizes = await Promise.all(
    icons
      .filter(({ path }) => path.endsWith(".png"))
      .map(async ({ path, bytes }) => [path, (await sharp(bytes).metadata()).width]),
  );
  expect(Object.fromEntries(sizes)).toEqual({
    "public/apple-touch-icon.png": 180,
    "public/icon-192.png": 192,
    "public/icon-512.png": 512,
    "public/icon-maskable-512.png": 512,
  });
  const bytes = icons.find(({ path }) => path.includes("maskable"))?.bytes;
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const isLetter = (x: number, y: number) => (data[(y * info.width + x) * info.channels] ?? 0) > 200;
  let farthest = 0;
  for (let y = 0; y < 512; y++)
    for (let x = 0; x < 512; x++) if (isLetter(x, y)) farthest = Math.max(farthest, Math.hypot(x - 256, y - 256));
  expect(farthest).toBeGreaterThan(100);
  expect(farthest).toBeLessThan(0.4 * 512);
});
