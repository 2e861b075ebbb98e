import type { Account } from "../../account";
import { type FaultRuleWithCounts, listAllFaultRules } from "../../faults/rules";
import { html } from "../../http/html";
import { actionForm, choiceField, dataTable, field, renderPage } from "./frame";

export function faultsPage(account: Account, keyHint: string, message: string | null) {
  const home = `/accounts/${account.id}`;
  const back = `${home}/faults`;
  const on = listAllFaultRules(account.store).filter((fault) => [account.id, ""].includes(fault.account));
  const rows = on.map((fault) => faultRow(fault, back));
  const hidden = { account: account.id };
  const body = html`<p>The same seed strikes the same deliveries or calls, so runs can be repeated.</p>
<h2>Active</h2>
${dataTable("Active faults", ["Fault", "Rule", "Struck", "End"], rows)}
<p></p>${on.length > 0 && actionForm({ name: "end-faults", label: "All off", back, hidden })}
<h2>Webhooks</h2>
<div class="actions">
${actionForm({ name: "delivery-faults", label: "Duplicate", back, hidden: { ...hidden, does: "duplicate" }, fields: rateFields() })}
${actionForm({ name: "delivery-faults", label: "Two events for one change", back, hidden: { ...hidden, does: "twin" }, fields: rateFields() })}
${actionForm({ name: "delivery-faults", label: "Reorder", back, hidden: { ...hidden, does: "shuffle" }, fields: [field({ name: "window:number", label: "Window", value: "5", width: 4 }), ...rateFields()] })}
${actionForm({ name: "delivery-faults", label: "Delay", back, hidden: { ...hidden, does: "delay" }, fields: [field({ name: "ms:number", label: "Milliseconds", value: "5000", width: 7 }), ...rateFields()] })}
${actionForm({ name: "delivery-faults", label: "Drop", back, hidden: { ...hidden, does: "drop" }, fields: rateFields() })}
</div>
<h2>API calls</h2>
<div class="actions">
${actionForm({ name: "call-faults", label: "Break calls", back, hidden, fields: [DOES, WHEN, ...callFields()] })}
${actionForm({ name: "call-faults", label: "Answer with an error", back, hidden: { ...hidden, does: "error" }, fields: [field({ name: "status:number", label: "Status", value: "500", width: 5 }), WHEN, ...callFields()] })}
${actionForm({ name: "call-faults", label: "Answer slowly", back, hidden: { ...hidden, does: "slow" }, fields: [field({ name: "ms:number", label: "Milliseconds", value: "3000", width: 7 }), ...callFields()] })}
</div>`;
  const path = [
    { href: home, label: keyHint },
    { href: back, label: "Faults" },
  ];
  return renderPage(body, { title: "Faults", path, message });
}

const DOES = choiceField("does", "How", [
  ["refuse", "close without an answer"],
  ["hang", "never answer"],
  ["reset", "break off halfway through the answer"],
  ["html", "send an HTML page instead of JSON"],
]);
const WHEN = choiceField("when", "When", [
  ["before", "before the work"],
  ["after", "after the work is done"],
]);

function rateFields() {
  return [
    field({ name: "events:list", label: "Events", hint: "all", width: 16 }),
    field({ name: "rate:number", label: "Rate", value: "1", width: 4 }),
    field({ name: "times:number", label: "Times", hint: "no limit", width: 6 }),
  ];
}

function callFields() {
  return [
    choiceField("method", "Method", [
      ["", "any"],
      ["GET", "GET"],
      ["POST", "POST"],
    ]),
    field({ name: "path", label: "Path", value: "/v1/*", width: 18 }),
    field({ name: "rate:number", label: "Rate", value: "1", width: 4 }),
    field({ name: "times:number", label: "Times", value: "1", width: 6 }),
  ];
}

function faultRow({ id, kind, rule, seen, struck }: FaultRuleWithCounts<object>, back: string) {
  const { does, ...rest } = { does: "", ...rule };
  return [
    html`${kind === "call" ? "API calls" : "Webhooks"}: ${does}`,
    html`<code>${JSON.stringify(rest)}</code>`,
    html`<span class="number">${struck} of ${seen}</span>`,
    actionForm({ name: "end-faults", label: "Off", back, hidden: { "id:number": String(id) } }),
  ];
}
