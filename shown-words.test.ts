// Finds text in app/, components/ and pages/ that is not in content/messages. All text of pages must be there, so that a
// translation is complete.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type ESTree, parseSync, Visitor } from "vite";
import { expect, test } from "vitest";

const ROOT = import.meta.dirname;
const SHOWN =
  /^(title|description|alt|label|placeholder|summary|caption|text|children|aria-(label|description|roledescription|valuetext))$/;

const files = ["app", "components", "pages"].flatMap((room) =>
  readdirSync(join(ROOT, room), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .map((file) => join(room, file)),
);

test("pages and components contain no text of their own", () => {
  const found = files.flatMap((file) =>
    wordsShownBy(file, readFileSync(join(ROOT, file), "utf8")).map((words) => `${file}: ${words}`),
  );
  expect(files.length).toBeGreaterThan(100);
  expect(found).toEqual([]);
});

test.each([
  ["text", "<h1>Newsroom</h1>"],
  ["text beside an expression", "<p>{count} gifts</p>"],
  ["a string in braces", '<p>{"Newsroom"}</p>'],
  ["one side of a condition", '<p>{isOpen ? "Open" : t("site.closed")}</p>'],
  ["text after a condition", '<p>{isOpen && "Open"}</p>'],
  ["a template", "<p>{`Newsroom`}</p>"],
  ["strings added together", '<p>{"Newsroom " + name}</p>'],
  ["a list", '<p>{["Newsroom"]}</p>'],
  ["text in a fragment", "<>Newsroom</>"],
  ["an attribute", '<img alt="Newsroom" />'],
  ["an attribute in braces", '<nav aria-label={isOpen ? "Newsroom" : undefined} />'],
  ["a property of an own component", '<Notice title="Newsroom" />'],
  ["a constant", "<h1>{TITLE}</h1>"],
  ["metadata", '(({ title: "Newsroom" }) satisfies Metadata)'],
  ["text within an attribute", "<Notice action={<b>Newsroom</b>} />"],
  ["text that a function returns", "list.map(() => <li>Newsroom</li>)"],
])("finds %s", (_, expression) => {
  expect(wordsShownBy("room.tsx", `const TITLE = "Newsroom";\nexport const rendered = ${expression};`)).toHaveLength(1);
});

test.each([
  ["a message", '<h1>{t("newsroom.title")}</h1>'],
  ["a message with values", '<h1 title={t("site.home", { name: "x" })}>{name}</h1>'],
  ["signs without letters", "<p>{a} – {b}</p>"],
  ["attributes that nobody sees", '<a className="button quiet" href="/give" rel="me" />'],
  ["a comparison", '<p>{kind === "open" ? t("site.open") : null}</p>'],
])("passes %s", (_, expression) => {
  expect(wordsShownBy("room.tsx", `export const rendered = ${expression};`)).toEqual([]);
});

function wordsShownBy(file: string, source: string): string[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const constants = stringConstants(program);
  const found: string[] = [];
  const add = (node: ESTree.Node | null) => found.push(...literalsIn(node, constants));
  const addChildren = ({ children }: ESTree.JSXElement | ESTree.JSXFragment) => {
    for (const child of children) if (child.type !== "JSXElement" && child.type !== "JSXFragment") add(child);
  };
  new Visitor({
    JSXElement: addChildren,
    JSXFragment: addChildren,
    JSXAttribute({ name, value }) {
      if (name.type === "JSXIdentifier" && SHOWN.test(name.name)) add(value);
    },
    Property({ key, value }) {
      if (key.type === "Identifier" && /^(title|description|alt)$/.test(key.name)) add(value);
    },
  }).visit(program);
  return found.filter((text) => /\p{L}/u.test(text)).map((text) => text.trim());
}

/** Returns the texts that an expression can show. Skips arguments of calls, which are keys and values of messages. */
function literalsIn(node: ESTree.Node | null, constants: Map<string, string>): string[] {
  const within = (...nodes: (ESTree.Node | null)[]) => nodes.flatMap((each) => literalsIn(each, constants));
  switch (node?.type) {
    case "JSXText":
      return [node.value];
    case "Literal":
      return typeof node.value === "string" ? [node.value] : [];
    case "TemplateLiteral":
      return [...node.quasis.map(({ value }) => value.raw), ...within(...node.expressions)];
    case "Identifier":
      return [constants.get(node.name) ?? ""];
    case "JSXExpressionContainer":
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
      return within(node.expression);
    case "ConditionalExpression":
      return within(node.consequent, node.alternate);
    case "LogicalExpression":
      return within(node.left, node.right);
    case "BinaryExpression":
      return node.operator === "+" ? within(node.left, node.right) : [];
    case "ArrayExpression":
      return within(...node.elements);
    default:
      return [];
  }
}

function stringConstants(program: ESTree.Program): Map<string, string> {
  const constants = new Map<string, string>();
  new Visitor({
    VariableDeclarator({ id, init }) {
      if (id.type === "Identifier" && init?.type === "Literal" && typeof init.value === "string")
        constants.set(id.name, init.value);
    },
  }).visit(program);
  return constants;
}
