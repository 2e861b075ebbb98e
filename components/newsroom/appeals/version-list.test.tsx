import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { translator } from "@/content/messages";
import { VersionList } from "./version-list";

test.each([
  ["en", "added b", "Variant B added"],
  ["ru", "added b", "Добавлен вариант B"],
  ["ru", "removed c", "Удалён вариант C"],
  ["ru", "goal", "Изменено: Цель"],
  ["ru", "unknown", "Изменено: unknown"],
])("in %s, a version with the detail '%s' says '%s'", (locale, detail, text) => {
  const context = { t: translator(locale), names: new Map(), timeZone: "UTC" };
  const version = { appealId: "first", number: 2, at: new Date(0), by: "site", kind: "edited", detail };
  const state = { published: null, latest: 2, state: "draft", lock: { kind: "free" } } as const;
  const appeal = { id: "first", versions: [version], ...state };
  const html = renderToStaticMarkup(<VersionList context={context} appeal={appeal} />);
  expect(html).toContain(`${text}</p>`);
});
