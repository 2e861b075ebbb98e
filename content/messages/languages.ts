// Written by `npm run messages` from the folders beside it; a test fails when a file is missing here. Do not edit it
// by hand.
import enAbout from "./en/about.json" with { type: "json" };
import enAppeal from "./en/appeal.json" with { type: "json" };
import enAppeals from "./en/appeals.json" with { type: "json" };
import enArticle from "./en/article.json" with { type: "json" };
import enCharts from "./en/charts.json" with { type: "json" };
import enDisputes from "./en/disputes.json" with { type: "json" };
import enDocuments from "./en/documents.json" with { type: "json" };
import enExperiments from "./en/experiments.json" with { type: "json" };
import enExports from "./en/exports.json" with { type: "json" };
import enFigures from "./en/figures.json" with { type: "json" };
import enGiving from "./en/giving.json" with { type: "json" };
import enIncome from "./en/income.json" with { type: "json" };
import enLetters from "./en/letters.json" with { type: "json" };
import enMail from "./en/mail.json" with { type: "json" };
import enMessages from "./en/messages.json" with { type: "json" };
import enMonday from "./en/monday.json" with { type: "json" };
import enNewsroom from "./en/newsroom.json" with { type: "json" };
import enOwnData from "./en/own-data.json" with { type: "json" };
import enPeople from "./en/people.json" with { type: "json" };
import enRecurring from "./en/recurring.json" with { type: "json" };
import enReminders from "./en/reminders.json" with { type: "json" };
import enRenewals from "./en/renewals.json" with { type: "json" };
import enSite from "./en/site.json" with { type: "json" };
import enStaff from "./en/staff.json" with { type: "json" };
import enSupporters from "./en/supporters.json" with { type: "json" };
import enThanks from "./en/thanks.json" with { type: "json" };
import enWork from "./en/work.json" with { type: "json" };
import ruAbout from "./ru/about.json" with { type: "json" };
import ruAppeal from "./ru/appeal.json" with { type: "json" };
import ruAppeals from "./ru/appeals.json" with { type: "json" };
import ruArticle from "./ru/article.json" with { type: "json" };
import ruCharts from "./ru/charts.json" with { type: "json" };
import ruDisputes from "./ru/disputes.json" with { type: "json" };
import ruDocuments from "./ru/documents.json" with { type: "json" };
import ruExperiments from "./ru/experiments.json" with { type: "json" };
import ruExports from "./ru/exports.json" with { type: "json" };
import ruFigures from "./ru/figures.json" with { type: "json" };
import ruGiving from "./ru/giving.json" with { type: "json" };
import ruIncome from "./ru/income.json" with { type: "json" };
import ruLetters from "./ru/letters.json" with { type: "json" };
import ruMail from "./ru/mail.json" with { type: "json" };
import ruMessages from "./ru/messages.json" with { type: "json" };
import ruMonday from "./ru/monday.json" with { type: "json" };
import ruNewsroom from "./ru/newsroom.json" with { type: "json" };
import ruOwnData from "./ru/own-data.json" with { type: "json" };
import ruPeople from "./ru/people.json" with { type: "json" };
import ruRecurring from "./ru/recurring.json" with { type: "json" };
import ruReminders from "./ru/reminders.json" with { type: "json" };
import ruRenewals from "./ru/renewals.json" with { type: "json" };
import ruSite from "./ru/site.json" with { type: "json" };
import ruStaff from "./ru/staff.json" with { type: "json" };
import ruSupporters from "./ru/supporters.json" with { type: "json" };
import ruThanks from "./ru/thanks.json" with { type: "json" };
import ruWork from "./ru/work.json" with { type: "json" };

const en = {
  ...enAbout,
  ...enAppeal,
  ...enAppeals,
  ...enArticle,
  ...enCharts,
  ...enDisputes,
  ...enDocuments,
  ...enExperiments,
  ...enExports,
  ...enFigures,
  ...enGiving,
  ...enIncome,
  ...enLetters,
  ...enMail,
  ...enMessages,
  ...enMonday,
  ...enNewsroom,
  ...enOwnData,
  ...enPeople,
  ...enRecurring,
  ...enReminders,
  ...enRenewals,
  ...enSite,
  ...enStaff,
  ...enSupporters,
  ...enThanks,
  ...enWork,
};

const ru = {
  ...ruAbout,
  ...ruAppeal,
  ...ruAppeals,
  ...ruArticle,
  ...ruCharts,
  ...ruDisputes,
  ...ruDocuments,
  ...ruExperiments,
  ...ruExports,
  ...ruFigures,
  ...ruGiving,
  ...ruIncome,
  ...ruLetters,
  ...ruMail,
  ...ruMessages,
  ...ruMonday,
  ...ruNewsroom,
  ...ruOwnData,
  ...ruPeople,
  ...ruRecurring,
  ...ruReminders,
  ...ruRenewals,
  ...ruSite,
  ...ruStaff,
  ...ruSupporters,
  ...ruThanks,
  ...ruWork,
};

export const messagesByLanguage = { en, ru };
