import { type Html, html } from "../http/html";
import type { Messages } from "../locales/en";
import type { OfferedPaymentMethodType } from "../resources/session-methods";
import { TEST_CARDS } from "../test-cards";

type Effect = keyof Messages["cards"];

const DEBITS: [string, Effect][] = [
  ["DE89 3704 0044 0532 0130 00", "debitPaid"],
  ["DE62 3704 0044 0532 0130 01", "debitFails"],
];

export function testDataSection(messages: Messages, offered: OfferedPaymentMethodType[]): Html {
  const cards = TEST_CARDS.flatMap(({ number, textKey }): [string, Effect][] =>
    textKey ? [[number.replace(/(\d{4})(?=\d)/g, "$1 "), textKey]] : [],
  );
  const shown = [...(offered.includes("card") ? cards : []), ...(offered.includes("sepa_debit") ? DEBITS : [])];
  const rows = shown.map(
    ([number, effect]) => html`<tr><td class="number" dir="ltr">${number}</td><td>${messages.cards[effect]}</td></tr>`,
  );
  return html`<details class="cards"><summary>${messages.cardsTitle}</summary>
<p class="small">${messages.cardsNote}</p>
<table><thead><tr><th scope="col">${messages.cardNumberColumn}</th><th scope="col">${messages.cardEffectColumn}</th></tr></thead>
<tbody>${rows}</tbody></table></details>`;
}
