// What makes pages easier where JavaScript runs. Every task works without it.
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  Tabs,
  createAll,
} from "../vendor/govuk-frontend.min.js";
import { keepWhatIsTyped } from "./autosave.js";
import { showBalances } from "./balances.js";
import { startCopying } from "./copy.js";
import { keepPastedMarkup } from "./pasted.js";
import { guardSubmits } from "./submit_once.js";
import { warnOfUnsaved } from "./unsaved.js";

for (const component of [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  Tabs,
]) {
  createAll(component);
}
startCopying();
guardSubmits();
keepPastedMarkup();
keepWhatIsTyped();
showBalances();
warnOfUnsaved();
