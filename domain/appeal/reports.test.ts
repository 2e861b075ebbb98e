import { expect, test } from "vitest";
import {
  type AllowedAppealEventReportNames,
  type AppealEventReport,
  formatDeviceReport,
  listCountKeys,
  parseDeviceReport,
} from "./reports";

const known: AllowedAppealEventReportNames = {
  hasArticle: (id) => id === "a_00000001",
  hasVariant: (appeal, variant) => appeal === "first" && ["a", "b"].includes(variant),
  experiment: {
    id: "x_00000001",
    arms: [
      { arm: "a", share: 50 },
      { arm: "hold-out", share: 50 },
    ],
    isOpen: true,
  },
};
const report: AppealEventReport = {
  events: ["shown", "first-shown", "exposed"],
  placement: "banner",
  article: "a_00000001",
  appeal: "first",
  variant: "a",
  trial: { experiment: "x_00000001", arm: "a" },
};

test("a formatted report parses back unchanged", () => {
  for (const each of [report, { ...report, events: ["given" as const], article: "", trial: null }])
    expect(parseDeviceReport(formatDeviceReport(each), known)).toEqual(each);
});

test.each([
  ["nothing", ""],
  ["an unknown event", "clicked banner a_00000001 first a"],
  ["an event twice", "shown+shown banner a_00000001 first a"],
  ["an unknown place", "shown footer a_00000001 first a"],
  ["an unknown article", "shown banner a_00000002 first a"],
  ["an unknown appeal", "shown banner a_00000001 second a"],
  ["an unknown variant", "shown banner a_00000001 first c"],
  ["an unknown experiment", "shown banner a_00000001 first a x_00000002 a"],
  ["an unknown arm", "shown banner a_00000001 first a x_00000001 b"],
  ["an experiment without an arm", "shown banner a_00000001 first a x_00000001"],
  ["an exposure without an experiment", "shown+exposed banner a_00000001 first a"],
  ["extra words", "shown banner a_00000001 first a x_00000001 a reader@example.org"],
])("refuses %s", (_, text) => {
  expect(parseDeviceReport(text, known)).toBeNull();
});

test("after an experiment is closed to new devices, exposures are refused and other events are accepted", () => {
  const closed = { ...known, experiment: known.experiment && { ...known.experiment, isOpen: false } };
  expect(parseDeviceReport(formatDeviceReport(report), closed)).toBeNull();
  expect(parseDeviceReport(formatDeviceReport({ ...report, events: ["closed"] }), closed)).not.toBeNull();
});

test("counts an event by the newsroom's date for the appeal and by the UTC date for the experiment, and an exposure for the experiment only", () => {
  const counts = listCountKeys(report, { day: "2026-11-25", dayNumber: 20_781 });
  const ofAppeal = { table: "appeal", day: "2026-11-25", article: "a_00000001", appeal: "first", variant: "a" };
  const ofArm = { table: "experiment", experiment: "x_00000001", arm: "a", day: 20_781 };
  expect(counts).toEqual([
    { ...ofAppeal, placement: "banner", event: "shown" },
    { ...ofAppeal, placement: "banner", event: "first-shown" },
    { ...ofArm, event: "shown" },
    { ...ofArm, event: "first-shown" },
    { ...ofArm, event: "exposed" },
  ]);
});
