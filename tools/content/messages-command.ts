// npm run messages: writes languages.ts and site-words.ts, which import the files of content/messages.
import { writeGeneratedMessageModules } from "./messages";

writeGeneratedMessageModules();
console.log("content/messages/languages.ts and site-words.ts");
